-- scripts/dateline/count.lua - phrases of one number: counts, leads, percentages, averages, shares.
--
-- Each function takes the style first and gives a phrase and its claim, or nil and a reason.
local fail = require "dateline.fail"
local hedge = require "dateline.hedge"
local noun = require "dateline.noun"
local number = require "dateline.number"
local piece = require "dateline.piece"
local reason = require "dateline.reason"

local find, type = string.find, type
local none, claim, new = reason.none, piece.claim, piece.new

local M = {}

-- The noun to print after a number of [unit], or nil: the options' own, or the unit unless it is
-- a kind of figure rather than a thing.
local no_noun = { [""] = true, percent = true, rank = true }

local function noun_of(options, unit)
  if type(options) == "string" then
    return options
  elseif type(options) == "table" then
    if options.bare then
      return nil
    elseif options.noun then
      return options.noun
    end
  end
  return unit and not no_noun[unit] and not find(unit, "/", 1, true) and unit or nil
end

-- " people" after [n], or nil; and the noun in the singular.
local function noun_after(options, unit, n)
  local thing = noun_of(options, unit)
  if thing then
    return " " .. noun.agreeing(thing, n), thing
  end
end
M.noun_after = noun_after

-- A run that shows the whole number [n] of [fact] (or of no fact) in the style's words or figures.
local function figure_run(style, n, fact)
  return { text = number.figure(style, n), fact = fact, n = n }
end
M.figure_run = figure_run

-- The digits of a fraction rounded to [decimals]: by the host's one function where it is a fact.
local function digits(num, den, fact, decimals)
  if fact then
    return (fact:format(decimals):gsub("^%-", ""))
  elseif decimals == 0 then
    return number.group(number.round(num, den))
  end
  return number.tenths(number.round_tenths(num, den))
end

-- "647 people", "one boat", "no boats". The options are a noun, or { noun =, bare = true }; with
-- bare the figure stands alone ("none" for 0).
function M.count(style, value, options)
  if value == nil then
    return none(type(options) == "string" and options or nil)
  end
  local n, fact, unit = piece.count(value)
  if not n then
    return none(fact)
  end
  local after, thing = noun_after(options, unit, n)
  local run
  if n == 0 then
    run = { text = thing and "no" or "none", fact = fact }
  else
    run = figure_run(style, n, fact)
  end
  return new({ run, after }, claim {
    stated = number.group(n), unit = unit or thing or "", actual = fact or n,
    facts = piece.facts(fact),
  })
end

-- How a count is said first: "more than 600 people", "almost 500 people"; small and round ones as
-- they are.
function M.approx(style, value, options)
  if value == nil then
    return none(type(options) == "string" and options or nil)
  end
  local n, fact, unit = piece.count(value)
  if not n then
    return none(fact)
  end
  local name, stated = hedge.lead(n)
  if not name then
    return M.count(style, value, options)
  end
  local word = hedge.rules[name].words[1]
  local after, thing = noun_after(options, unit, stated)
  local run = figure_run(style, stated, fact)
  return new({ word .. " ", run, after }, claim {
    stated = run.text, hedge = word, unit = unit or thing or "", actual = fact or n,
    facts = piece.facts(fact),
  })
end

-- The runs of a percentage [num]/[den] >= 0, which [fact] is (or its negative), and its claim. With
-- [hedged] it says which side of the rounded figure the value lies.
function M.percent_runs(style, num, den, fact, hedged, facts)
  local tenths = number.round_tenths(num, den)
  local text, stated, word, whole
  if tenths == 0 and num > 0 then
    word, text, stated = "less than", "0.1", "0.1"
  elseif tenths < 10 and tenths > 0 then
    text = digits(num, den, fact, 1)
    stated = text
  else
    whole = number.round(num, den)
    text = style.percent_spelled and number.figure(style, whole) or digits(num, den, fact, 0)
    stated = number.group(whole)
    local name = hedged and hedge.beside(whole, num, den)
    word = name and hedge.rules[name].words[1]
  end
  local run = { text = text, fact = fact, n = whole, percent = true }
  local runs = word and { word .. " ", run, style.percent } or { run, style.percent }
  return runs, claim {
    stated = stated, hedge = word, unit = "percent", actual = fact or { num = num, den = den },
    facts = facts or piece.facts(fact),
  }
end

