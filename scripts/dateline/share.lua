-- scripts/dateline/share.lua - parts of a whole: "almost half", "about one in 600"; two counts side
-- by side; a hedge of the author's choice.
local count = require "dateline.count"
local hedge = require "dateline.hedge"
local number = require "dateline.number"
local piece = require "dateline.piece"
local reason = require "dateline.reason"

local type = type
local none, claim, new = reason.none, piece.claim, piece.new

local M = {}

-- Ascending: the fractions that have a word of their own.
local fractions = {
  { 1, 5, "a fifth" }, { 1, 4, "a quarter" }, { 1, 3, "a third" }, { 1, 2, "half" },
  { 2, 3, "two-thirds" }, { 3, 4, "three-quarters" },
}

-- The hedge and the words for num/den between 0 and 1, or nil where no fraction is near.
local function fraction_of(num, den)
  local below
  for _, fraction in ipairs(fractions) do
    local difference = num * fraction[2] - den * fraction[1]
    if difference == 0 then
      return nil, fraction[3]
    elseif hedge.judge("almost_times", fraction, num, den) == "accept" then
      return "almost", fraction[3]
    elseif difference > 0 then
      below = fraction
    end
  end
  if below and hedge.judge("more_than_times", below, num, den) == "accept" then
    return "more than", below[3]
  end
end

-- The roundest N of "one in N" that is true enough for a ratio num/den, and whether it is exact.
local function one_in(num, den)
  local whole = number.round(num, den)
  if den == 1 and whole < 100 then
    return whole, true
  end
  local place = 1
  while whole // place >= 10 do
    place = place * 10
  end
  for _, step in ipairs { place, place // 10 } do
    local stated = step > 0 and number.round(num, den * step) * step or whole
    if hedge.judge("about", stated, num, den) == "accept" then
      return stated, false
    end
  end
  return whole, false
end

-- "almost half", "more than a third", "about one in 600", "17 per cent"; "none" and "all".
function M.share(style, part, whole)
  local num, den, fact = piece.exact(part)
  local over, under, whole_fact = piece.exact(whole)
  if not (num and over) then
    return none(num and under or den or "a share needs a part and its whole")
  elseif over <= 0 then
    return none "zero denominator"
  elseif num < 0 or num * under > over * den then
    return none "a part is not below nothing or above its whole"
  end
  local facts = piece.facts(fact, whole_fact)
  num, den = num * under, den * over
  local ratio = (fact or whole_fact) and part / whole
  if ratio then
    num, den = ratio.num, ratio.den
  end
  local said = { unit = "share", actual = ratio or { num = num, den = den }, facts = facts }
  if num == 0 or num == den then
    said.stated = num == 0 and "0" or "1"
    return new({ { text = num == 0 and "none" or "all", fact = ratio } }, claim(said))
  end
  local word, words = fraction_of(num, den)
  if words then
    said.stated, said.hedge = words, word
    local run = { text = words, fact = ratio }
    return new(word and { word .. " ", run } or { run }, claim(said))
  elseif num * 10 <= den then
    local stated, exact = one_in(den, num)
    said.stated, said.hedge = number.group(stated), not exact and "about" or nil
    local run = count.figure_run(style, stated, ratio and whole / part)
    return new({ exact and "one in " or "about one in ", run }, claim(said))
  end
  return count.percent(style, part, whole)
end

-- A verb that agrees with a count: "was" for one where the plural is "were".
local singular = { were = "was", have = "has", are = "is" }

local function agreeing(verb, n)
  if n ~= 1 then
    return verb
  end
  return (verb:gsub("^%a+", singular))
end

-- "613 people arrived while 528 were prevented". The verbs are in the plural.
function M.contrast(style, a, a_verb, b, b_verb)
  local first, first_claim = count.count(style, a)
  if not first then
    return nil, first_claim
  end
  local second, second_claim = count.count(style, b, { bare = true })
  if not second then
    return nil, second_claim
  end
  local a_count, b_count = piece.count(a), piece.count(b)
  local runs = table.move(first.runs, 1, #first.runs, 1, {})
  -- "while" sets one number against another; beside none there is nothing to set.
  local link = b_count == 0 and " and " or " while "
  runs[#runs + 1] = " " .. agreeing(a_verb, a_count) .. link
  runs[#runs + 1] = second.runs[1]
  runs[#runs + 1] = " " .. agreeing(b_verb, b_count)
  return new(runs, piece.both(first_claim, second_claim))
end

-- A hedge of the author's own: hedge("about", ratio), hedge("more than", people, { stated = 600 }).
-- Refused where it would not be true, or would blur an exact figure.
function M.hedge(style, word, value, options)
  local num, den, fact, unit = piece.exact(value)
  if not num then
    return none(den or (type(options) == "string" and options) or nil)
  end
  options = type(options) == "table" and options or {}
  local stated = options.stated or number.round(num, den)
  if not options.stated and den == 1 and not hedge.may_precede(word, stated) then
    return none "hedge before an exact non-round number"
  elseif hedge.judge(word, stated, num, den) ~= "accept" then
    return none(("%s is not %s %s"):format(
      fact and fact.text or number.tenths(number.round_tenths(num, den)), word,
      number.group(stated)))
  end
  local run = count.figure_run(style, stated, fact)
  local after = count.noun_after(options, unit, stated)
  return new({ word .. " ", run, after }, claim {
    stated = run.text, hedge = word, unit = unit or "", actual = fact or { num = num, den = den },
    facts = piece.facts(fact),
  })
end

return M
