-- tests/lua/test_count.lua - phrases of one number.
local check = require "support.check"
local phrase = require "dateline.phrase"
local measures = require "dateline.crossings"

local claim, equal, says, refuses, fails =
  check.claim, check.equal, check.says, check.refuses, check.fails

claim("a count has its noun, in the number that agrees", function()
  says(phrase.count(8, "boat"), "eight boats")
  says(phrase.count(10, "boat"), "10 boats")
  says(phrase.count(1, "boat"), "one boat")
  says(phrase.count(0, "boat"), "no boats")
  says(phrase.count(28204, "person"), "28,204 people")
  says(phrase.count(2, "small boat"), "two small boats")
  says(phrase.count(3, "child"), "three children")
  says(phrase.count(2, "ferry"), "two ferries")
end)

claim("a fact brings its unit, and every figure its fact", function()
  local people = measures.people:on "2024-10-18"
  local said = phrase.count(people)
  says(said, "647 people")
  equal(said.runs[1].fact, people)
  equal(said.runs[1].text, "647")
  says(phrase.count(people, { noun = "migrant" }), "647 migrants")
  says(phrase.count(people, { bare = true }), "647")
end)

claim("none alone is none", function()
  says(phrase.count(0, { bare = true }), "none")
end)

claim("the claim says what is stated, how, and of what", function()
  local people = measures.people:on "2024-10-18"
  local said, its = phrase.approx(people)
  says(said, "more than 600 people")
  equal(its, said.claim)
  equal(its.stated, "600")
  equal(its.hedge, "more than")
  equal(its.unit, "person")
  equal(its.actual, people)
  equal(its.facts[1], people)
  equal(said.runs[2].fact, people)
  equal(phrase.count(people).claim.hedge, nil)
end)

claim("a refusal is passed on with its reason", function()
  local said, why = phrase.count(measures.people:on "2017-12-31")
  refuses(said, why, "the series begins")
  for _, name in ipairs { "count", "approx", "percent", "nth", "per", "date", "weekday", "month",
    "year" } do
    said, why = phrase[name](nil, "no data for 2024-10-17")
    refuses(said, why, "no data for 2024-10-17")
  end
  said, why = phrase.hedge("about", nil, "no data for 2024-10-17")
  refuses(said, why, "no data for 2024-10-17")
end)

claim("what is no count is refused", function()
  local said, why = phrase.count(-3, "person")
  refuses(said, why, "a count is not negative")
  said, why = phrase.count(647.5, "person")
  refuses(said, why, "647.5 is no exact number")
  said, why = phrase.count(0 / 0, "person")
  refuses(said, why, "not a number")
  said, why = phrase.count((measures.people / measures.boats):on "2024-10-18")
  refuses(said, why, "a count is whole")
end)

claim("what is no number at all is a mistake", function()
  fails(function() phrase.count "647" end, "a number or a fact was expected, not a string")
  fails(function() phrase.count(measures.people) end, "not a measure")
  fails(function() phrase.count(measures.people:latest()) end, "is a date")
end)

claim("a peak's second value is no option", function()
  says(phrase.count(measures.people:peak { by = "year", to = "2023-12-31" }), "45,755 people")
end)

claim("percentages round half up, with one decimal below one", function()
  says(phrase.percent(2088, 26116), "eight per cent")
  says(phrase.percent(1674, 17620), "10 per cent")
  says(phrase.percent(16, 15473), "0.1 per cent")
  says(phrase.percent(95, 1000), "10 per cent")
  says(phrase.percent(105, 1000), "11 per cent")
  says(phrase.percent(994, 100000), "one per cent")
  says(phrase.percent(94, 10000), "0.9 per cent")
  says(phrase.percent(1, 28204), "less than 0.1 per cent")
end)

claim("a hedged percentage says on which side it lies, or nothing", function()
  local hedged = { hedge = true }
  says(phrase.percent(2088, 26116, hedged), "almost eight per cent")
  says(phrase.percent(804, 10000, hedged), "just over eight per cent")
  says(phrase.percent(8, 100, hedged), "eight per cent")
  says(phrase.percent(84, 1000, hedged), "eight per cent")
  says(phrase.percent(755, 10000, hedged), "eight per cent")
end)

