-- scripts/dateline/data.lua - any dataset of the store: its measures by column name, and the named
-- events.
--
--   local departures = data.open "departures"
--   departures.boats:where { country = "BE" }:on(p.date)
local fail = require "dateline.fail"
local measure = require "native.measure"
local native = require "native.data"

local M = {}

local function read_only()
  fail "the tables of dateline.data are read-only"
end

-- The names of the datasets that the store holds.
function M.datasets()
  return native.datasets()
end

-- Whether the store holds a dataset of that name.
function M.holds(name)
  for _, known in ipairs(native.datasets()) do
    if known == name then
      return true
    end
  end
  return false
end

local function open(name)
  local opened = native.dataset(name)
  local view = name:gsub("-", "_")
  local function open_column(_, column)
    column = tostring(column)
    opened[column] = measure.open {
      dataset = name, measure = column, name = view .. "." .. column,
    }
    return opened[column]
  end
  setmetatable(opened, { __index = open_column })
  return setmetatable({}, { __index = opened, __newindex = read_only, __metatable = false })
end

local opened_sets = {}

-- A dataset's measures by column name, opened when first used; beside them what is known of it:
-- title, publisher, licence, attribution, homepage, caveat, grain, provisional.
function M.open(name)
  if not opened_sets[name] then
    opened_sets[name] = open(name)
  end
  return opened_sets[name]
end

-- The named events, oldest first: { name =, label =, from =, to = }.
function M.events()
  return native.events()
end

-- One event by its name.
function M.event(name)
  return native.event(name)
end

return M
