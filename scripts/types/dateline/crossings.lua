---@meta dateline.crossings
-- scripts/types/dateline/crossings.lua - the crossing measures, for editors.

---@class dateline.Crossings
---@field people dateline.Measure people who arrived, by day
---@field boats dateline.Measure boats that arrived, by day
---@field uncontrolled dateline.Measure boats involved in uncontrolled landings, by day, from 2023
---@field weekly dateline.WeeklyCrossings
---@field prevented dateline.Measure short for weekly.prevented
---@field prevention_events dateline.Measure short for weekly.prevention_events
---@field deaths dateline.Measure reported deaths as at a date; choose a source with where
---@field departures dateline.Measure boats as at a date; choose a country with where
local crossings = {}

---Weeks end on Sunday.
---@class dateline.WeeklyCrossings
---@field people dateline.Measure
---@field boats dateline.Measure
---@field uncontrolled dateline.Measure
---@field prevented dateline.Measure people prevented by French authorities, from May 2024
---@field prevention_events dateline.Measure
crossings.weekly = {}

return crossings
