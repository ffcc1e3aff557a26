-- my-report.lua - what this bulletin tells, in one line.
--
-- `dateline run REPORT --date 2024-10-18` makes one, `dateline run REPORT --help` lists its
-- parameters. What it must say stands in my-report.test.lua, for `dateline test`; `dateline repl`
-- is for trying things out.
local c = require "dateline.crossings"
local phrase = require "dateline.phrase"

return {
  title = "My report",
  params = { date = { type = "date", default = "latest", help = "the day the bulletin is about" } },
  build = function(doc, p)
    -- A question gives a fact, or nil and the reason why the data cannot say.
    local people, reason = c.people:on(p.date)
    if not people then
      refuse(reason)
    end
    local year, total = p.date.year, c.people:year_to_date(p.date)

    doc:heading "My report"
    -- {name} takes a value; what has a question mark is left out when there is nothing to say.
    doc:para { "{people} crossed the Channel on {day}, {milestone?}.",
      people = phrase.count(people), day = phrase.date(p.date),
      milestone = phrase.milestone(c.people, p.date, 1000) }
    if total and total.num > 0 then
      doc:para { "The total stands at {total} so far this year, {change?} than a year before.",
        total = phrase.count(total),
        change = phrase.change(total, c.people:same_point(p.date, year - 1)) }
    end
    -- Who says so, for each figure shown.
    doc:sources()
  end,
}
