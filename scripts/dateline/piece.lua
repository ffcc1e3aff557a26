-- scripts/dateline/piece.lua - the phrase object: text made of runs, and the claim it makes.
--
-- A run is plain text, or a table { text =, fact =, date =, literal =, url = } as the document
-- takes it. More fields are for the sentence pass alone: n, the whole number that text shows;
-- percent, ordinal and year, what kind of figure it is.
local fail = require "dateline.fail"
local number = require "dateline.number"

local getmetatable, setmetatable, type = getmetatable, setmetatable, type
local concat = table.concat

local M = {}

-- What a value is: "fact", "date", "measure", "phrase", "claim", or Lua's own type. The host's
-- objects and ours name themselves in a protected metatable.
local kinds = {
  ["dateline.Fact"] = "fact",
  ["dateline.Date"] = "date",
  ["dateline.Measure"] = "measure",
  ["dateline.Phrase"] = "phrase",
  ["dateline.Claim"] = "claim",
}

local function kind_of(value)
  local base = type(value)
  if base ~= "userdata" and base ~= "table" then
    return base
  end
  local name = getmetatable(value)
  if type(name) == "table" then
    name = name.__name
  end
  return kinds[name] or base
end
M.kind_of = kind_of

local function run_text(run)
  return type(run) == "string" and run or run.text
end

local Phrase = { __name = "dateline.Phrase", __metatable = "dateline.Phrase" }

-- The text is put together when somebody asks: most phrases go into a template, run by run.
function Phrase:__index(key)
  if key == "text" then
    local texts = {}
    for i, run in ipairs(self.runs) do
      texts[i] = run_text(run)
    end
    self.text = concat(texts)
    return self.text
  end
end

function Phrase:__tostring()
  return self.text
end

function Phrase:__len()
  return #self.text
end

local Claim = { __name = "dateline.Claim", __metatable = "dateline.Claim" }

-- A claim: what is stated ("600"), with which hedge, of what unit, about which exact number or
-- fact. It rests on [facts].
local function claim(fields)
  return setmetatable(fields, Claim)
end
M.claim = claim

-- The phrase of [runs], and its claim as second value.
local function new(runs, its_claim)
  its_claim = its_claim or claim { facts = {} }
  return setmetatable({ runs = runs, claim = its_claim }, Phrase), its_claim
end
M.new = new

-- The runs of a value that stands beside a phrase.
local function runs_of(value)
  local kind = kind_of(value)
  if kind == "phrase" then
    return value.runs
  elseif kind == "string" then
    return { value }
  elseif kind == "fact" then
    return { { text = value.text, fact = value } }
  elseif kind == "date" then
    return { { text = value.iso, date = value } }
  elseif math.type(value) == "integer" then
    return { number.group(value) }
  end
  fail("a phrase cannot be joined with a " .. kind)
end

function Phrase.__concat(a, b)
  local runs = {}
  for _, side in ipairs { runs_of(a), runs_of(b) } do
    table.move(side, 1, #side, #runs + 1, runs)
  end
  return (new(runs, M.both(kind_of(a) == "phrase" and a.claim, kind_of(b) == "phrase" and b.claim)))
end

-- Two claims as one: the first, with the other among those it also makes.
function M.both(a, b)
  if not (a and b) then
    return a or b or nil
  end
  local facts = table.move(a.facts, 1, #a.facts, 1, {})
  table.move(b.facts, 1, #b.facts, #facts + 1, facts)
  local also = table.move(a.also or {}, 1, #(a.also or {}), 1, {})
  also[#also + 1] = b
  return claim {
    stated = a.stated, hedge = a.hedge, unit = a.unit, actual = a.actual, facts = facts,
    also = also,
  }
end

-- An exact number as a fraction: num, den, the fact (or nil), its unit. A value that is no number
-- at all is a mistake in the script; nil and what is no exact number give nothing, and why.
function M.exact(value)
  local kind = kind_of(value)
  if kind == "fact" then
    if value.kind ~= "number" then
      fail("a number was expected, but " .. value.expression .. " is a date")
    end
    return value.num, value.den, value, value.unit
  elseif kind == "number" then
    local whole = number.whole(value)
    if whole then
      return whole, 1
    end
    return nil, value ~= value and "not a number" or ("%s is no exact number"):format(value)
  elseif value == nil then
    return nil, nil
  end
  fail("a number or a fact was expected, not a " .. kind,
    kind == "measure" and "ask it for a figure: c.people:on(date)" or nil)
end

-- A whole count, never negative: n, the fact (or nil), its unit; or nil and why not.
function M.count(value)
  local num, den, fact, unit = M.exact(value)
  if not num then
    return nil, den
  elseif den ~= 1 then
    return nil, ("a count is whole, %s is not"):format(fact and fact.text or value)
  elseif num < 0 then
    return nil, ("a count is not negative: %d"):format(num)
  end
  return num, fact, unit
end

-- The list of facts a claim rests on.
function M.facts(...)
  local facts = {}
  for i = 1, select("#", ...) do
    local fact = select(i, ...)
    if fact then
      facts[#facts + 1] = fact
    end
  end
  return facts
end

return M
