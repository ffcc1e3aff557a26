-- my-dataset.lua - what one row of these files says, and how it is written.
--
--   dateline import FILE.csv --dataset my-dataset.lua --dry-run    what an import would do
--   dateline import FILE.csv --dataset my-dataset.lua              import it
--   dateline eval 'data.open("my-dataset").people:latest()'        ask it
return {
  name = "my-dataset",
  title = "My dataset",
  -- Who says so, and under which licence: printed with every bulletin that uses it.
  publisher = "who publishes these figures",
  licence = "Open Government Licence v3.0",
  attribution = "the line that the licence asks for",
  homepage = "",
  caveat = "",  -- what a reader must be told beside every figure, or ""
  grain = "day",  -- day, week, month, year; as_at: a running count; event: a named span of days
  release = "full",  -- a file holds the whole series; window: some of it
  provisional = false,  -- whether figures may still be revised
  absent = "missing",  -- what an absent row means: missing (not known), or zero
  fold = false,  -- true: equal keys are summed at import; false: they are an error
  dates = { "%Y-%m-%d", "%d/%m/%Y" },
  missing = { [""] = "not_collected", ["-"] = "not_collected" },
  columns = {
    -- headers: what the column is called in the files, in any of them, in lower case.
    { name = "date", role = "period", headers = { "date", "day" } },
    {
      name = "people", role = "measure", unit = "person", title = "people counted",
      headers = { "people", "number of people" },
    },
    { name = "notes", role = "ignored", optional = true, headers = { "notes", "note" } },
  },
}
