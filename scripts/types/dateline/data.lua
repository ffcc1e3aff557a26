---@meta dateline.data
-- scripts/types/dateline/data.lua - any dataset of the store, and the named events, for editors.

---@class dateline.Column
---@field name string
---@field title string
---@field unit string

---A dataset's measures by column name, and what is known of it.
---@class dateline.Dataset
---@field name string
---@field title string
---@field publisher string
---@field licence string
---@field attribution string the line that the licence asks for
---@field homepage string
---@field caveat string what a reader must be told beside its figures, or ""
---@field grain "day"|"week"|"month"|"year"|"as_at"|"event"
---@field provisional boolean
---@field measures dateline.Column[]
---@field dimensions dateline.Column[]
---@field [string] dateline.Measure

---@class dateline.Event
---@field name string
---@field label string "since Labour came to power"
---@field from dateline.Date
---@field to dateline.Date? the last day; nil: it goes on

---@class dateline.DataModule
local data = {}

---The names of the datasets that the store holds.
---@return string[]
function data.datasets() end

---Whether the store holds a dataset of that name.
---@param name string
---@return boolean
function data.holds(name) end

---A dataset by its name; an error with a hint when there is none.
---@param name string "departures"
---@return dateline.Dataset
function data.open(name) end

---The named events, oldest first.
---@return dateline.Event[]
function data.events() end

---One event by its name; an error with a hint when there is none.
---@param name string "labour"
---@return dateline.Event
function data.event(name) end

return data
