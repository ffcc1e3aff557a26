-- scripts/dateline/phrase.lua - the phrase set: numbers and dates in the words of a house style.
--
-- Every function gives a phrase (text, claim, runs; tostring gives the text, ".." joins) and its
-- claim; or nil and the reason when it must not speak. A nil where a figure was expected is passed
-- on with its reason: phrase.count(nil, reason) is nil, reason. The set itself is in the run's
-- style; phrase.style "pa" is another.
local compare = require "dateline.compare"
local count = require "dateline.count"
local data = require "dateline.data"
local fail = require "dateline.fail"
local hedge = require "dateline.hedge"
local notable = require "dateline.notable"
local number = require "dateline.number"
local piece = require "dateline.piece"
local reason = require "dateline.reason"
local share = require "dateline.share"
local styles = require "dateline.style"
local suggest = require "dateline.suggest"
local template = require "dateline.template"
local when = require "dateline.when"

-- Functions of one style: each takes the style first.
local makers = {
  count = count.count,
  approx = count.approx,
  percent = count.percent,
  points = count.points,
  nth = count.nth,
  per = count.per,
  share = share.share,
  contrast = share.contrast,
  hedge = share.hedge,
  change = compare.change,
  versus = compare.versus,
  milestone = notable.milestone,
  rank = notable.rank,
  highest_since = notable.highest_since,
  record = notable.record,
  streak = notable.streak,
  date = when.date,
  weekday = when.weekday,
  month = when.month,
  year = when.year,
  same_point = when.same_point,
}

-- What is meant as it stands: its digits are no figure from data ("Article 50", "4x4").
function makers.literal(_, text)
  if text == nil or text == "" then
    return reason.none "there is no text"
  end
  return piece.new { { text = tostring(text), literal = true } }
end

-- The verb that agrees with a count: verb(boats, "was", "were"). None takes the plural.
function makers.verb(_, value, singular, plural)
  local n, why = piece.count(value)
  if not n then
    return reason.none(why)
  end
  return n == 1 and singular or plural
end

-- "1,305, 882 and 647 people": phrases and texts with commas and an "and"; nil ones are left out.
function makers.list(_, items)
  local kept, last = {}, 0
  for i in pairs(items) do
    last = math.type(i) == "integer" and i > last and i or last
  end
  for i = 1, last do
    -- A phrase function's claim, which ends up here behind the last phrase, is no item.
    if items[i] and piece.kind_of(items[i]) ~= "claim" then
      kept[#kept + 1] = items[i]
    end
  end
  if #kept == 0 then
    return reason.none "an empty list"
  end
  local joined = piece.new {} .. kept[1]
  for i = 2, #kept do
    joined = joined .. (i == #kept and " and " or ", ") .. kept[i]
  end
  return joined, joined.claim
end

-- An event's words: "since Labour came to power". They are an editor's, digits and all.
function makers.event(_, name)
  local event = data.event(name)
  return piece.new { { text = event.label, literal = true } }
end

-- A sentence: sentence { phrase, "made the journey" } gives "Some 614 people made the journey."
function makers.sentence(style, parts)
  local values, marks = {}, {}
  for i, part in ipairs(parts) do
    if piece.kind_of(part) ~= "claim" then
      values["part" .. i] = part
      marks[#marks + 1] = "{part" .. i .. "}"
    end
  end
  return template.phrase(style, table.concat(marks, " ") .. ".", values)
end

-- Functions that are of no style.
local plain = {
  -- The thresholds of every hedge, as a copy.
  rules = hedge.copy_rules,
  -- "accept", "stretch" or "false": whether a value, num or num/den, may be said so.
  hedge_ok = hedge.judge,
  -- "forty-four"; nil for what has no words.
  words = number.words,
}

local names = { "style" }
for _, functions in ipairs { makers, plain } do
  for name in pairs(functions) do
    names[#names + 1] = name
  end
end
table.sort(names)

local function unknown(_, name)
  fail(("phrase has no function '%s'"):format(tostring(name)), suggest.hint(name, names))
end

local function read_only()
  fail "the phrase set is read-only"
end

-- The functions as scripts see them: by name, in order of name, never changed.
local function view_of(functions)
  local function each()
    local i = 0
    return function()
      i = i + 1
      local name = names[i]
      if name then
        return name, functions[name]
      end
    end
  end
  setmetatable(functions, { __index = unknown })
  return setmetatable({}, {
    __index = functions, __newindex = read_only, __pairs = each, __metatable = false,
  })
end

local sets = {}

-- The set of a style; of no style, the run's own set, which looks it up each time: a report may
-- choose its style after it has required the set.
local function style_set(style)
  local key = style and style.name or "the run's"
  if sets[key] then
    return sets[key]
  end
  local functions = {}
  for name, make in pairs(makers) do
    functions[name] = style and function(...)
      return make(style, ...)
    end or function(...)
      return make(styles.current(), ...)
    end
  end
  for name, fn in pairs(plain) do
    functions[name] = fn
  end
  -- The phrases of another house style.
  functions.style = function(name)
    return style_set(styles.named(name))
  end
  sets[key] = view_of(functions)
  return sets[key]
end

return style_set(nil)
