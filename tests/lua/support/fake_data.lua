-- tests/lua/support/fake_data.lua - native.data in plain Lua, over the bundled manifests.
local dates = require "native.date"
local figures = require "support.fake_figures"

local M = {}

local names = { "channel-deaths", "departures", "small-boats-daily", "small-boats-weekly" }

local function describe(name)
  local set = figures.set_of(name)
  local measures = {}
  for _, column in ipairs(set.columns) do
    if column.role == "measure" then
      measures[#measures + 1] = { name = column.name, title = column.title, unit = column.unit }
    end
  end
  return { name = name, title = set.title, publisher = set.publisher, caveat = set.caveat,
    measures = measures }
end

-- What a test hides is not held.
M.hidden = {}

function M.datasets()
  local held = {}
  for _, name in ipairs(names) do
    held[#held + 1] = not M.hidden[name] and name or nil
  end
  return held
end

function M.dataset(name)
  for _, known in ipairs(names) do
    if known == name and not M.hidden[name] then
      return describe(name)
    end
  end
  error(("no dataset is called '%s'"):format(name), 0)
end

function M.event(name)
  for _, event in ipairs(M.events()) do
    if event.name == name then
      return event
    end
  end
  error(("no event is called '%s'"):format(name), 0)
end

function M.events()
  local events = {}
  for _, row in ipairs(figures.set_of("events").rows) do
    events[#events + 1] = { name = row.name, label = row.label, from = dates.new(row.from),
      to = row.to ~= "" and dates.new(row.to) or nil }
  end
  return events
end

return M