claim("a percentage of facts is a fact, and of nothing none", function()
  local total = measures.people:year_to_date "2024-10-18"
  local said = phrase.percent(measures.people:on "2024-10-18", total)
  says(said, "two per cent")
  equal(said.runs[1].fact.num * 28204, 64700 * said.runs[1].fact.den)
  local none, why = phrase.percent(5, 0)
  refuses(none, why, "zero denominator")
  none, why = phrase.percent(-5, 10)
  refuses(none, why, "change()")
  none, why = phrase.percent(5, nil)
  refuses(none, why, "no whole")
  fails(function()
    phrase.percent(measures.boats:on "2024-10-18", measures.people:on "2024-10-18")
  end, "boats are no part of people")
end)

claim("percentages are compared in points", function()
  says(phrase.points(46, 41), "five percentage points higher")
  says(phrase.points(41, 42), "one percentage point lower")
  says(phrase.points(41.0, 41), "unchanged")
  says(phrase.points(12, 2), "10 percentage points higher")
  local said, why = phrase.points(5, nil)
  refuses(said, why, "no base")
end)

claim("ordinals carry their source", function()
  says(phrase.nth(45, "death", { source = "French coastguards" }),
    "the 45th death reported by French coastguards so far this year")
  says(phrase.nth(3, "day"), "the third day")
  says(phrase.nth(11), "11th")
  says(phrase.nth(21, "death", { period = "this week" }), "the 21st death this week")
  local said, why = phrase.nth(0, "day")
  refuses(said, why, "there is no first")
end)

claim("an average is whole where that is near enough", function()
  says(phrase.per(647, 10, "person", "boat"), "an average of 65 people per boat")
  says(phrase.per(7, 2, "person", "boat"), "an average of 3.5 people per boat")
  says(phrase.per(2, 2, "person", "boat"), "an average of one person per boat")
  says(phrase.per(1, 3, "person", "boat"), "an average of 0.3 people per boat")
  local said, why = phrase.per(5, 0, "person", "boat")
  refuses(said, why, "zero denominator")
  said, why = phrase.per(5, 2)
  refuses(said, why, "what it counts")
end)

claim("an average of facts needs no nouns, nor does one of a ratio", function()
  local people, boats = measures.people:on "2024-10-18", measures.boats:on "2024-10-18"
  says(phrase.per(people, boats), "an average of 65 people per boat")
  says(phrase.per((measures.people / measures.boats):on "2024-10-18"),
    "an average of 65 people per boat")
end)

claim("verbs agree: none takes the plural", function()
  equal(phrase.verb(1, "has", "have"), "has")
  equal(phrase.verb(0, "has", "have"), "have")
  equal(phrase.verb(2, "has", "have"), "have")
end)

claim("phrases join with text and with each other, and keep their facts", function()
  local people = measures.people:on "2024-10-18"
  local said = phrase.count(people) .. " in " .. phrase.count(10, "boat")
  says(said, "647 people in 10 boats")
  equal(tostring(said), "647 people in 10 boats")
  equal(said.runs[1].fact, people)
  equal(said.claim.stated, "647")
  equal(said.claim.also[1].stated, "10")
  says("in " .. phrase.date "2024-10-18", "in October 18, 2024")
end)

claim("a list has commas and an and, and leaves out what is not there", function()
  says(phrase.list { phrase.count(3, "boat") }, "three boats")
  says(phrase.list { "men", "women" }, "men and women")
  says(phrase.list { 1305, nil, 882, phrase.count(647, "person") }, "1,305, 882 and 647 people")
  local said, why = phrase.list {}
  refuses(said, why, "an empty list")
end)

claim("what is literal keeps its digits", function()
  equal(phrase.literal("4x4").runs[1].literal, true)
  equal(phrase.year(2022).runs[1].literal, true)
end)

claim("an event is said in its own words", function()
  says(phrase.event "labour", "since Labour came to power")
  fails(function() phrase.event "labor" end, "no event is called 'labor'")
end)
