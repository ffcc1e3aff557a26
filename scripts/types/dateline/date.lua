---@meta dateline.date
-- scripts/types/dateline/date.lua - calendar dates: date "2024-10-18", date(2024, 10, 18).

---@class dateline.DateModule
---@overload fun(text: dateline.AnyDate): dateline.Date
---@overload fun(year: integer, month: integer, day: integer): dateline.Date
local date = {}

---A date from text that may be none.
---@param text string
---@return dateline.Date? date
---@return string? reason
function date.parse(text) end

---Whether a value is a date.
---@param value any
---@return boolean
function date.is(value) end

return date
