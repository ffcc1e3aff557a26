-- scripts/datasets/small-boats-daily.lua - people and boats detected crossing the Channel, by day.
--
-- The Home Office publishes a spreadsheet on Fridays and the last seven days on a page; mirrors
-- and earlier layouts of the same series use other headers. A zero is a real zero. "-" and an empty
-- cell mean "not collected", and only uncontrolled landings were not (before 2023).
return {
  name = "small-boats-daily",
  title = "Migrants detected crossing the English Channel in small boats",
  publisher = "Home Office",
  licence = "Open Government Licence v3.0",
  attribution = "Crown copyright. "
    .. "Contains public sector information licensed under the Open Government Licence v3.0.",
  homepage = "https://www.gov.uk/government/publications/"
    .. "migrants-detected-crossing-the-english-channel-in-small-boats",
  caveat = "",
  grain = "day",
  release = "full",
  provisional = true,
  absent = "missing",
  fold = false,
  dates = { "%Y-%m-%d", "%Y-%m-%dT%H:%M:%S", "%d %B %Y", "%d/%m/%Y" },
  missing = { ["[x]"] = "not_available", ["[z]"] = "not_applicable" },
  columns = {
    { name = "date", role = "period", headers = { "date", "full_date" } },
    {
      name = "people", role = "measure", unit = "person", title = "people who arrived",
      headers = {
        "people", "migrants arrived", "migrants_arrived", "migrants", "migrants detected",
        "number of migrants detected in small boats",
      },
    },
    {
      name = "boats", role = "measure", unit = "boat", title = "boats that arrived",
      headers = { "boats", "boats arrived", "boats_arrived", "boats detected" },
    },
    {
      name = "uncontrolled_boats", role = "measure", unit = "boat", optional = true,
      title = "boats involved in uncontrolled landings",
      headers = {
        "uncontrolled_boats", "boats arrived - involved in uncontrolled landings",
        "boats involved in uncontrolled landings",
      },
      missing = { [""] = "not_collected", ["-"] = "not_collected" },
    },
    { name = "notes", role = "ignored", optional = true, headers = { "notes", "note" } },
  },
  bundled = {
    file = "small-boats-daily.csv",
    published = "2026-08-21",
    retrieved = "2026-08-21T12:00:00Z",
  },
}
