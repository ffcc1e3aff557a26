-- tests/lua/test_data.lua - the measures that scripts ask, opened when first used.
local check = require "support.check"
local data = require "dateline.data"
local measures = require "dateline.crossings"
local names = require "dateline.names"
local phrase = require "dateline.phrase"

local claim, equal, fails = check.claim, check.equal, check.fails

claim("each measure is asked under the name it has in expressions", function()
  equal(measures.people:on("2024-10-18").expression, "people.on(2024-10-18)")
  equal(measures.weekly.prevented:week_ending("2024-10-13").num, 528)
  equal(measures.prevented.name, "weekly.prevented")
  equal(measures.deaths.name, "channel_deaths.deaths")
  equal(data.open("departures").boats.name, "departures.boats")
end)

claim("a measure is opened once", function()
  equal(rawequal(measures.people, measures.people), true)
  equal(rawequal(data.open "departures", data.open "departures"), true)
end)

claim("every name leads to a measure", function()
  for name, entry in pairs(names) do
    local measure = data.open(entry[1])[entry[2]]
    equal(measure.dataset .. "." .. measure.column, entry[1] .. "." .. entry[2])
    local group, key = name:match "^(%a+)%.(.*)$"
    equal((group and measures[group] or measures)[key or name].column, entry[2])
  end
end)

claim("a misspelt measure names the nearest", function()
  fails(function() return measures.peopel end, "did you mean 'people'?")
  fails(function() return measures.weekly.prevnted end, "did you mean 'prevented'?")
end)

claim("nothing shared can be changed by a script", function()
  fails(function() measures.people = 5 end, "read-only")
  fails(function() measures.weekly.people = 5 end, "read-only")
  fails(function() data.open("departures").boats = 5 end, "read-only")
  fails(function() phrase.count = nil end, "read-only")
  equal(getmetatable(phrase), false)
  equal(getmetatable(measures), false)
end)

claim("the manifests carry what a reader must be told", function()
  for _, name in ipairs { "small-boats-daily", "small-boats-weekly" } do
    local set = dofile("scripts/datasets/" .. name .. ".lua")
    equal(set.publisher, "Home Office")
    equal(set.licence, "Open Government Licence v3.0")
    equal(set.provisional, true)
    equal(set.bundled.published, "2026-08-21")
    equal(set.attribution:find("Contains public sector information licensed under the Open "
      .. "Government Licence v3.0.", 1, true) ~= nil, true)
  end
  equal(dofile("scripts/datasets/small-boats-weekly.lua").caveat:find("count attempts", 1, true)
    ~= nil, true)
end)
