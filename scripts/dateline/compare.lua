-- scripts/dateline/compare.lua - one number against another: change(), and versus() for a sentence.
--
-- A ladder of forms, from what must not be said as a percentage to what may: equal numbers, a base
-- of none, a base too small, multiples, and only then per cent. A form is made once; change()
-- prints it alone, versus() with the label of its base.
local count = require "dateline.count"
local fail = require "dateline.fail"
local hedge = require "dateline.hedge"
local number = require "dateline.number"
local piece = require "dateline.piece"
local reason = require "dateline.reason"

local find, match, sub, type = string.find, string.match, string.sub, type
local none, claim, new = reason.none, piece.claim, piece.new

local M = {}

-- A base below this makes percentages and multiples that sound like news and are noise.
local small_base = 20
local half = { 1, 2 }

-- What every comparison starts from, or nil and why there is none.
local function read(now, was)
  local now_num, now_den, now_fact, now_unit = piece.exact(now)
  local was_num, was_den, was_fact, was_unit = piece.exact(was)
  if not now_num then
    return nil, now_den or "no figure to compare"
  elseif not was_num then
    return nil, was_den or "no base"
  elseif now_unit and was_unit and now_unit ~= was_unit then
    fail(("%s cannot be compared with %s"):format(now_unit, was_unit))
  elseif now_num < 0 or was_num < 0 then
    return nil, "negative count"
  elseif now_den ~= 1 or was_den ~= 1 then
    return nil, "only counts are compared; of percentages, points() tells"
  end
  return {
    now = now_num, was = was_num, now_fact = now_fact, was_fact = was_fact,
    facts = piece.facts(now_fact, was_fact),
    sign = now_num > was_num and 1 or now_num < was_num and -1 or 0,
  }
end

-- What a form fills in. runs: the words before the base's label; joiner: what leads to the label;
-- alone: the words where there is no label. A form that names its base starts with its way of
-- saying so (way; says_way: runs have it), and repeats are its words as a second limb behind the
-- same way.
local function form(c, stated, hedge_word, unit, fact)
  c.claim = claim {
    stated = stated, hedge = hedge_word, unit = unit, facts = c.facts,
    actual = fact or { num = c.now, den = c.was },
  }
  return c
end

local function ratio_of(c)
  return c.now_fact and c.was_fact and c.now_fact / c.was_fact or nil
end

-- Runs that begin with a hedge, if there is one.
local function led(word, ...)
  if word then
    return { word .. " ", ... }
  end
  return { ... }
end

local function bare(style, n, fact)
  return count.count(style, fact or n, { bare = true }).runs[1]
end

local function equal(style, c)
  if c.now ~= c.was then
    return nil
  elseif c.now == 0 then
    c.alone, c.runs, c.joiner = { "none, as before" }, { "as" }, "at"
    c.way, c.repeats = "compared with ", { bare(style, c.was, c.was_fact) }
  else
    c.alone, c.runs, c.joiner = { "unchanged" }, { "unchanged" }, "from"
  end
  return form(c, "0", nil, "change")
end

-- "44, compared with none", "none, compared with 44".
local function beside_none(style, c)
  if c.now ~= 0 and c.was ~= 0 then
    return nil
  end
  local base = bare(style, c.was, c.was_fact)
  c.way, c.repeats = "compared with ", { base }
  c.alone = { bare(style, c.now, c.now_fact), ", " .. c.way, base }
  c.runs, c.joiner, c.says_way = { c.way, base }, "at", true
  return form(c, number.group(c.now), nil, "count", c.now_fact)
end

-- "five, up from two".
local function beside_few(style, c)
  if c.was >= small_base then
    return nil
  end
  local base = count.figure_run(style, c.was, c.was_fact)
  c.way, c.repeats = c.sign > 0 and "up from " or "down from ", { "from ", base }
  c.alone = { count.figure_run(style, c.now, c.now_fact), ", " .. c.way, base }
  c.runs, c.joiner, c.says_way = { c.way, base }, "at", true
  return form(c, number.group(c.now), nil, "count", c.now_fact)
end

-- The hedge ("almost", "more than" or nil) and the multiple, a whole number or text, that now / was
-- is said as; nil where a percentage says it better.
local function multiple_of(now, was)
  if now < was then
    return nil, nil
  end
  local below = now // was
  if below >= 2 and hedge.judge("times", below, now, was) == "accept" then
    return nil, below
  elseif hedge.judge("almost_times", below + 1, now, was) == "accept" then
    return "almost", below + 1
  elseif below < 2 then
    return nil, nil
  elseif hedge.judge("more_than_times", below, now, was) == "accept" then
    return "more than", below
  elseif below == 2 then
    local bare_half = hedge.judge("times", "2.5", now, was) == "accept"
    return not bare_half and "more than" or nil, "two and a half"
  end
  return nil, number.tenths(number.round_tenths(now, was))
end

-- "double", "five times as many", "more than three times as many", "3.8 times as many".
local function multiple(style, c)
  local word, n = multiple_of(c.now, c.was)
  if not n then
    return nil
  end
  local whole = math.type(n)
  local run = { text = whole and number.figure(style, n) or n, fact = ratio_of(c) }
  if n == 2 then
    run.text = "double"
    c.alone, c.runs, c.joiner = led(word, run), led(word, run, " the number"), "at"
  else
    run.n = whole and n or nil
    c.runs, c.joiner = led(word, run, " times as many"), "as"
  end
  return form(c, whole and number.group(n) or n, word, "times", run.fact)
end

