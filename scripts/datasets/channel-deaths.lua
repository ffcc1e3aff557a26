-- scripts/datasets/channel-deaths.lua - deaths in the Channel as each source reports them.
--
-- A figure is a running count as at a date, or a whole year's. Sources differ in what they count
-- (the sea alone or the beaches too, the dead or also the missing): a measure here is one source's,
-- and sources are never added or set against each other.
return {
  name = "channel-deaths",
  title = "Deaths in the Channel as each source reports them",
  publisher = "as named with each figure",
  licence = "figures as reported; IOM Missing Migrants Project CC BY 4.0",
  attribution = "Deaths are given as reported at the time by the source named with the figure; "
    .. "sources differ in what they count.",
  homepage = "",
  caveat = "Sources differ in what they count, so their figures are never added or compared.",
  grain = "as_at",
  release = "hand",
  provisional = false,
  absent = "missing",
  fold = false,
  dates = { "%Y-%m-%d" },
  missing = {},
  columns = {
    { name = "as_at", role = "period", headers = { "as_at" } },
    { name = "source", role = "dimension", headers = { "source" } },
    { name = "scope", role = "dimension", headers = { "scope" } },
    {
      name = "deaths", role = "measure", unit = "death", title = "deaths reported",
      headers = { "deaths" },
    },
    {
      name = "missing_people", role = "measure", unit = "person", title = "people reported missing",
      headers = { "missing" }, missing = { [""] = "not_reported" },
    },
    { name = "reported_by", role = "attribution", headers = { "reported_by" } },
    { name = "year", role = "ignored", headers = { "year" } },
  },
  bundled = {
    file = "channel-deaths.csv",
    retrieved = "2026-08-21T12:00:00Z",
  },
}
