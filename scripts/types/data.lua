---@meta dateline.data
-- scripts/types/data.lua - any dataset of the store, for editors.

local data = {}

---The names of the datasets that the store holds.
---@return string[]
function data.datasets() end

---Whether the store holds a dataset of that name.
---@param name string
---@return boolean
function data.holds(name) end

---A dataset's measures by column name, and what is known of it.
---@class dateline.Dataset
---@field name string
---@field title string
---@field publisher string
---@field licence string
---@field attribution string
---@field homepage string
---@field caveat string
---@field grain string
---@field provisional boolean
---@field [string] dateline.Measure
---@param name string "departures"
---@return dateline.Dataset
function data.open(name) end

---@class dateline.Event
---@field name string
---@field label string "since Labour came to power"
---@field from dateline.Date
---@field to dateline.Date? the last day; nil: it goes on
---@return dateline.Event[]
function data.events() end
---@param name string
---@return dateline.Event
function data.event(name) end

return data
