-- tests/lua/test_notable.lua - milestones, records, places, empty days.
local check = require "support.check"
local phrase = require "dateline.phrase"
local measures = require "dateline.crossings"

local claim, equal, says, refuses, fails =
  check.claim, check.equal, check.says, check.refuses, check.fails
local people = measures.people

claim("a milestone is told on the day that passes it", function()
  says(phrase.milestone(people, "2024-10-18", 1000), "pushing the total for the year above 28,000")
  local said, why = phrase.milestone(people, "2024-10-19", 1000)
  refuses(said, why, "no milestone was passed")
end)

claim("a milestone's figure is the total's", function()
  local said, its = phrase.milestone(people, "2024-10-18", 1000)
  equal(said.runs[2].text, "28,000")
  equal(said.runs[2].fact.num, 28204)
  equal(its.hedge, "above")
  equal(its.stated, "28,000")
end)

claim("at the mark itself it is reached, and of several the largest is told", function()
  says(phrase.milestone { before = 27557, after = 28000, step = 1000 },
    "taking the total for the year to 28,000")
  says(phrase.milestone { before = 24900, after = 26100, step = 1000 },
    "pushing the total for the year above 26,000")
  says(phrase.milestone { before = 0, after = 1000, step = 1000 },
    "taking the total for the year to 1,000")
end)

claim("a total that has fallen back below its mark passes none", function()
  local said, why = phrase.milestone { before = 28100, after = 27998, step = 1000 }
  refuses(said, why, "no milestone was passed")
end)

claim("a milestone of what the data cannot say is refused, without a step a mistake", function()
  local said, why = phrase.milestone(people, "2017-12-31", 1000)
  refuses(said, why, "the series begins")
  fails(function() phrase.milestone(people, "2024-10-18") end, "a milestone needs its step")
end)

claim("the record day is the highest since records began", function()
  says(phrase.record(people, "2022-09-03"),
    "the highest number on a single day since records began in 2018")
end)

claim("the record of a year, its third, and a tie are each told as such", function()
  says(phrase.record(people, "2021-04-28"), "the highest number on a single day so far this year")
  says(phrase.record(people, "2020-07-21"),
    "the third highest number on a single day so far this year")
  says(phrase.record(people, "2020-02-06"),
    "equalling the highest number on a single day since records began in 2018")
  says(phrase.record(people, "2021-07-02"),
    "the joint third highest number on a single day so far this year")
end)

claim("a record for its month is told where the day is none of the year", function()
  says(phrase.record(people, "2021-01-09"), "the highest number for a day in January")
end)

claim("else the last day that was as high is named, when it is long ago", function()
  require("dateline.when").set_bulletin_day(require("native.date").new "2023-11-12")
  says(phrase.record(people, "2023-11-12"),
    "the highest daily total since September 2, when 872 people arrived")
  local said, why = phrase.highest_since(people, "2024-10-18")
  refuses(said, why, "was as high")
end)

claim("none is no record, nor is a place far down", function()
  local said, why = phrase.rank(people, "2024-10-19")
  refuses(said, why, "zero is not a record high")
  said, why = phrase.rank(people, "2024-10-18", { within = "year" })
  refuses(said, why, "only number")
end)

claim("in a year's first days there is no record of the year", function()
  local said, why = phrase.rank(people, "2025-01-04", { within = "year" })
  refuses(said, why, "fewer than 30 days")
end)

claim("the first ever is the first recorded, not a record", function()
  says(phrase.record(people, "2018-01-31"), "the first recorded")
end)

claim("a streak counts its days, the last one with them", function()
  says(phrase.streak(people, "2025-11-02"), "no people for 11 days")
  local said, why = phrase.streak(people, "2024-10-18")
  refuses(said, why, "there were some")
end)

claim("a scope that does not exist is a mistake", function()
  fails(function() phrase.rank(people, "2024-10-18", { within = "decade" }) end,
    "no scope is called 'decade'")
end)
