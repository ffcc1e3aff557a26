---@meta dateline.sql
-- scripts/types/dateline/sql.lua - read-only SQL over the datasets: each is a view of its own,
-- small_boats_daily (date, people, boats, ...). `?` takes the values in order, `:name` from a table.

---@class dateline.SqlModule
local sql = {}

---A row by column name: NULL reads as nil, a misspelt column is an error.
---@class dateline.Row
---@field [string] any

---Goes through the rows as tables: `for row in sql.rows("select ... where people > ?", 1000) do`.
---@param statement string
---@param ... string|number|boolean|dateline.Date|dateline.Fact|table|nil
---@return fun(): dateline.Row?
function sql.rows(statement, ...) end

---Goes through the rows as several values, the fast way: `for date, people in sql.each(...) do`.
---@param statement string
---@param ... string|number|boolean|dateline.Date|dateline.Fact|table|nil
---@return fun(): ...
function sql.each(statement, ...) end

---The first row, or nil.
---@param statement string
---@param ... string|number|boolean|dateline.Date|dateline.Fact|table|nil
---@return dateline.Row?
function sql.one(statement, ...) end

---The first column of the first row, or nil.
---@param statement string
---@param ... string|number|boolean|dateline.Date|dateline.Fact|table|nil
---@return any
function sql.value(statement, ...) end

---All rows at once, 100,000 at most.
---@param statement string
---@param ... string|number|boolean|dateline.Date|dateline.Fact|table|nil
---@return dateline.Row[]
function sql.all(statement, ...) end

return sql
