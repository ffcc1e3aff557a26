-- scripts/dateline/template.lua - an author's sentence with values in it: "{people} made the
-- crossing in {boats}, {milestone?}."
--
-- {name} takes a value. {name?} drops its clause when there is none. {{ and }} are braces. The text
-- around them is the author's inline Markdown; a value is data and never markup.
--
-- A clause runs from the clause mark before it to the next clause mark or the sentence's end. Marks
-- are a comma, semicolon or colon before a space, a dash, and the conjunction that joins (and, but,
-- or, while), with the comma before it if there is one. A dropped clause takes the mark before it
-- with it; a sentence's first clause takes the mark behind it, and what follows starts the
-- sentence.
-- Round brackets hold clauses of their own and vanish, with the space before them, when all are
-- dropped. A sentence whose only clause is dropped vanishes whole, and so does a paragraph.
local count = require "dateline.count"
local fail = require "dateline.fail"
local number = require "dateline.number"
local parse = require "dateline.template_parse"
local piece = require "dateline.piece"
local reason = require "dateline.reason"
local sentence = require "dateline.sentence"
local suggest = require "dateline.suggest"
local when = require "dateline.when"

local byte, find, lower, sub = string.byte, string.find, string.lower, string.sub
local concat = table.concat
local pairs, type = pairs, type

local M = {}

