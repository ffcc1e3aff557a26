-- my-report.test.lua - what my-report must say: run by `dateline test`.
return {
  {
    name = "a day of many crossings",
    params = { date = "2024-10-18" },
    expect = { contains = { "647 people" }, lacks = { "nil" }, warnings = 0 },
  },
  {
    name = "a day not yet published is refused",
    params = { date = "2099-01-01" },
    expect = { refuses = "2099" },
  },
  {
    name = "every day of a month makes whole sentences",
    each = "date", from = "2024-02-01", to = "2024-02-29",
    check = function(text)
      if text:find " ,%s" or text:find "  " then
        return "a gap between words"
      end
    end,
  },
}