-- "half as many", "less than half".
local function halved(_, c)
  local exact = c.now * 2 == c.was
  if not exact and hedge.judge("fewer_than", half, c.now, c.was) ~= "accept" then
    return nil
  end
  local run = { text = "half", fact = ratio_of(c) }
  local word = not exact and "less than" or nil
  c.alone = exact and { run, " as many" } or led(word, run)
  c.runs, c.joiner = led(word, run, " the number"), "at"
  return form(c, "half", word, "share", run.fact)
end

local function level(_, c)
  if number.round_tenths((c.now - c.was) * 100, c.was) ~= 0 then
    return nil
  end
  local words = hedge.rules.level.words[1]
  c.runs, c.joiner = { words }, "as"
  return form(c, "0", words, "change", ratio_of(c))
end

-- "almost eight per cent higher than"; as a second limb "25 per cent down on".
local function percentage(style, c, hedged)
  local fact = c.now_fact and c.was_fact and c.now_fact:change(c.was_fact) or nil
  local difference = c.now > c.was and c.now - c.was or c.was - c.now
  local runs, its_claim = count.percent_runs(style, difference * 100, c.was, fact, hedged, c.facts)
  c.claim = its_claim
  c.limb, c.limb_joiner = table.move(runs, 1, #runs, 1, {}), "on"
  c.limb[#c.limb + 1] = c.sign > 0 and " up" or " down"
  -- Below one per cent "higher" would be too much said.
  local little = number.round_tenths(difference * 100, c.was) < 10
  runs[#runs + 1] = c.sign > 0 and (little and " more" or " higher")
    or (little and " fewer" or " lower")
  c.runs, c.joiner = runs, "than"
  return c
end

local ladder = { equal, beside_none, beside_few, multiple, halved, level, percentage }

local function compare(style, now, was, hedged)
  local c, why = read(now, was)
  if not c then
    return nil, why
  end
  for _, rung in ipairs(ladder) do
    if rung(style, c, hedged) then
      return c
    end
  end
end

-- What has changed, alone: "almost eight per cent higher", "44, compared with none", "unchanged".
-- { hedge = true } says on which side of the rounded per cent it lies.
function M.change(style, now, was, options)
  local c, why = compare(style, now, was, type(options) == "table" and options.hedge)
  if not c then
    -- change(now, people:same_point(...)): the reason for a base that is nil comes as the options.
    return none(was == nil and type(options) == "string" and options or why)
  end
  return new(c.alone or c.runs, c.claim)
end

-- What stands between the words of a comparison and its base's label.
local joiners = { than = " than ", as = " as ", at = " ", on = " on ", from = " from " }

-- A label has its preposition after "than", "as" and alone ("than at the same point last year",
-- "than in 2024") and none after "on" and "from" ("on the same point last year", "on 2024").
local function add_label(runs, label, joiner)
  runs[#runs + 1] = joiners[joiner]
  local parts = piece.kind_of(label) == "phrase" and label.runs or { label }
  local first = type(parts[1]) == "string" and parts[1] or ""
  local from = 1
  if joiner == "on" or joiner == "from" then
    if find(first, "^[aio][tn] ") then
      runs[#runs + 1] = sub(first, 4)
      from = 2
    end
  elseif match(tostring(label), "^%d%d%d%d$") or (joiner == "at" and not find(first, "^[aio][tn] "))
  then
    runs[#runs + 1] = "in "
  end
  for i = from, #parts do
    local part = parts[i]
    -- An author's year is meant as it stands.
    runs[#runs + 1] = part == label and find(part, "%d") and { text = part, literal = true } or part
  end
end

local function add_base(runs, c)
  runs[#runs + 1] = " ("
  runs[#runs + 1] = { text = number.group(c.was), fact = c.was_fact, n = c.was }
  runs[#runs + 1] = ")"
end

-- How a limb begins beside an earlier one: what that has said already is left out.
local function words_beside(c, earlier)
  if earlier.says_way and c.way == earlier.way then
    return c.repeats, c.joiner
  elseif c.limb then
    return c.limb, c.limb_joiner
  end
  return c.runs, c.joiner
end

local function add_limb(runs, c, limb, earlier, bases)
  local words, joiner = c.runs, c.joiner
  if earlier then
    runs[#runs + 1] = earlier.sign == c.sign and " and " or " but "
    words, joiner = words_beside(c, earlier)
  end
  table.move(words, 1, #words, #runs + 1, runs)
  add_label(runs, limb.label, joiner)
  if (limb.base or (bases and limb.base ~= false)) and not c.says_way and c.was > 0 then
    add_base(runs, c)
  end
  if limb.after then
    runs[#runs + 1] = limb.after
  end
end

local limbs_max = 8

-- versus { now =, { was =, label =, hedge =, base =, after = }, ..., bases = true }: one number
-- against several, joined by "and" where they point the same way and by "but" where they do not.
-- With base (or bases, for all) the base is given in brackets. A limb without a base is left out.
function M.versus(style, spec)
  if type(spec) ~= "table" then
    fail("versus takes a table", nil, "{ now = ..., { was = ..., label = ... }, ... }")
  elseif spec.now == nil then
    return none "no figure to compare"
  end
  local runs, its_claim, earlier, why = {}, nil, nil, nil
  for i = 1, limbs_max do
    local limb = spec[i]
    if limb then
      if not limb.label then
        fail(("limb %d of versus has no label"):format(i))
      end
      local c, refusal = compare(style, spec.now, limb.was, limb.hedge)
      if c then
        add_limb(runs, c, limb, earlier, spec.bases)
        its_claim, earlier = piece.both(its_claim, c.claim), c
      else
        why = refusal
      end
    end
  end
  if not earlier then
    return none(why or "nothing to compare with")
  end
  return new(runs, its_claim)
end

return M
