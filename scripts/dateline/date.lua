-- scripts/dateline/date.lua - calendar dates for scripts: date "2024-10-18", date(2024, 10, 18).
local native = require "native.date"

local M = { parse = native.parse, is = native.is }

return setmetatable(M, {
  __call = function(_, year, month, day)
    if month == nil then
      return native.new(year)
    end
    return native.make(year, month, day)
  end,
})
