-- scripts/datasets/departures.lua - boats known to have left from a country, as at a date.
--
-- Running counts for a year, taken from what was reported; who said so stands with each.
return {
  name = "departures",
  title = "Small boats known to have left from a country",
  publisher = "as named with each figure",
  licence = "figures as reported",
  attribution = "Departures are given as reported at the time.",
  homepage = "",
  caveat = "",
  grain = "as_at",
  release = "hand",
  provisional = false,
  absent = "missing",
  fold = false,
  dates = { "%Y-%m-%d" },
  missing = {},
  columns = {
    { name = "as_at", role = "period", headers = { "as_at" } },
    { name = "country", role = "dimension", headers = { "country" } },
    {
      name = "boats", role = "measure", unit = "boat", title = "boats that left",
      headers = { "boats" },
    },
    { name = "reported_by", role = "attribution", headers = { "reported_by", "source" } },
    { name = "year", role = "ignored", headers = { "year" } },
  },
  bundled = {
    file = "departures.csv",
    retrieved = "2026-08-21T12:00:00Z",
  },
}