-- "eight per cent": of a percentage, or of a part and its whole. { hedge = true } gives "almost
-- eight per cent" where that is so.
function M.percent(style, part, whole, options)
  local num, den, fact, unit = piece.exact(part)
  if not num then
    return none(den or (type(whole) == "string" and whole) or nil)
  end
  local facts
  if unit == "percent" then
    options = whole
  else
    local over, under, whole_fact, whole_unit = piece.exact(whole)
    if not over then
      return none(under or "no whole to take a percentage of")
    elseif unit and whole_unit and unit ~= whole_unit then
      fail(("%s are no part of %s"):format(noun.plural(unit), noun.plural(whole_unit)))
    elseif over <= 0 then
      return none "zero denominator"
    end
    facts = piece.facts(fact, whole_fact)
    fact = (fact or whole_fact) and part * 100 / whole
    if fact then
      num, den = fact.num, fact.den
    else
      num, den = num * 100 * under, den * over
    end
  end
  if num < 0 then
    return none "a percentage below nothing: which way it goes is for change() to say"
  end
  return new(M.percent_runs(style, num, den, fact, type(options) == "table" and options.hedge,
    facts))
end

-- "five percentage points higher": between two percentages, never a percentage of one.
function M.points(style, now, was)
  local now_num, now_den, now_fact = piece.exact(now)
  local was_num, was_den, was_fact = piece.exact(was)
  if not now_num then
    return none(now_den or "no figure to compare")
  elseif not was_num then
    return none(was_den or "no base")
  end
  local num, den = now_num * was_den - was_num * now_den, now_den * was_den
  local fact = (now_fact or was_fact) and now - was
  local facts = piece.facts(now_fact, was_fact)
  local way = num > 0 and " higher" or " lower"
  num = num < 0 and -num or num
  local tenths = number.round_tenths(num, den)
  local said = { unit = "percentage point", actual = fact or { num = num, den = den },
    facts = facts }
  if tenths == 0 then
    said.stated = "0"
    return new({ num == 0 and "unchanged" or hedge.rules.level.words[1] }, claim(said))
  elseif tenths < 10 then
    said.stated = digits(num, den, fact, 1)
    return new({ { text = said.stated, fact = fact }, " percentage points" .. way }, claim(said))
  end
  local whole = number.round(num, den)
  said.stated = number.group(whole)
  local points = whole == 1 and " percentage point" or " percentage points"
  return new({ figure_run(style, whole, fact), points .. way }, claim(said))
end

-- "the 45th death reported by French coastguards so far this year", "the third", "11th": with a
-- noun (or a fact's unit) it has its article. Options: { source =, period = }.
function M.nth(style, value, thing, options)
  if value == nil then
    return none(type(thing) == "string" and thing or nil)
  end
  if type(thing) == "table" then
    thing, options = nil, thing
  end
  options = options or {}
  local n, fact, unit = piece.count(value)
  if not n then
    return none(fact)
  elseif n == 0 then
    return none "nothing has been counted: there is no first"
  end
  thing = noun_of(thing, unit)
  local run = { text = number.ordinal(style, n), fact = fact, ordinal = true }
  local tail = thing and " " .. thing or ""
  if options.source then
    tail = tail .. " reported by " .. options.source
  end
  if options.source or options.period then
    tail = tail .. " " .. (options.period or "so far this year")
  end
  return new(tail == "" and { run } or { "the ", run, tail }, claim {
    stated = run.text, unit = unit or thing or "", actual = fact or n, facts = piece.facts(fact),
  })
end

-- "an average of 65 people per boat": of a ratio, or of two counts and, for plain numbers, the
-- names of what they count. Whole where that is near enough, else with one decimal.
function M.per(style, over, under, over_noun, under_noun)
  local num, den, fact, unit = piece.exact(over)
  if not num then
    return none(den or (type(under) == "string" and under) or nil)
  end
  local facts = piece.facts(fact)
  if not (unit and unit:find("/", 1, true)) then
    local below, below_den, below_fact, below_unit = piece.exact(under)
    if not below then
      return none(below_den or "nothing to divide by")
    elseif below <= 0 then
      return none "zero denominator"
    end
    over_noun, under_noun = over_noun or unit, under_noun or below_unit
    facts = piece.facts(fact, below_fact)
    fact = (fact or below_fact) and over / under
    if fact then
      num, den = fact.num, fact.den
    else
      num, den = num * below_den, den * below
    end
  else
    over_noun, under_noun = unit:match "^(.-)/(.*)$"
  end
  if not (over_noun and under_noun) then
    return none "an average needs to know what it counts"
  end
  local whole = number.round(num, den)
  local run
  if whole > 0 and hedge.judge("rounded", whole, num, den) == "accept"
    and hedge.judge("about", whole, num, den) == "accept" then
    run = figure_run(style, whole, fact)
  else
    run = { text = digits(num, den, fact, 1), fact = fact }
    whole = run.text == "1" and 1 or 2
  end
  local tail = (" %s per %s"):format(noun.agreeing(over_noun, whole), under_noun)
  return new({ "an average of ", run, tail }, claim {
    stated = run.text, unit = over_noun .. "/" .. under_noun,
    actual = fact or { num = num, den = den }, facts = facts,
  })
end

return M
