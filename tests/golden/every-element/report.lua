-- every-element/report.lua - each thing that a document can hold, once.
local c = require "dateline.crossings"
local phrase = require "dateline.phrase"
local sql = require "dateline.sql"

local function add_days(doc, first, last)
  local rows = {}
  for day, people in c.people:each(first, last) do
    local boats, mean = c.boats:on(day), (c.people / c.boats):on(day)
    rows[#rows + 1] = { day, people, boats, mean or "none", phrase.count(people) }
  end
  doc:table {
    caption = "The week, day by day",
    row_headers = true,
    columns = {
      "Day",
      { title = "People", align = "end" },
      { title = "Boats", align = "end" },
      { title = "A boat", align = "centre" },
      { title = "In words", align = "start" },
    },
    rows = rows,
  }
end

local function add_highest(doc)
  local items = { ordered = true }
  for row in sql.rows("select date, people from small_boats_daily "
    .. "where date < ? order by people desc, date limit 3", "2025-01-01") do
    items[#items + 1] = { "{people} on {day}.",
      people = phrase.count(c.people:on(row.date)),
      day = phrase.date(row.date, { year = true }) }
  end
  doc:list(items)
end

return {
  title = "Every element",
  params = { date = { type = "date", help = "the last day of the week" } },
  build = function(doc, p)
    local day = p.date
    local people, boats = c.people:on(day), c.boats:on(day)
    local total, was = c.people:year_to_date(day), c.people:same_point(day, day.year - 1)
    doc:heading "Every element"
    doc:para { "{people} *crossed* in **{boats}**, {milestone?}, {nothing?}; see "
      .. "[the ***figures***](https://www.gov.uk/search?q=small&order=boats) and `eval`.",
      people = phrase.count(people), boats = phrase.count(boats),
      milestone = phrase.milestone(c.people, day, 1000), nothing = nil }
    doc:sentences {
      { "That is {change} than a year before ({was}).",
        change = phrase.change(total, was), was = was },
      false,
      { "There was {average} (on {weekday}).",
        average = phrase.per(people, boats), weekday = phrase.weekday(day) },
    }
    for level = 2, 6 do
      doc:heading { "A heading of {people}", people = people, level = level }
    end
    doc:rule()
    doc:list {
      { "The highest was {peak}.", peak = phrase.count(c.people:peak { by = "day", to = day }) },
      nil,
      { "{note?}, and this goes with it.", note = nil },
      "The last line has no figure.",
    }
    add_highest(doc)
    add_days(doc, day - 6, day)
    doc:table { caption = "Nothing to show", columns = { "Day", "People" }, rows = {} }
    doc:note { "Counts are of {what}.", what = phrase.literal "people, not of attempts" }
    doc:sources "Made for a test."
  end,
}
