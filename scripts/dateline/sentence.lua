-- scripts/dateline/sentence.lua - how a sentence starts: with a capital, and with no figure where
-- the style forbids one.
local number = require "dateline.number"

local byte, find, lower, match, sub, upper =
  string.byte, string.find, string.lower, string.match, string.sub, string.upper

local M = {}

-- What may stand before a sentence's first letter: quotation marks, brackets, inline markup.
local opening = "^[%s%*_`\"'%(%[\\]*"
local curly = { ["\u{201c}"] = true, ["\u{2018}"] = true, ["\u{ab}"] = true }

-- Words that are written so: "iPhone", "gov.uk".
local function is_own_spelling(text, at)
  return match(text, "^%l+%u", at) or match(text, "^%l+%.%l", at)
end

-- The text with its first letter in upper case, and whether it had anything but marks: if not, the
-- sentence has not started yet.
local function capitalise(text)
  local first = byte(text)
  if first and first >= 65 and first <= 90 then
    return text, true
  end
  local _, last = find(text, opening)
  local at = last + 1
  while curly[match(text, "^[\xc2\xe2][\x80-\xbf]+", at)] do
    at = at + #match(text, "^[\xc2\xe2][\x80-\xbf]+", at)
  end
  first = byte(text, at)
  if not first then
    return text, false
  elseif first >= 97 and first <= 122 and not is_own_spelling(text, at) then
    return sub(text, 1, at - 1) .. upper(sub(text, at, at)) .. sub(text, at + 1), true
  elseif first == 0xc3 then
    -- The accented letters of Latin 1: 32 below stands the capital. 0xb7 is the division sign.
    local second = byte(text, at + 1)
    if second and second >= 0xa0 and second <= 0xbe and second ~= 0xb7 then
      return sub(text, 1, at) .. string.char(second - 32) .. sub(text, at + 2), true
    end
  end
  return text, true
end
M.capitalise = capitalise

-- A copy of [runs] whose first run has another text.
local function with_first_text(runs, text)
  local copy = table.move(runs, 1, #runs, 1, {})
  local first = runs[1]
  if type(first) == "string" then
    copy[1] = text
  else
    local run = {}
    for k, v in pairs(first) do
      run[k] = v
    end
    run.text = text
    copy[1] = run
  end
  return copy
end

local function with_opener(runs, opener)
  local copy = table.move(runs, 1, #runs, 2, {})
  copy[1] = opener
  return copy
end

-- "In all" where the sentence speaks of a total already.
local function opener_of(style, sentence_text)
  for _, opener in ipairs(style.openers) do
    local its_noun = lower(match(opener, "(%a+) of $") or match(opener, "(%a+),? $"))
    if not find(sentence_text, "%f[%a]" .. its_noun .. "%f[%A]") then
      return opener
    end
  end
  return style.openers[1]
end

-- Words for a figure that opens a sentence, or something before it.
local function recast(style, runs, sentence_text)
  local first = runs[1]
  if first.date then
    -- "18 October" and "2022" are no numbers: they get a noun.
    return with_opener(runs, first.date.weekday_name .. " ")
  elseif first.year then
    return with_opener(runs, "The year ")
  elseif first.ordinal then
    return with_opener(runs, "The ")
  elseif first.n and first.n <= (first.percent and 99 or style.start_max) then
    local words = with_first_text(runs, capitalise(number.words(first.n)))
    -- A word takes no sign.
    if first.percent and type(words[2]) == "string" and sub(words[2], 1, 1) == "%" then
      words[2] = " per cent" .. sub(words[2], 2)
    end
    return words
  elseif first.n and not first.percent then
    return with_opener(runs, opener_of(style, sentence_text()))
  elseif first.fact then
    return with_opener(runs, "Some ")
  end
  return runs
end

-- The runs of a value that opens a sentence. [sentence_text] is called for the rest of the sentence
-- when it matters; [is_title] for headings.
function M.start(style, runs, sentence_text, is_title)
  local first = runs[1]
  if not first then
    return runs
  end
  local text = type(first) == "string" and first or first.text
  local initial = byte(text)
  if initial and initial >= 48 and initial <= 57 then
    if type(first) == "string" or first.literal and not first.year
      or (is_title and style.title_figures) then
      return runs
    end
    return recast(style, runs, sentence_text)
  end
  local capital = capitalise(text)
  return capital == text and runs or with_first_text(runs, capital)
end

return M
