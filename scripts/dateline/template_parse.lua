-- scripts/dateline/template_parse.lua - reads a template's text into sentences, clauses and items.
--
-- A template is { names =, sentences = }; a sentence { clauses =, stop =, names =, text = }; a
-- clause { mark =, items =, optional = }: the mark before it, and its items: a text, a placeholder
-- { name =, optional = } or a pair of brackets { open = " (", clauses = }. Each text is read once.
local fail = require "dateline.fail"

local find, gsub, match, sub = string.find, string.gsub, string.match, string.sub

local M = {}

local function fail_in(text, why, hint)
  fail(("%s in the template '%s'"):format(why, text), hint)
end

-- What stands at [at] is a brace, and no placeholder.
local function fail_at_brace(text, at)
  local whole = match(text, "^{[^{}]*}", at)
  local name = whole and match(whole, "^{ *([%a_][%w_]*) *%?? *}")
  if sub(text, at, at) == "}" then
    local word = match(sub(text, 1, at), "[^%s{}]*}$")
    fail(("'%s' closes a placeholder that was not opened"):format(word), "a brace itself is }}")
  elseif not whole then
    fail(("'%s' is not closed: a } is missing"):format(match(text, "^{[^%s{}]*", at)),
      "a brace itself is {{")
  elseif name then
    fail(("'%s' has a space in it"):format(whole), ("write {%s}"):format(name))
  elseif whole == "{}" then
    fail("'{}' has no name", "write {people}, and people = ... behind the text")
  end
  name = match(whole, "([%a_][%w_]*)[%W]*}$") or "people"
  fail(("'%s' is no placeholder: letters, digits and _ make its name"):format(whole),
    ("write {%s}, and %s = ... behind the text; a brace itself is {{"):format(name, name))
end

