---@meta dateline.json
-- scripts/types/dateline/json.lua - values as JSON text, for renderers.

---@class dateline.JsonModule
---@field null table stands for null
local json = {}

---Marks a list as an array, also when it is empty.
---@param list table
---@return table
function json.array(list) end

---A value as JSON, on one line: keys in order, integers exact. A number that is not whole is refused.
---@param value any
---@return string
function json.encode(value) end

return json
