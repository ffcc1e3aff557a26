-- scripts/datasets/small-boats-weekly.lua - crossings by week, and what was prevented in France.
--
-- Weeks end on Sunday. Preventions were not collected before the week ending 5 May 2024; "-" and an
-- empty cell say so.
local not_collected = { [""] = "not_collected", ["-"] = "not_collected" }

return {
  name = "small-boats-weekly",
  title = "Migrants detected crossing the English Channel in small boats",
  publisher = "Home Office",
  licence = "Open Government Licence v3.0",
  attribution = "Crown copyright. "
    .. "Contains public sector information licensed under the Open Government Licence v3.0.",
  homepage = "https://www.gov.uk/government/publications/"
    .. "migrants-detected-crossing-the-english-channel-in-small-boats",
  caveat = "French estimates of crossings prevented count attempts, not individual people: someone "
    .. "stopped twice is counted twice. They cannot be compared directly with arrivals.",
  grain = "week",
  week_end = "sunday",
  release = "full",
  provisional = true,
  absent = "missing",
  fold = false,
  dates = { "%Y-%m-%d", "%Y-%m-%dT%H:%M:%S", "%d %B %Y", "%d/%m/%Y" },
  missing = { ["[x]"] = "not_available", ["[z]"] = "not_applicable" },
  columns = {
    { name = "week_ending", role = "period", headers = { "week_ending", "week ending" } },
    {
      name = "people", role = "measure", unit = "person", title = "people who arrived",
      headers = { "people", "migrants arrived", "migrants_arrived" },
    },
    {
      name = "boats", role = "measure", unit = "boat", title = "boats that arrived",
      headers = { "boats", "boats arrived", "boats_arrived" },
    },
    {
      name = "uncontrolled_boats", role = "measure", unit = "boat", optional = true,
      title = "boats involved in uncontrolled landings",
      headers = {
        "uncontrolled_boats", "boats arrived - involved in uncontrolled landings",
        "boats involved in uncontrolled landings",
      },
      missing = not_collected,
    },
    {
      name = "people_prevented", role = "measure", unit = "person",
      title = "people prevented from crossing",
      headers = { "people_prevented", "migrants prevented", "migrants_prevented" },
      missing = not_collected,
    },
    {
      name = "prevention_events", role = "measure", unit = "event", title = "prevention events",
      headers = { "prevention_events", "events prevented", "events_prevented" },
      missing = not_collected,
    },
    { name = "notes", role = "ignored", optional = true, headers = { "notes", "note" } },
  },
  bundled = {
    file = "small-boats-weekly.csv",
    published = "2026-08-21",
    retrieved = "2026-08-21T12:00:00Z",
  },
}
