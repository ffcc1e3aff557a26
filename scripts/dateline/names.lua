-- scripts/dateline/names.lua - what the crossing measures are called.
--
-- The same in scripts and in expressions: c.people is "people", c.weekly.prevented is
-- "weekly.prevented". A measure of any other dataset is named after its view and column:
-- "departures.boats".
local names = {
  ["people"] = { "small-boats-daily", "people" },
  ["boats"] = { "small-boats-daily", "boats" },
  ["uncontrolled"] = { "small-boats-daily", "uncontrolled_boats" },
  ["weekly.people"] = { "small-boats-weekly", "people" },
  ["weekly.boats"] = { "small-boats-weekly", "boats" },
  ["weekly.uncontrolled"] = { "small-boats-weekly", "uncontrolled_boats" },
  ["weekly.prevented"] = { "small-boats-weekly", "people_prevented" },
  ["weekly.prevention_events"] = { "small-boats-weekly", "prevention_events" },
  ["deaths"] = { "channel-deaths", "deaths", as = "channel_deaths.deaths" },
  ["departures"] = { "departures", "boats", as = "departures.boats" },
}

return names
