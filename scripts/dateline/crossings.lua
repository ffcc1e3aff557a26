-- scripts/dateline/crossings.lua - the crossing measures, ready to ask: c.people, c.boats.
--
-- Nothing is read before it is used: a bulletin pays for the series it asks.
--   c.people c.boats c.uncontrolled        a day; uncontrolled landings from 2023 on
--   c.weekly.people .boats .uncontrolled   a week, ending on Sunday
--   c.weekly.prevented .prevention_events  the same, as reported by French authorities
--   c.prevented c.prevention_events        short for these two
--   c.deaths:where { source = "..." }      a running count as at a date; never added across sources
--   c.departures:where { country = "..." } boats known to have left from a country, so too
local fail = require "dateline.fail"
local measure = require "native.measure"
local names = require "dateline.names"
local suggest = require "dateline.suggest"

local short = { prevented = "weekly.prevented", prevention_events = "weekly.prevention_events" }

local function read_only()
  fail "the crossing measures are read-only"
end

local function group_of(prefix)
  local opened, known = {}, {}
  for name in pairs(names) do
    if name:sub(1, #prefix) == prefix then
      known[#known + 1] = name:sub(#prefix + 1)
    end
  end
  table.sort(known)
  local function open(_, key)
    local name = prefix == "" and short[key] or prefix .. tostring(key)
    local entry = names[name]
    if not entry then
      fail(("there is no crossing measure '%s'"):format(name), suggest.hint(tostring(key), known),
        "one of " .. table.concat(known, ", "))
    end
    opened[key] = measure.open {
      dataset = entry[1], measure = entry[2], name = entry.as or name,
    }
    return opened[key]
  end
  setmetatable(opened, { __index = open })
  return opened, setmetatable({}, {
    __index = opened, __newindex = read_only, __metatable = false,
  })
end

local weekly = select(2, group_of "weekly.")
local opened, c = group_of ""
opened.weekly = weekly

return c
