-- tests/lua/test_report.lua - the daily bulletin, on the days that try it most.
local bulletin = require "support.bulletin"
local check = require "support.check"
local fake = require "support.fake"
local figures = require "support.fake_figures"

local claim, equal = check.claim, check.equal

local function has(text, words)
  if not text:find(words, 1, true) then
    error(("%q is not in\n%s"):format(words, text), 2)
  end
end

local function has_not(text, words)
  if text:find(words, 1, true) then
    error(("%q is in\n%s"):format(words, text), 2)
  end
end

claim("18 October 2024 reads as the newsroom wants it", function()
  equal(bulletin.text("2024-10-18"):match "^(.-\n)Note:", [[
# LATEST DEVELOPMENTS
More than 600 people crossed the Channel in small boats on Friday.
- In all, 647 people made the crossing in 10 boats, pushing the total for the year above 28,000.
]] .. "- The provisional total stands at 28,204 so far this year, almost eight per cent higher "
    .. "than at the same point last year (26,116) but 25 per cent down on the same point of the "
    .. "peak year, 2022 (37,603).\n" .. [[
- There was an average of 65 people per boat.
]] .. "- In the week to October 13, 613 people arrived while 528 were prevented from crossing by "
    .. "French authorities.\n" .. [[
- The most recent loss of life was the 45th death reported by French coastguards so far this year.
- There has been one boat from Belgium so far this year, according to press reports.
]])
end)

claim("its sources name publisher, date, licence and that the figures are provisional", function()
  local text = bulletin.text "2024-10-18"
  has(text, "Note: French estimates of crossings prevented count attempts")
  has(text, "Source: Home Office, ")
  has(text, "published August 21, 2026. The figures are provisional and may be revised.")
  has(text, "Open Government Licence v3.0.")
end)

claim("every figure of it is a fact", function()
  local builder = bulletin.build "2024-10-18"
  local expressions = {}
  for i, fact in ipairs(builder:shown()) do
    expressions[i] = fact.expression
  end
  equal(table.concat(expressions, "\n"), [[
people.on(2024-10-18)
boats.on(2024-10-18)
people.total(2024-01-01, 2024-10-18)
change(people.total(2024-01-01, 2024-10-18), people.total(2023-01-01, 2023-10-18))
people.total(2023-01-01, 2023-10-18)
change(people.total(2024-01-01, 2024-10-18), people.total(2022-01-01, 2022-10-18))
people.total(2022-01-01, 2022-10-18)
(people.on(2024-10-18) / boats.on(2024-10-18))
weekly.people.on(2024-10-13)
weekly.prevented.on(2024-10-13)
channel_deaths.deaths{source=French coastguards}.on(2024-10-19)
departures.boats{country=BE}.on(2024-10-19)]])
end)

claim("a day of no crossings says so, for how long, and when the last were", function()
  local text = bulletin.text "2026-08-20"
  has(text, "\nNo people crossed the Channel in small boats on Thursday.\n")
  has(text, "- It was the third day in a row without any. "
    .. "The most recent crossings were on August 17, when 250 people arrived.\n")
  has_not(text, "average")
  has_not(bulletin.text "2024-10-19", "in a row")
end)

claim("the first days of all have no last crossing to name", function()
  has(bulletin.text "2018-01-02",
    "- No crossings have been recorded since the figures began, on January 1, 2018.\n")
  has_not(bulletin.text "2018-01-01", "- ")
  has(bulletin.text "2018-01-31", "in one small boat on Wednesday, the first recorded.\n")
end)

claim("2018 has no last year and no peak year", function()
  for _, day in ipairs { "2018-01-31", "2018-06-30", "2018-12-31" } do
    local text = bulletin.text(day)
    has_not(text, "last year")
    has_not(text, "previous year")
    has_not(text, "peak year")
  end
end)

claim("1 January makes no comparison of a year one day old", function()
  for year = 2018, 2026 do
    local text = bulletin.text(year .. "-01-01")
    has_not(text, "so far this year")
    has_not(text, "same point")
  end
end)

claim("31 December compares whole years", function()
  has(bulletin.text "2024-12-31", "stands at 36,816 for the year, just over 25 per cent higher "
    .. "than in the previous year (29,437) but 20 per cent down on the peak year, 2022 (45,755).")
  has(bulletin.text "2022-12-31", ", the most in any year on record.")
end)

claim("29 February is compared with 28 February and says so", function()
  has(bulletin.text "2024-02-29",
    "Note: Totals to February 29 are compared with totals to February 28 in other years.")
  has_not(bulletin.text "2024-02-28", "are compared with totals")
end)

