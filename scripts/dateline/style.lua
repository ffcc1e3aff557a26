-- scripts/dateline/style.lua - the house styles, as data: a new style is one row.
--
-- Drawn from published guides and from what outlets print. A style stands here only if every rule
-- of its row is kept by the code that reads it.
local fail = require "dateline.fail"
local run = require "native.run"
local suggest = require "dateline.suggest"

local months = {
  "January", "February", "March", "April", "May", "June",
  "July", "August", "September", "October", "November", "December",
}
local ap_months = {
  "Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.",
}

-- spell_max        whole numbers up to this are words: "eight boats", "10 boats"
-- ordinal_max      the same for ordinals: "ninth", "10th"
-- percent          what follows the figure of a percentage
-- percent_spelled  whether a small whole percentage is a word: "eight per cent"
-- date             "month-day": October 18, 2024; "day-month": 18 October 2024
-- day_months       the month's name beside a day of the month (alone it is never cut)
-- start_max        at a sentence's start, numbers up to this are words
-- openers          what a sentence opens with where words would be too long: the first whose own
--                  noun the sentence does not use already
-- title_figures    whether a heading may start with a figure
local styles = {
  -- GB News: "eight per cent", "October 18".
  percent_word = {
    spell_max = 9, ordinal_max = 9, percent = " per cent", percent_spelled = true,
    date = "month-day", start_max = 9, openers = { "A total of ", "In all, " },
  },
  -- The Times, the Independent: "8 per cent", "18 October".
  percent_num = {
    spell_max = 9, ordinal_max = 9, percent = " per cent", percent_spelled = false,
    date = "day-month", start_max = 9, openers = { "A total of ", "In all, " },
  },
  -- The PA news agency: "Some 614 people", "8%", "October 18".
  pa = {
    spell_max = 9, ordinal_max = 9, percent = "%", percent_spelled = false,
    date = "month-day", start_max = 9, openers = { "Some " },
  },
  -- The Guardian and Observer: words at a sentence's start as long as they are short.
  guardian = {
    spell_max = 9, ordinal_max = 9, percent = "%", percent_spelled = false,
    date = "day-month", start_max = 99, openers = { "A total of ", "In all, " },
  },
  bbc = {
    spell_max = 9, ordinal_max = 9, percent = "%", percent_spelled = false,
    date = "day-month", start_max = 99, openers = { "A total of ", "In all, " },
  },
  -- GOV.UK: figures for everything but "one"; a title may start with one.
  govuk = {
    spell_max = 1, ordinal_max = 9, percent = "%", percent_spelled = false,
    date = "day-month", start_max = 99, openers = { "A total of ", "In all, " },
    title_figures = true,
  },
  -- The Office for National Statistics: what the text presents is a statistic, so figures.
  ons = {
    spell_max = 0, ordinal_max = 9, percent = "%", percent_spelled = false,
    date = "day-month", start_max = 9, openers = { "A total of ", "In all, " },
  },
  -- The Associated Press: "Oct. 18".
  ap = {
    spell_max = 9, ordinal_max = 9, percent = "%", percent_spelled = false,
    date = "month-day", day_months = ap_months, start_max = 99,
    openers = { "A total of ", "In all, " },
  },
}

local default = "pa"

local names = {}
for name, style in pairs(styles) do
  style.name = name
  style.day_months = style.day_months or months
  names[#names + 1] = name
end
table.sort(names)

local M = { default = default, months = months }

-- The style of that name; an unknown one is an error with the nearest name, of the script unless
-- [code] says otherwise.
function M.named(name, code)
  local style = styles[name]
  if not style then
    fail(("no house style is called '%s'"):format(tostring(name)), suggest.hint(name, names),
      "one of " .. table.concat(names, ", "), code)
  end
  return style
end

-- What a report asks for, unless whoever started the run chose another.
local wanted

function M.choose(name)
  wanted = name and M.named(name) or nil
end

local chosen

-- The style of this run.
function M.current()
  chosen = chosen or run.style and M.named(run.style, "usage")
  return chosen or wanted or styles[default]
end

function M.names()
  return table.move(names, 1, #names, 1, {})
end

return M
