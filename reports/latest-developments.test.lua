-- reports/latest-developments.test.lua - what the daily bulletin must say, and when it must refuse.
-- What no sentence of any bulletin may hold; "%f" stands where a number or a word begins.
local wrong = {
  "%f[%a]nil%f[%A]", "%f[%a]nan%f[%A]", " [,.]", "%.%.", "%f[%d]0 per cent", "%f[%d]1 people",
  "%f[%d]1 boats",
}

local function check_sentences(text)
  for _, pattern in ipairs(wrong) do
    local found = text:match("%S*%s?" .. pattern .. "%s?%S*")
    if found then
      return ("it says \"%s\""):format(found)
    end
  end
end

return {
  {
    name = "18 October 2024: the bulletin that was published",
    params = { date = "2024-10-18" },
    style = "percent_word",
    expect = {
      contains = {
        "More than 600 people crossed the Channel in small boats on Friday.",
        "647 people made the crossing in 10 boats, pushing the total for the year above 28,000.",
        "28,204 so far this year, almost eight per cent higher than at the same point last year "
          .. "(26,116) but 25 per cent down on the same point of the peak year, 2022 (37,603).",
        "an average of 65 people per boat.",
        "In the week to October 13, 613 people arrived while 528 were prevented",
        "the 45th death reported by French coastguards so far this year.",
        "one boat from Belgium so far this year",
        "Home Office",
        "Open Government Licence",
        "provisional",
      },
      values = {
        ["c.people:on(p.date)"] = 647,
        ["c.people:year_to_date(p.date)"] = 28204,
        ["c.people:same_point(p.date, 2022)"] = "37,603",
        ["c.people:peak { by = 'year', to = '2023-12-31' }.from.year"] = 2022,
      },
      warnings = 0,
    },
  },
  {
    name = "18 October 2024 in the govuk style",
    params = { date = "2024-10-18" },
    style = "govuk",
    expect = { contains = { "8%", "25%" }, lacks = { "per cent" }, warnings = 0 },
  },
  {
    name = "a day of none says how long there have been none",
    params = { date = "2024-02-29" },
    expect = { contains = "February 28", lacks = { "0 people", "0 boats" }, warnings = 0 },
  },
  {
    name = "the first crossings of a year are called so",
    params = { date = "2023-01-02" },
    expect = { contains = "the first to arrive this year", warnings = 0 },
  },
  {
    name = "a day not yet published is refused, and says up to when there are figures",
    params = { date = "2099-01-01" },
    expect = { refuses = "the series ends on 20 August 2026" },
  },
  {
    name = "a day before the series is refused, and says from when on there are figures",
    params = { date = "2017-12-31" },
    expect = { refuses = "the series begins on 1 January 2018" },
  },
  {
    name = "what is no date is refused",
    params = { date = "18.10.2024" },
    expect = { refuses = "'18.10.2024' is not a date" },
  },
  {
    name = "before anything was known there is nothing to say",
    params = { date = "2024-10-18" },
    as_of = "2020-01-01",
    expect = { refuses = true },
  },
  {
    name = "figures of its own: a single boat on the first day",
    params = { date = "2024-01-02" },
    data = { ["small-boats-daily"] = "date,people,boats\n2024-01-01,0,0\n2024-01-02,1,1\n" },
    expect = { contains = "one", lacks = { "one people", "one boats" },
      values = { ["c.people:on(p.date)"] = 1, ["c.weekly.people:latest()"] = false } },
  },
  {
    name = "every day of October 2024 makes whole sentences",
    each = "date", from = "2024-10-01", to = "2024-10-31",
    check = check_sentences,
  },
  {
    name = "every day around the end of a year makes whole sentences",
    each = "date", from = "2022-12-20", to = "2023-01-10",
    check = check_sentences,
  },
}
