-- scripts/dateline/hedge.lua - what "almost", "more than" and their like may mean, in one table.
--
-- Three widths: what we write lies inside what a checker accepts, which lies inside what it lets
-- pass as a stretch. All comparisons are between exact fractions. A stated number is whole, or a
-- decimal given as text ("52.4"), or a fraction as a pair ({ 1, 3 }).
local fail = require "dateline.fail"
local number = require "dateline.number"

local M = {}

-- A number's step is the place of its last digit that is not 0 (600: 100; 52.4: a tenth), five
-- times that when the digit is 5 (650: 50). A width is the smaller of a share of the stated
-- number and a share of its step; each share is a numerator and a denominator.
--
-- side: where the value must lie, seen from the stated number. The stated number itself is outside
-- for "below" and "above" ("almost 600" is false at 600) and inside for "both". closed: a value at
-- the far end of the width still belongs to it.
local rules = {
  almost = {
    closed = true, side = "below", words = { "almost", "nearly", "close to" },
    accept = { of_stated = { 5, 100 }, of_step = { 1, 2 } },
    stretch = { of_stated = { 10, 100 }, of_step = { 1, 1 } },
    -- Written when the stated number is this many steps of the leading digit, or a multiple of
    -- them, and the value has come at least this near.
    write = { steps = 5, at_least = { 97, 100 } },
  },
  just_under = {
    closed = true, side = "below", words = { "just under" },
    accept = { of_stated = { 25, 1000 }, of_step = { 1, 4 } },
    stretch = { of_stated = { 5, 100 }, of_step = { 1, 2 } },
  },
  just_over = {
    side = "above", words = { "just over" },
    accept = { of_stated = { 25, 1000 }, of_step = { 1, 4 } },
    stretch = { of_stated = { 5, 100 }, of_step = { 1, 2 } },
  },
  more_than = {
    side = "above", words = { "more than", "over", "above", "topped", "passed" },
    accept = { of_stated = { 25, 100 }, of_step = { 1, 1 } },
    -- Any value above is true, but said weakly.
    stretch = "any",
    -- Below this a number is exact, not hedged; below [one_digit] one digit is kept, above two.
    write = { from = 100, one_digit = 1000 },
  },
  fewer_than = {
    side = "below", words = { "fewer than", "less than", "under", "below" },
    accept = { of_stated = { 25, 100 }, of_step = { 1, 1 } },
    stretch = "any",
  },
  about = {
    closed = true, side = "both", words = { "about", "around", "roughly", "approximately" },
    accept = { of_stated = { 5, 100 }, of_step = { 1, 2 } },
    stretch = { of_stated = { 10, 100 }, of_step = { 1, 1 } },
    -- Before an exact figure that is not round it turns a fact into a guess. Round: what stands
    -- before the noughts is below this.
    write = { round_below = 100 },
  },
  -- "Some 614 people" keeps a figure off a sentence's start: round as about, else exact.
  some = { side = "both", words = { "some" }, exact_unless_round = true, like = "about" },
  at_least = { side = "from", words = { "at least" }, accept = "any" },
  up_to = { side = "to", words = { "up to" }, accept = "any" },
  -- A figure with no hedge: a percentage or a rounded figure stands for what rounds to it...
  rounded = {
    side = "rounded", words = {},
    accept = { of_place = { 1, 2 } }, stretch = { of_place = { 1, 1 } },
  },
  -- ... and a full figure for itself; one off may be another edition of the data.
  exact = { closed = true, side = "both", words = {}, accept = { by = 0 }, stretch = { by = 1 } },
  -- Between two numbers: [stated] is the base. Never for equality.
  level = {
    closed = true, side = "level", words = { "almost exactly the same", "virtually level" },
    accept = { of_stated = { 5, 1000 } }, stretch = { of_stated = { 1, 100 } },
  },
  -- Ratios: "n times as many".
  times = {
    closed = true, side = "both", words = { "times" },
    accept = { of_stated = { 2, 100 } }, stretch = { of_stated = { 5, 100 } },
    write = { at_least = { 2, 1 } },
  },
  almost_times = {
    closed = true, side = "below", words = { "almost doubled", "almost times" },
    accept = { of_stated = { 5, 100 } },
    stretch = { of_stated = { 10, 100 } },
  },
  more_than_times = {
    side = "above", words = { "more than times" },
    accept = { of_stated = { 25, 100 }, by = 1 }, stretch = "any",
  },
  -- "a third", "half": on the fraction itself.
  fraction = {
    closed = true, side = "both", words = { "half", "a third", "a quarter", "a fifth" },
    accept = { of_stated = { 5, 100 } }, stretch = { of_stated = { 10, 100 } },
    write = { within = { 2, 100 } },
  },
}
M.rules = rules

-- Each word's rule: by_word["nearly"] is "almost".
local by_word = {}
for name, rule in pairs(rules) do
  by_word[name] = name
  for _, word in ipairs(rule.words) do
    by_word[word] = name
  end
end
M.by_word = by_word

