-- scripts/dateline/date.lua - calendar dates for scripts: date "2024-10-18", date(2024, 10, 18).
local fail = require "dateline.fail"
local native = require "native.date"

local functions = { parse = native.parse, is = native.is }

local function new(_, year, month, day)
  if month == nil then
    return native.new(year)
  end
  return native.make(year, month, day)
end

-- Called like a function, so it is no plain table, and keeps itself from being changed.
return setmetatable({}, {
  __call = new,
  __index = functions,
  __newindex = function()
    fail "'date' is read-only"
  end,
  __pairs = function()
    return next, functions, nil
  end,
  __metatable = false,
})
