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
    print("half of ten:", mine.halves(10))
    doc:para { "There were {people}.", people = people }
    doc:sources()
  end,
}
