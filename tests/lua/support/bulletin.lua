-- tests/lua/support/bulletin.lua - builds a report of a day on the fake host, as plain lines.
local fake = require "support.fake"

local M = {}

local reports, loaded_at = {}, nil

-- Reports are loaded anew with the words they require.
local function report_of(name)
  if loaded_at ~= fake.restarts then
    reports, loaded_at = {}, fake.restarts
  end
  if not reports[name] then
    local environment = setmetatable({
      refuse = function(reason)
        error({ refused = reason }, 0)
      end,
    }, { __index = _G })
    local chunk = assert(loadfile("reports/" .. name .. ".lua", "t", environment))
    reports[name] = chunk()
  end
  return reports[name]
end

-- The builder after the report has built the bulletin of a day.
function M.build(iso, name)
  local report = report_of(name or "latest-developments")
  local builder = require("support.fake_builder").new()
  local day = require("native.date").new(iso)
  fake.forget_reasons()
  report.build(require("dateline.document").new(builder, day), { date = day })
  return builder
end

function M.text(iso, name)
  return M.build(iso, name):text()
end

return M