-- A stated number as a fraction: 600 is 600, 1; "52.4" is 524, 10; a third, { 1, 3 }, is 1, 3.
local function read_stated(stated)
  local whole = number.whole(stated)
  if whole then
    return whole, 1
  elseif type(stated) == "table" then
    return stated[1], stated[2]
  end
  local digits, decimals = tostring(stated):gsub(",", ""):match "^(%d+)%.?(%d*)$"
  if not digits or #digits + #decimals > 18 then
    fail(("'%s' is no figure that a hedge can stand before"):format(tostring(stated)))
  end
  return math.tointeger(tonumber(digits .. decimals)), math.tointeger(10 ^ #decimals)
end

-- The place of the last digit that is not 0, and the step.
local function place_and_step(n)
  if n == 0 then
    return 1, 1
  end
  local place = 1
  while n % (place * 10) == 0 do
    place = place * 10
  end
  return place, n // place % 10 == 5 and place * 5 or place
end
M.place_and_step = place_and_step

-- Whether [distance]/[den] is less than (or, [closed], equal to) share * [of]/[base].
local function within(distance, den, share, of, base, closed)
  local left, right = distance * share[2] * base, of * share[1] * den
  return left < right or (closed and left == right)
end

-- Whether a value [distance]/([den] * [base]) away from the stated [s]/[base] lies in [width].
local function in_width(width, distance, den, s, base, closed)
  local place, step = place_and_step(s)
  -- [distance] is in units of 1/(den * base), all the widths in units of 1/base.
  return (not width.of_stated or within(distance, den, width.of_stated, s, 1, closed))
    and (not width.of_step or within(distance, den, width.of_step, step, 1, closed))
    and (not width.of_place or within(distance, den, width.of_place, place, 1, closed))
    and (not width.by or within(distance, den, { width.by, 1 }, base, 1, closed))
end

-- Which sides of the stated number are open to the value: sign is that of value - stated.
local sides = {
  below = function(sign) return sign < 0 end,
  above = function(sign) return sign > 0 end,
  both = function() return true end,
  from = function(sign) return sign >= 0 end,
  to = function(sign) return sign <= 0 end,
  level = function(sign) return sign ~= 0 end,
  rounded = function() return true end,
}

local function is_round(s)
  local place = place_and_step(s)
  return s // place < rules.about.write.round_below
end

local verdicts = { "accept", "stretch" }

-- "accept", "stretch" or "false" for a value [num]/[den] said as [hedge] [stated]. [hedge] is a
-- rule's name or one of its words.
function M.judge(hedge, stated, num, den)
  den = den or 1
  local name = by_word[hedge]
  if not name then
    fail(("no hedge is called '%s'"):format(tostring(hedge)), nil,
      "a word of phrase.rules(), such as \"almost\" or \"more than\"")
  end
  local rule = rules[name]
  local s, base = read_stated(stated)
  local difference = num * base - s * den
  local distance = math.abs(difference)
  if rule.like then
    rule = (is_round(s) and rules[rule.like]) or rules.exact
  end
  local sign = (difference > 0 and 1) or (difference < 0 and -1) or 0
  if not sides[rule.side](sign) then
    return "false"
  end
  -- Half up: the lower end of what rounds to a figure belongs to it, the upper does not.
  local closed = rule.closed or (rule.side == "rounded" and sign < 0)
  for _, verdict in ipairs(verdicts) do
    local width = rule[verdict]
    if width == "any" or (width and in_width(width, distance, den, s, base, closed)) then
      return verdict
    end
  end
  return "false"
end

local function accepts(hedge, stated, num, den)
  return M.judge(hedge, stated, num, den) == "accept"
end

-- The largest power of ten that is not above [n].
local function leading_place(n)
  local place = 1
  while n // place >= 10 do
    place = place * 10
  end
  return place
end

-- How a count is said first, before it is given exactly: the rule's name and the stated number,
-- "more_than", 600 for 647; nil and the number itself where it needs no hedge.
function M.lead(n)
  local write = rules.more_than.write
  if n < write.from then
    return nil, n
  end
  local place = leading_place(n)
  local unit = n < write.one_digit and place or place // 10
  local almost = rules.almost.write
  local goal = (n // (unit * almost.steps) + 1) * unit * almost.steps
  if n * almost.at_least[2] >= goal * almost.at_least[1] and accepts("almost", goal, n) then
    return "almost", goal
  end
  -- The roundest number below that does not leave too much unsaid: 100, 150, 190 for 199.
  for _, step in ipairs { unit, place // 2, place // 10 } do
    local stated = n // step * step
    if stated == n then
      return nil, n
    elseif accepts("more_than", stated, n) then
      return "more_than", stated
    end
  end
  return nil, n
end

-- The hedge for a value [num]/[den] that is written rounded as [stated]: "almost", "just_over", or
-- nil where it is exact or no word fits.
function M.beside(stated, num, den)
  local s, base = read_stated(stated)
  local difference = num * base - s * den
  if difference < 0 and accepts("almost", stated, num, den) then
    return "almost"
  elseif difference > 0 and accepts("just_over", stated, num, den) then
    return "just_over"
  end
end

-- Whether a hedge may stand before an exact count: never "about 3,299".
function M.may_precede(hedge, n)
  local name = by_word[hedge]
  return name ~= "about" or is_round(n)
end

local function copy(value)
  if type(value) ~= "table" then
    return value
  end
  local result = {}
  for k, v in pairs(value) do
    result[k] = copy(v)
  end
  return result
end

-- The table of thresholds, as a copy that may be changed.
function M.copy_rules()
  return copy(rules)
end

return M
