---@meta _
-- scripts/types/globals.lua - what a script finds without require, beside Lua's own.

---Ends the run: the data cannot say. Exit status 1, with the reason. Reports and plugins only.
---@param reason string
function refuse(reason) end

---Writes to the log (standard error), not into the bulletin.
---@param ... any
function print(...) end

---A module of the library ("dateline.crossings"), or a script of your own: "tables.ports" is
---tables/ports.lua beside the report, or under scripts/.
---@param name string
---@return any
function require(name) end