-- Texts and placeholders, in order.
local function tokens_of(text)
  local tokens, at, literal = {}, 1, ""
  while true do
    local brace = find(text, "[{}]", at)
    literal = literal .. sub(text, at, (brace or 0) - 1)
    if not brace then
      break
    end
    local double = sub(text, brace, brace + 1)
    if double == "{{" or double == "}}" then
      literal, at = literal .. sub(double, 1, 1), brace + 2
    else
      local name, mark, after = match(text, "^{([%a_][%w_]*)(%??)}()", brace)
      if not name then
        fail_at_brace(text, brace)
      end
      if literal ~= "" then
        tokens[#tokens + 1] = literal
      end
      tokens[#tokens + 1] = { name = name, optional = mark == "?" }
      literal, at = "", after
    end
  end
  if literal ~= "" then
    tokens[#tokens + 1] = literal
  end
  return tokens
end

local conjunctions = { ["and"] = true, ["but"] = true, ["or"] = true, ["while"] = true }
-- Full stops that end no sentence.
local abbreviations = {}
for word in ("mr mrs ms dr st no nos vs cf approx e.g i.e etc"):gmatch "%S+" do
  abbreviations[word] = true
end

local dashes = { " - ", " \u{2013} ", " \u{2014} ", "\u{2014}" }

-- A clause mark at [at], with all its spaces, or nil. A dash has a space on both sides, or is an
-- em dash without.
local function mark_at(text, at)
  local comma = match(text, "^[,;:] ", at)
  -- Most spaces stand before a word that joins nothing.
  local word = match(text, comma and "^([abow]%l+) " or "^ ([abow]%l+) ", comma and at + 2 or at)
  if conjunctions[word] then
    return (comma or " ") .. word .. " "
  elseif comma or find(text, "^ [^-\xe2]", at) then
    return comma
  end
  for _, dash in ipairs(dashes) do
    if sub(text, at, at + #dash - 1) == dash then
      return dash
    end
  end
end

-- The end of a sentence at [at]: the stop with what closes behind it, and where the text goes on;
-- or nil. [more]: a placeholder follows this text.
local function stop_at(text, at, before, more)
  local stop, after = match(text, "^([.!?]+[%*_`\"'%)%]]*)()", at)
  local rest = match(text, "^ +()", after)
  if after <= #text and not rest then
    -- "3.5", "gov.uk", or a closing curly quotation mark.
    local quote, behind = match(text, "^(\u{2019})()", after)
    if not quote then
      quote, behind = match(text, "^(\u{201d})()", after)
    end
    if not quote then
      return nil
    end
    stop, after = stop .. quote, behind
    rest = match(text, "^ +()", after)
    if after <= #text and not rest then
      return nil
    end
  elseif after > #text and more then
    return nil
  end
  if rest and rest <= #text and find(text, "^%l", rest) then
    return nil
  end
  local word = match(before, "([%a.]+)$")
  if word and (abbreviations[word:lower()] or (#word == 1 and rest)) then
    return nil
  end
  return stop, rest or after
end

local Reader = {}
Reader.__index = Reader

function Reader:new_clause(mark)
  self.clause = { mark = mark, items = {}, optional = {} }
  self.clauses[#self.clauses + 1] = self.clause
end

function Reader:new_sentence()
  self.sentence = { clauses = {}, stop = "", names = {}, text = "" }
  self.clauses = self.sentence.clauses
  self:new_clause ""
end

function Reader:add_text(text)
  if text == "" then
    return
  end
  self.sentence.text = self.sentence.text .. text
  local items = self.clause.items
  if type(items[#items]) == "string" then
    items[#items] = items[#items] .. text
  else
    items[#items + 1] = text
  end
end

function Reader:add_placeholder(item)
  self.clause.items[#self.clause.items + 1] = item
  self.names[item.name] = true
  self.sentence.names[item.name] = true
  if item.optional then
    self.clause.optional[#self.clause.optional + 1] = item.name
  end
end

-- Brackets take the space before them, so that it goes with them.
function Reader:open_group()
  local items = self.clause.items
  local last = items[#items]
  local open = "("
  if type(last) == "string" and sub(last, -1) == " " then
    open = " ("
    items[#items] = #last > 1 and sub(last, 1, -2) or nil
  end
  local group = { open = open, clauses = {} }
  items[#items + 1] = group
  self.outer[#self.outer + 1] = { clauses = self.clauses, clause = self.clause }
  self.clauses = group.clauses
  self:new_clause ""
end

function Reader:close_group()
  local outer = table.remove(self.outer)
  self.clauses, self.clause = outer.clauses, outer.clause
end

function Reader:end_sentence(stop)
  self.sentence.stop = stop
  self.sentences[#self.sentences + 1] = self.sentence
  self:new_sentence()
end

-- One character that may mean something, at [at] in [text]; gives where the text goes on.
function Reader:read_mark(text, at, more)
  local char = sub(text, at, at)
  if char == "(" then
    -- The address of a Markdown link.
    local address = sub(text, at - 1, at - 1) == "]" and match(text, "^%b()", at)
    if address then
      self:add_text(address)
      return at + #address
    end
    self:open_group()
    return at + 1
  elseif char == ")" and #self.outer > 0 then
    self:close_group()
    return at + 1
  elseif find(char, "[.!?]") then
    if #self.outer == 0 then
      local stop, after = stop_at(text, at, sub(text, 1, at - 1), more)
      if stop then
        self:end_sentence(stop)
        return after
      end
    end
  else
    local mark = mark_at(text, at)
    if mark then
      self.sentence.text = self.sentence.text .. mark
      self:new_clause(mark)
      return at + #mark
    end
  end
  self:add_text(char)
  return at + 1
end

function Reader:read_text(text, more)
  local at = 1
  while at <= #text do
    local next_at = find(text, "[,;:.!?() \xe2]", at)
    self:add_text(sub(text, at, (next_at or 0) - 1))
    if not next_at then
      return
    end
    at = self:read_mark(text, next_at, more)
  end
end

-- A clause that may go must not take half of a pair of marks with it.
local function check_pairs(text, clauses)
  for _, clause in ipairs(clauses) do
    local texts = {}
    for _, item in ipairs(clause.items) do
      if type(item) == "string" then
        texts[#texts + 1] = item
      elseif item.clauses then
        check_pairs(text, item.clauses)
      end
    end
    local all = table.concat(texts)
    local _, opened = gsub(all, "%[", "")
    local _, closed = gsub(all, "%]", "")
    for _, mark in ipairs { "%*", "_", "`" } do
      local _, times = gsub(all, mark, "")
      if #clause.optional > 0 and (times % 2 == 1 or opened ~= closed) then
        fail_in(text,
          ("the clause of {%s?} cuts through a pair of marks"):format(clause.optional[1]))
      end
    end
  end
end

local function read(text)
  -- The slots' own marks are no text of an author's.
  local clean = match(gsub(gsub(text, "[\1\2]", ""), "%s+", " "), "^ ?(.-) ?$")
  local reader = setmetatable({ sentences = {}, names = {}, outer = {} }, Reader)
  reader:new_sentence()
  local tokens = tokens_of(clean)
  for i, token in ipairs(tokens) do
    if type(token) == "string" then
      reader:read_text(token, tokens[i + 1] ~= nil)
    else
      reader:add_placeholder(token)
    end
  end
  if #reader.outer > 0 then
    fail_in(text, "a ( without a )")
  end
  if #reader.clauses > 1 or #reader.clause.items > 0 then
    reader:end_sentence ""
  end
  for _, sentence in ipairs(reader.sentences) do
    check_pairs(text, sentence.clauses)
  end
  return { names = reader.names, sentences = reader.sentences }
end

-- Read templates, by text. A script that makes its texts anew each time must not fill the memory.
local known, known_count, known_max = {}, 0, 1000

function M.template(text)
  local template = known[text]
  if not template then
    if type(text) ~= "string" then
      fail("a template is a text, not a " .. type(text))
    end
    template = read(text)
    if known_count >= known_max then
      known, known_count = {}, 0
    end
    known[text], known_count = template, known_count + 1
  end
  return template
end

return M