claim("where last year is the peak year it is named once", function()
  local text = bulletin.text "2023-10-18"
  has(text, "than at the same point last year (37,603), the peak year so far.")
  local _, times = text:gsub("37,603", "")
  equal(times, 1)
end)

claim("a year that has beaten the peak says so instead", function()
  local text = bulletin.text "2022-10-18"
  has(text, "already more than in the whole of 2021.")
  has_not(text, "peak")
end)

claim("a record day is told as one, with the year that records began", function()
  has(bulletin.text "2022-09-03", "In all, 1,305 people made the crossing in 27 boats, the highest "
    .. "number on a single day since records began in 2018, pushing the total for the year above "
    .. "26,000.")
end)

claim("a small number is exact at once, and one boat is one boat", function()
  local text = bulletin.text "2018-01-31"
  has(text, "Seven people crossed the Channel in one small boat on Wednesday")
  has_not(text, "average")
  has(bulletin.text "2026-06-27", "More than 100 people crossed the Channel in one small boat")
end)

claim("a base of few is named, not made a percentage", function()
  has(bulletin.text "2019-01-31", "stands at 45 so far this year, up from seven at the same point "
    .. "last year.")
  has(bulletin.text "2025-01-04", "compared with none at the same point last year but eight per "
    .. "cent down on the same point of the peak year, 2022 (66).")
end)

claim("weeks are set beside preventions from the first week that has them", function()
  has_not(bulletin.text "2024-05-05", "In the week to")
  has(bulletin.text "2024-05-06", "In the week to May 5, 1,409 people arrived while 849 were "
    .. "prevented from crossing by French authorities.")
  has(bulletin.text "2025-01-01", "In the week to December 29, 2024, ")
  has(bulletin.text "2024-11-25", "no people arrived and none were prevented")
end)

claim("a week is told from the day after its Sunday", function()
  has(bulletin.text "2024-10-13", "In the week to October 6, ")
  has(bulletin.text "2024-10-14", "In the week to October 13, ")
end)

claim("deaths are told from the day before their date, while they are fresh", function()
  has_not(bulletin.text "2024-10-15", "loss of life")
  has(bulletin.text "2024-10-16", "the 45th death reported by French coastguards so far this year")
  has(bulletin.text "2024-10-23", "By October 17, French coastguards had reported 45 deaths this")
  has(bulletin.text "2024-10-25", "the 48th death reported by French coastguards so far this year")
  has(bulletin.text "2024-11-25", "By October 25, French coastguards had reported 48 deaths this")
  has_not(bulletin.text "2024-11-26", "coastguards")
  has_not(bulletin.text "2025-10-18", "coastguards")
end)

claim("a day the data do not have is refused with the reason", function()
  for day, words in pairs {
    ["2026-08-21"] = "not yet published", ["2017-12-31"] = "the series begins",
  } do
    local ok, failure = pcall(bulletin.text, day)
    equal(ok, false)
    has(failure.refused, words)
  end
end)

claim("a day without a figure for boats speaks of people alone", function()
  figures.without("small-boats-daily", "boats", "2024-10-18", function()
    local text = bulletin.text "2024-10-18"
    has(text, "- In all, 647 people made the crossing, pushing the total for the year above")
    has_not(text, "average")
  end)
  figures.without("small-boats-daily", "boats", "2018-01-31", function()
    has(bulletin.text "2018-01-31", "Seven people crossed the Channel in small boats on Wednesday")
  end)
end)

claim("a day without a figure for people is refused with the reason", function()
  figures.without("small-boats-daily", "people", "2024-10-18", function()
    local ok, failure = pcall(bulletin.text, "2024-10-18")
    equal(ok, false)
    has(failure.refused, "not collected")
  end)
end)

claim("a store with the daily figures alone makes a bulletin of them", function()
  local held = require "native.data"
  held.hidden = { ["small-boats-weekly"] = true, ["channel-deaths"] = true, departures = true }
  local ok, text = pcall(bulletin.text, "2024-10-18")
  held.hidden = {}
  equal(ok, true)
  has(text, "28,204 so far this year")
  has_not(text, "In the week")
  has_not(text, "loss of life")
  has_not(text, "Belgium")
end)

claim("each of the four styles has its own sentence for the same day", function()
  for style, words in pairs {
    percent_word = "In all, 647 people made", pa = "Some 647 people made",
    guardian = "In all, 647 people made", govuk = "In all, 647 people made",
  } do
    fake.restart(style)
    has(bulletin.text "2024-10-18", words)
  end
  fake.restart "govuk"
  has(bulletin.text "2024-10-18", "In the week to 13 October, 613 people arrived")
  has(bulletin.text "2024-10-18", "almost 8% higher")
  has(bulletin.text "2019-08-26", "Twenty-eight people crossed the Channel in 2 small boats")
end)
