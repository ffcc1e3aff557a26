-- scripts/dateline/number.lua - whole numbers as words and as grouped figures; exact rounding.
--
-- Integers only: a fraction is a numerator over a denominator until it is rounded, half up, by
-- integer arithmetic. Nothing here formats a float.
local format = string.format

local M = {}

local small = {
  [0] = "nought", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
  "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
  "nineteen",
}
local tens = {
  "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
}
local ordinal_words = {
  "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
  "eleventh", "twelfth",
}
local scales = { { 1000000000, "billion" }, { 1000000, "million" }, { 1000, "thousand" } }

-- Where words end: beyond it only figures are given.
local words_max = 999999999999

-- "forty-four", "six hundred and forty-seven"; nil for what has no words here.
local function words(n)
  if n < 0 or n > words_max then
    return nil
  elseif n < 20 then
    return small[n]
  elseif n < 100 then
    local rest = n % 10
    return rest == 0 and tens[n // 10] or tens[n // 10] .. "-" .. small[rest]
  elseif n < 1000 then
    local rest = n % 100
    local head = small[n // 100] .. " hundred"
    return rest == 0 and head or head .. " and " .. words(rest)
  end
  for _, scale in ipairs(scales) do
    if n >= scale[1] then
      local rest = n % scale[1]
      local head = words(n // scale[1]) .. " " .. scale[2]
      if rest == 0 then
        return head
      end
      return head .. (rest < 100 and " and " or " ") .. words(rest)
    end
  end
end
M.words = words

-- "28,204", "-1,305".
local function group(n)
  if n < 0 then
    -- The smallest integer has no positive twin.
    return n == math.mininteger and "-9,223,372,036,854,775,808" or "-" .. group(-n)
  elseif n < 1000 then
    return format("%d", n)
  elseif n < 1000000 then
    return format("%d,%03d", n // 1000, n % 1000)
  end
  return format("%s,%03d", group(n // 1000), n % 1000)
end
M.group = group

-- A whole number as the style writes it in prose.
function M.figure(style, n)
  if n > 0 and n <= style.spell_max then
    return words(n)
  end
  return group(n)
end

local suffixes = { "st", "nd", "rd" }

-- "third", "45th", "112th".
function M.ordinal(style, n)
  if n <= style.ordinal_max then
    return ordinal_words[n]
  end
  local last_two = n % 100
  local teen = last_two >= 11 and last_two <= 13
  return group(n) .. (not teen and suffixes[n % 10] or "th")
end

-- [num]/[den] ([den] > 0) rounded half up; away from zero for a negative half, so that a fall
-- rounds as the same rise would.
local function round(num, den)
  if num < 0 then
    return -round(-num, den)
  end
  local whole, rest = num // den, num % den
  return rest >= den - rest and whole + 1 or whole
end
M.round = round

-- The same in tenths: 64.7 is 647.
function M.round_tenths(num, den)
  if num < 0 then
    return -M.round_tenths(-num, den)
  end
  return num // den * 10 + round(num % den * 10, den)
end

-- 647 tenths as "64.7", 650 as "65".
function M.tenths(n)
  local rest = n % 10
  return rest == 0 and group(n // 10) or group(n // 10) .. "." .. rest
end

-- The whole number in [value] when it is one: an integer, or a float without a fraction (SQLite's
-- total() gives 647.0). nil for all else, NaN and the infinities with it.
function M.whole(value)
  return math.type(value) and math.tointeger(value) or nil
end

return M
