-- scripts/dateline/style.lua - the house styles, as data: a new style is one row.
--
-- Drawn from published guides and from what outlets print. A style stands here only if every rule
-- of its row is kept by the code that reads it. A plugin may bring rows of its own.
local fail = require "dateline.fail"
local run = require "native.run"
local suggest = require "dateline.suggest"
local tools = require "native.tools"

local default = "pa"

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

local names = {}
for name, style in pairs(styles) do
  style.name = name
  style.day_months = style.day_months or months
  names[#names + 1] = name
end
table.sort(names)

-- What each field of a row must be, for rows that a plugin brings.
local function is_count(value)
  return math.type(value) == "integer" and value >= 0 and value <= 999
end
local function is_ordinal_count(value)
  return is_count(value) and value <= 12  -- beyond it, ordinals have no words (number.lua)
end
local function is_flag(value)
  return type(value) == "boolean"
end
local function is_text_list(value, size)
  if type(value) ~= "table" or #value == 0 or size and #value ~= size then
    return false
  end
  for i = 1, #value do
    if type(value[i]) ~= "string" or value[i] == "" then
      return false
    end
  end
  return true
end
local fields = {
  spell_max = { is_count, "a whole number from 0 to 999" },
  ordinal_max = { is_ordinal_count, "a whole number from 0 to 12" },
  percent = { function(value) return type(value) == "string" end, "a text such as \" per cent\"" },
  percent_spelled = { is_flag, "true or false" },
  date = { function(value) return value == "month-day" or value == "day-month" end,
    "\"month-day\" or \"day-month\"" },
  day_months = { function(value) return is_text_list(value, 12) end, "a list of twelve texts" },
  start_max = { is_count, "a whole number from 0 to 999" },
  openers = { is_text_list, "a list of texts such as \"In all, \"" },
  title_figures = { is_flag, "true or false" },
}
local field_names = { "base" }
for name in pairs(fields) do
  field_names[#field_names + 1] = name
end
table.sort(field_names)

-- A plugin's row, made whole by the style it is based on.
local function complete(row, name, file)
  local style = { name = name }
  local function refuse(message, expected, hint)
    tools.fail {
      code = "script", message = ("the house style '%s' %s"):format(name, message),
      expected = expected, hint = hint, file = file,
    }
  end
  local base = styles[row.base or default]
  if not base then
    refuse(("is based on '%s', which is none of the core's"):format(tostring(row.base)),
      "one of " .. table.concat(names, ", "), suggest.hint(row.base, names))
  end
  for key, value in pairs(base) do
    style[key] = key == "name" and name or value
  end
  for key, value in pairs(row) do
    local rule = fields[key]
    if rule and not rule[1](value) then
      refuse(("has a wrong '%s'"):format(key), rule[2])
    elseif rule then
      style[key] = value
    elseif key ~= "base" then
      refuse(("has no '%s'"):format(tostring(key)), "one of " .. table.concat(field_names, ", "),
        suggest.hint(key, field_names))
    end
  end
  return style
end

-- Where the core has no style of that name, a plugin may.
local function from_plugin(name)
  local row, file = require("dateline.plugins").style(name)
  if row then
    styles[name] = complete(row, name, file)
  end
  return styles[name]
end

local M = { default = default, months = months }

-- The style of that name; an unknown one is an error with the nearest name, of the script unless
-- [code] says otherwise.
function M.named(name, code)
  local style = styles[name] or type(name) == "string" and from_plugin(name)
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
