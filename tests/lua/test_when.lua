-- tests/lua/test_when.lua - how much of a date is said.
local check = require "support.check"
local dates = require "native.date"
local phrase = require "dateline.phrase"
local when = require "dateline.when"

local claim, says, fails = check.claim, check.says, check.fails

local function about(iso)
  when.set_bulletin_day(iso and dates.new(iso) or nil)
end

claim("the year is said where it is another, or not known", function()
  about "2024-10-18"
  says(phrase.date "2024-10-13", "October 13")
  says(phrase.date "2023-10-18", "October 18, 2023")
  says(phrase.date("2024-10-13", { year = true }), "October 13, 2024")
  says(phrase.date("2023-10-18", { year = false }), "October 18")
  says(phrase.style("govuk").date "2023-10-18", "18 October 2023")
  about(nil)
  says(phrase.date "2024-10-13", "October 13, 2024")
  says(phrase.date("2024-10-13", { near = "2024-01-01" }), "October 13")
end)

claim("a weekday stands alone within its week only", function()
  about "2024-10-18"
  says(phrase.weekday "2024-10-18", "Friday")
  says(phrase.weekday "2024-10-12", "Saturday")
  says(phrase.weekday "2024-10-11", "Friday, October 11")
  says(phrase.weekday "2024-10-19", "Saturday, October 19")
  says(phrase.style("guardian").weekday "2024-10-10", "Thursday 10 October")
  about "2024-01-02"
  says(phrase.weekday "2023-12-20", "Wednesday, December 20, 2023")
end)

claim("a month has its year where it is another", function()
  about "2024-10-18"
  says(phrase.month "2024-10", "October")
  says(phrase.month "2023-10", "October 2023")
  says(phrase.month(dates.new "2024-09-30"), "September")
end)

claim("the same point is named by its year", function()
  about "2024-10-18"
  says(phrase.same_point(2023), "at the same point last year")
  says(phrase.same_point(2022), "at the same point in 2022")
end)

claim("a date names its day, not a number", function()
  local run = phrase.date("2024-10-18").runs[1]
  check.equal(run.date.iso, "2024-10-18")
end)

claim("what is no date is a mistake", function()
  fails(function() phrase.date "2024-02-30" end, "is no date")
  fails(function() phrase.weekday(18) end, "is no date")
end)