-- The keys of a table that are names, in order.
local function list_of(names)
  local list = {}
  for name in pairs(names) do
    if type(name) == "string" then
      list[#list + 1] = name
    end
  end
  table.sort(list)
  return list
end

-- A value's runs, in the style's words. Text from a script loses what would tear the line.
local function runs_of(style, name, value)
  local kind = piece.kind_of(value)
  if kind == "phrase" then
    return value.runs
  elseif kind == "string" then
    if find(value, "%s%s") or find(value, "[\t\r\n]") then
      value = value:gsub("%s+", " ")
    end
    return { value }
  elseif kind == "fact" then
    if value.kind == "date" then
      return { when.day_run(style, value.date, value) }
    elseif value.is_integer and value.num >= 0 then
      return { count.figure_run(style, value.num, value) }
    end
    return { { text = value.text, fact = value } }
  elseif kind == "date" then
    return { when.day_run(style, value) }
  elseif math.type(value) == "integer" then
    return { number.group(value) }
  elseif kind == "number" then
    fail(("{%s} is %s"):format(name, value), nil, "a whole number, a fact or a phrase")
  end
  fail(("{%s} is a %s"):format(name, kind), nil,
    "a phrase, a fact, a date, a text or a whole number")
end

local function is_absent(value)
  return value == nil or value == false or value == ""
    or (type(value) == "table" and value.runs ~= nil and #value.runs == 0)
end

-- A placeholder without a value: a nil, whose reason may be known.
local function raise_missing(values, name)
  local why = reason.of(name)
  local hint = ("write {%s?} where it may be left out"):format(name)
  if not why and next(values, next(values)) == nil then  -- nothing but the text
    hint = ("give it one behind the text, { \"...\", %s = ... }, or "):format(name) .. hint
  end
  fail(("{%s} has no value%s"):format(name, why and ": " .. why or ""), hint)
end

-- A value without a placeholder: most often one of the two names is misspelt.
local function raise_unplaced(template, values, key)
  local without = {}
  for _, name in ipairs(list_of(template.names)) do
    without[#without + 1] = is_absent(values[name]) and name or nil
  end
  local near = suggest.nearest(key, without)
  if near then
    fail(("the value '%s' has no place in the text, and {%s} has no value"):format(key, near),
      ("give both one name: {%s} and %s = ..., or {%s} and %s = ..."):format(key, key, near, near))
  end
  fail(("the value '%s' has no place in the text"):format(key),
    ("write {%s} in the text, or take the value away"):format(key))
end

local function check_names(template, values, is_title)
  for _, key in ipairs(list_of(values)) do
    if not template.names[key] and not (is_title and key == "level") then
      raise_unplaced(template, values, key)
    end
  end
end

-- Whether anything of a list of clauses is left.
local function is_kept(clauses, values)
  for _, clause in ipairs(clauses) do
    if not M.is_dropped(clause, values) then
      return true
    end
  end
  return false
end

-- Whether a clause goes: an optional value in it is absent, or it is nothing but such brackets.
function M.is_dropped(clause, values)
  for _, name in ipairs(clause.optional) do
    if is_absent(values[name]) then
      return true
    end
  end
  for _, item in ipairs(clause.items) do
    if type(item) == "string" or item.name or is_kept(item.clauses, values) then
      return false
    end
  end
  return true
end

local function last_byte(runs)
  local run = runs[#runs]
  return byte(type(run) == "string" and run or run and run.text or "", -1)
end

local function is_digit(code)
  return code and code >= 48 and code <= 57
end

local Writer = {}
Writer.__index = Writer

-- All that the sentence says, lower case: for a choice of words only.
local function sentence_text(writer, this)
  return function()
    local texts = { this.text }
    for name in pairs(this.names) do
      if not is_absent(writer.values[name]) then
        texts[#texts + 1] = tostring(writer.values[name])
      end
    end
    return lower(concat(texts, " "))
  end
end

function Writer:put_slot(item)
  local value = self.values[item.name]
  if is_absent(value) then
    raise_missing(self.values, item.name)
  end
  local runs = runs_of(self.style, item.name, value)
  if self.at_start then
    runs = sentence.start(self.style, runs, sentence_text(self, self.sentence), self.is_title)
    self.at_start = false
  end
  local out = self.out
  -- Two figures side by side would read as one: "In 2022, 1,305 people".
  if out[#out] == " " and type(out[#out - 1]) == "table" and is_digit(last_byte(out[#out - 1]))
    and is_digit(byte(type(runs[1]) == "string" and runs[1] or runs[1].text)) then
    out[#out] = ", "
  end
  out[#out + 1] = runs
end

function Writer:put_text(text)
  if self.at_start then
    local started
    text, started = sentence.capitalise(text)
    self.at_start = not started
  end
  self.out[#self.out + 1] = text
end

function Writer:put_clauses(clauses)
  local first = true
  for _, clause in ipairs(clauses) do
    if not M.is_dropped(clause, self.values) then
      if not first and clause.mark ~= "" then
        self:put_text(clause.mark)
      end
      first = false
      for _, item in ipairs(clause.items) do
        if type(item) == "string" then
          self:put_text(item)
        elseif item.name then
          self:put_slot(item)
        elseif is_kept(item.clauses, self.values) then
          self:put_text(item.open)
          self:put_clauses(item.clauses)
          self:put_text ")"
        end
      end
    end
  end
end

local ends = { [33] = true, [46] = true, [63] = true }

function Writer:put_sentence(this)
  local out = self.out
  if #out > 0 then
    out[#out + 1] = " "
  end
  self.sentence, self.at_start = this, true
  self:put_clauses(this.clauses)
  local stop, last = this.stop, out[#out]
  -- A value that ends the sentence itself ("at 5 p.m.") needs no second full stop.
  if type(last) == "table" and byte(stop) == 46 and ends[last_byte(last)] then
    stop = sub(stop, 2)
  end
  out[#out + 1] = stop
end

-- Texts and lists of runs, in order; nil when nothing is left to say.
local function fill(style, text, values, is_title)
  local template = parse.template(text)
  check_names(template, values, is_title)
  local writer = setmetatable({
    style = style, template = template, values = values, out = {}, is_title = is_title,
  }, Writer)
  for _, this in ipairs(template.sentences) do
    if is_kept(this.clauses, values) then
      writer:put_sentence(this)
    end
  end
  return #writer.out > 0 and writer.out or nil
end

local marks = {}
for i = 1, 64 do
  marks[i] = "\1" .. i .. "\2"
end

-- The markup and the slots of a template with its values; nil when all of it was dropped. A slot's
-- place in the markup is "\1", its number and "\2". A title's values may hold its level.
function M.render(style, text, values, is_title)
  local out = fill(style, text, values, is_title)
  if not out then
    return nil
  end
  local slots = {}
  for i, part in ipairs(out) do
    if type(part) == "table" then
      local at = #slots + 1
      slots[at] = part
      out[i] = marks[at] or "\1" .. at .. "\2"
    end
  end
  return concat(out), slots
end

-- The same as a phrase: the template's text is plain then, not markup.
function M.phrase(style, text, values)
  local out = fill(style, text, values)
  if not out then
    return reason.none "every part was left out"
  end
  local runs, its_claim = {}, nil
  for _, part in ipairs(out) do
    if type(part) == "string" then
      runs[#runs + 1] = part
    else
      table.move(part, 1, #part, #runs + 1, runs)
    end
  end
  for _, name in ipairs(list_of(values)) do
    if piece.kind_of(values[name]) == "phrase" then
      its_claim = piece.both(its_claim, values[name].claim)
    end
  end
  return piece.new(runs, its_claim)
end

return M
