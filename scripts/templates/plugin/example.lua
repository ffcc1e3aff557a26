-- my-plugin-example.lua - a report that uses my-plugin, to try it with.
local c = require "dateline.crossings"
local mine = require "plugin.my-plugin"

return {
  title = "My plugin",
  params = { date = { type = "date", default = "latest", help = "the day the bulletin is about" } },
  build = function(doc, p)
    local people, reason = c.people:on(p.date)
    if not people then
      refuse(reason)
    end
    doc:para { "There were {people}.", people = mine.in_all(people) }
    doc:sources()
  end,
}
