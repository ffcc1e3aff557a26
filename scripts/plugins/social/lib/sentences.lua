-- social/lib/sentences.lua - a bulletin's sentences, and the key one among them.
--
-- A sentence: text; figures, each { id, fact, shown, sources }; follows, whether another one stands
-- before it in its paragraph; is_postable. Where it is not sure that a sentence ends ("by Oct. 18
-- people"), it does not: two may be taken for one, but none is ever cut.
local data = require "dateline.data"
local phrase = require "dateline.phrase"

local M = {}

local WORD_MAX = 32  -- bytes before a full stop that are looked at: is it an abbreviation's?

-- What ends in a full stop and is no sentence's end.
local abbreviations = {}
for word in ("Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Mr Mrs Ms Dr Prof Rev Lt Col "
  .. "Gen Sgt St No Nos vs etc cf approx est Co Ltd Inc Bros Jr Sr Gov Sen Rep ca"):gmatch "%a+" do
  abbreviations[word:lower()] = true
end

-- ---- a paragraph as text, and where its figures stand ----

-- Adds [text] to a paragraph: its text, figures, and the places (first byte, last byte) that are
-- [whole], a figure or a date.
local function add_text(into, text)
  text = text:gsub("%s+", " ")
  if into.text == "" or into.text:sub(-1) == " " then
    text = text:gsub("^ ", "")
  end
  into.text = into.text .. text
end

local function add_inlines(into, node)
  for child in node:each() do
    local kind, from = child.kind, #into.text + 1
    if kind == "break" then
      add_text(into, " ")
    elseif child.text then
      add_text(into, child.text)
    else
      add_inlines(into, child)
    end
    if kind == "fact" or kind == "date" then
      into.whole[#into.whole + 1] = { from, #into.text }
    end
    if kind == "fact" and child.fact.kind == "number" then
      local fact = child.fact
      into.figures[#into.figures + 1] = {
        at = from, id = child.id, fact = fact, shown = child.text, sources = fact.sources,
      }
    end
  end
end

local function paragraph_of(node)
  local paragraph = { text = "", figures = {}, whole = {} }
  add_inlines(paragraph, node)
  return paragraph
end

-- ---- where sentences end ----

local function is_within(paragraph, at)
  for _, place in ipairs(paragraph.whole) do
    if at >= place[1] and at < place[2] then
      return true
    end
  end
  return false
end

-- Whether the full stop at [at], with white space behind what closes it, ends a sentence.
local function ends_sentence(paragraph, at, next_at)
  local text = paragraph.text
  if is_within(paragraph, at) or text:find("^%l", next_at) then
    return false
  elseif text:sub(at, at) ~= "." then
    return true
  end
  local word = text:sub(math.max(1, at - WORD_MAX), at - 1):match "([%w.\x80-\xFF]*)$"
  return not (word:find "^%a$" or word:find "%a%.%a" or abbreviations[word:lower()])
end

-- Quotation marks and brackets may stand behind a sentence's full stop.
local function skip_closers(text, at)
  while true do
    local closer = text:match("^[\"')%]]", at) or text:match("^\u{2019}", at)
      or text:match("^\u{201D}", at)
    if not closer then
      return at
    end
    at = at + #closer
  end
end

-- The sentences' ends: the last byte of each; what has no end is none.
local function ends_of(paragraph)
  local ends, text, at = {}, paragraph.text, 1
  while true do
    local stop = text:find("[.!?]", at)
    if not stop then
      return ends
    end
    local after = skip_closers(text, stop + 1)
    local next_at = text:match("^ +()", after)
    if not text:find("%S", after) or next_at and ends_sentence(paragraph, stop, next_at) then
      ends[#ends + 1] = after - 1
    end
    at = after
  end
end

-- ---- what may be posted ----

-- Emoji and their parts; first and last of each range.
local emoji = {
  { 0x200D, 0x200D }, { 0x203C, 0x203C }, { 0x2049, 0x2049 }, { 0x20E3, 0x20E3 },
  { 0x2300, 0x23FF }, { 0x2600, 0x27BF }, { 0x2B00, 0x2BFF }, { 0xFE0F, 0xFE0F },
  { 0x1F000, 0x1FAFF },
}

local function is_calm(text)
  if text:find("!", 1, true) or text:find "\u{FF01}" or text:find "[#@$][%w_\x80-\xFF]"
    or text:find "\u{FF03}" or text:find "\u{FF20}" then
    return false
  end
  for _, character in utf8.codes(text) do
    for _, range in ipairs(emoji) do
      if character >= range[1] and character <= range[2] then
        return false
      end
    end
  end
  return true
end

-- The bulletin's notes, as texts.
local function notes_of(document)
  local notes = {}
  for node in document:each() do
    if node.kind == "aside" and node.role == "note" then
      notes[#notes + 1] = node.plain
    end
  end
  return notes
end

-- Whether the bulletin says something beside its text that [figure] cannot go without: the caveat
-- of its dataset, or how it was arrived at.
local function needs_note(figure, notes)
  for _, source in ipairs(figure.sources) do
    local caveat = data.open(source.dataset).caveat
    local is_remark = source.published and figure.fact.note ~= ""
    for _, note in ipairs(notes) do
      if is_remark or caveat ~= "" and note:find(caveat, 1, true) then
        return true
      end
    end
  end
  return false
end

local function is_postable(sentence, notes)
  for _, figure in ipairs(sentence.figures) do
    if needs_note(figure, notes) then
      return false
    end
  end
  return is_calm(sentence.text)
end

-- ---- the bulletin ----

local function add_sentences(list, paragraph, notes)
  local from, figure = 1, 1
  for i, stop in ipairs(ends_of(paragraph)) do
    local sentence = { figures = {}, follows = i > 1 }
    sentence.text = paragraph.text:sub(from, stop):match "^ *(.*)$"
    while paragraph.figures[figure] and paragraph.figures[figure].at <= stop do
      table.insert(sentence.figures, paragraph.figures[figure])
      figure = figure + 1
    end
    sentence.is_postable = is_postable(sentence, notes)
    list[#list + 1] = sentence
    from = stop + 1
  end
end

local function add_blocks(list, node, notes)
  for child in node:each() do
    if child.kind == "paragraph" then
      add_sentences(list, paragraph_of(child), notes)
    elseif child.kind == "list" or child.kind == "item" then
      add_blocks(list, child, notes)
    end
  end
end

-- The sentences of [document]'s paragraphs and lists, in order.
function M.of(document)
  local list = {}
  add_blocks(list, document, notes_of(document))
  return list
end

-- Whether [figure] is shown to the last digit, or in full words: not rounded.
local function is_exact(figure)
  local fact, shown = figure.fact, figure.shown
  if shown == fact.text then
    return true
  elseif not fact.is_integer then
    return false
  end
  local digits = shown:gsub(",", ""):match "^%d+"
  if digits then
    return tonumber(digits) == math.abs(fact.num)
  end
  return fact.num == 0 or shown:lower() == phrase.words(fact.num)
end

-- The index of the first postable sentence with a figure that [matches] takes.
local function first_with(list, matches)
  for i, sentence in ipairs(list) do
    for _, figure in ipairs(sentence.is_postable and sentence.figures or {}) do
      if matches(figure) then
        return i
      end
    end
  end
end

-- The index of the key sentence: with the bulletin's first figure, exact; else with the first exact
-- one; nil when no figure is.
function M.key(list)
  local first
  for _, sentence in ipairs(list) do
    first = first or sentence.figures[1]
  end
  return first and (first_with(list, function(figure)
    return figure.id == first.id and is_exact(figure)
  end) or first_with(list, is_exact))
end

return M
