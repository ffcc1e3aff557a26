-- pandoc/lib/inlines.lua - what stands inside a block, as Pandoc's inlines: words and the spaces
-- between them. Neighbours are joined, and white space moved out of marks, as Pandoc's own readers
-- do it, so that every writer meets what it knows.
local json = require "dateline.json"

local M = {}

local empty = json.array {}
local space, line_break = { t = "Space" }, { t = "LineBreak" }
M.no_attributes = { "", empty, empty }

-- Inlines of these kinds that meet become one.
local joined = { Emph = true, Strong = true }

local add

local function add_all(list, others)
  for i = 1, #others do
    add(list, others[i])
  end
end

-- Adds [inline] to [list] as Pandoc would: no two texts or spaces in a row, no space by a break.
function add(list, inline)
  local last = list[#list]
  local kind, last_kind = inline.t, last and last.t
  if kind == "Space" and (last_kind == "Space" or last_kind == "LineBreak") then
    return
  elseif kind == "LineBreak" and last_kind == "Space" then
    list[#list] = inline
  elseif kind == "Str" and last_kind == "Str" then
    list[#list] = { t = "Str", c = last.c .. inline.c }
  elseif joined[kind] and kind == last_kind then
    add_all(last.c, inline.c)
  else
    list[#list + 1] = inline
  end
end

local function add_text(list, text)
  local at, size = 1, #text
  while at <= size do
    local from, to = text:find("[^ ]+", at)
    if from ~= at then
      add(list, space)
    end
    if not from then
      return
    end
    add(list, { t = "Str", c = text:sub(from, to) })
    at = to + 1
  end
end

local function is_white(inline)
  return inline and (inline.t == "Space" or inline.t == "LineBreak")
end

-- Takes white space from both ends of [list]; gives what was there.
local function trim(list)
  local before, after
  if is_white(list[1]) then
    before = table.remove(list, 1)
  end
  if is_white(list[#list]) then
    after = table.remove(list)
  end
  return before, after
end

-- "647", "64.7", "2024-10-18": a figure for programs.
local function value_of(fact)
  if fact.kind == "date" then
    return fact.date.iso
  elseif fact.is_integer then
    return ("%d"):format(fact.num)
  end
  return (fact:format(9):gsub(",", ""):gsub("0+$", ""):gsub("%.$", ""))
end

local function attributes_of(node)
  if node.kind == "date" then
    return { "", { "date" }, { { "data-date", node.date.iso } } }
  end
  local fact = node.fact
  return { "", { "fact" }, {
    { "data-value", value_of(fact) }, { "data-unit", fact.unit },
    { "data-expression", fact.expression }, { "data-fact", node.id },
  } }
end

local of_children

-- What each kind of node adds to a list; [break_as] is what a line break is here.
local adders = {}

function adders.text(list, node)
  add_text(list, node.text)
end

function adders.code(list, node)
  add(list, { t = "Code", c = { M.no_attributes, node.text } })
end

function adders.fact(list, node)
  add(list, { t = "Span", c = { attributes_of(node), M.of_text(node.text) } })
end
adders.date = adders.fact

adders["break"] = function(list, _, break_as)
  add(list, break_as)
end

local function add_mark(list, kind, node, break_as)
  local inside = of_children(node, break_as)
  local before, after = trim(inside)
  if before then
    add(list, before)
  end
  if #inside > 0 then
    add(list, { t = kind, c = inside })
  end
  if after then
    add(list, after)
  end
end

function adders.strong(list, node, break_as)
  add_mark(list, "Strong", node, break_as)
end

function adders.emphasis(list, node, break_as)
  add_mark(list, "Emph", node, break_as)
end

function adders.link(list, node, break_as)
  local inside = of_children(node, break_as)
  add(list, { t = "Link", c = { M.no_attributes, inside, { node.url, "" } } })
end

function of_children(node, break_as)
  local list = json.array {}
  for child in node:each() do
    adders[child.kind](list, child, break_as)
  end
  return list
end

-- The inlines below [node]; a line break is one only where it can be, in a paragraph.
function M.of(node)
  local list = of_children(node, node.kind == "paragraph" and line_break or space)
  trim(list)
  return list
end

-- Plain [text] as inlines.
function M.of_text(text)
  local list = json.array {}
  add_text(list, text)
  trim(list)
  return list
end

return M
