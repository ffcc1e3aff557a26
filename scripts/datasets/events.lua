-- scripts/datasets/events.lua - named events that figures are counted from.
--
-- c.people:since("labour", date) counts from one. First and last day inclusive; without a last day
-- it goes on. An editor adds a row to the file.
return {
  name = "events",
  title = "Events that reports count from",
  publisher = "public record",
  licence = "facts of public record",
  attribution = "",
  homepage = "",
  caveat = "",
  grain = "event",
  release = "hand",
  provisional = false,
  absent = "missing",
  fold = false,
  dates = { "%Y-%m-%d" },
  missing = {},
  columns = {
    { name = "name", role = "key", headers = { "name" } },
    { name = "label", role = "label", headers = { "label" } },
    { name = "from", role = "from", headers = { "from" } },
    { name = "to", role = "to", headers = { "to" } },
  },
  bundled = {
    file = "events.csv",
    retrieved = "2026-08-21T12:00:00Z",
  },
}
