-- scripts/dateline/document.lua - the document that a report builds: templates in, nodes out.
--
-- A report holds a Document and nothing behind it: the host's builder is kept out of its reach.
-- Every text of an author is a template (template.lua); every value is data.
local fail = require "dateline.fail"
local piece = require "dateline.piece"
local reason = require "dateline.reason"
local sources = require "dateline.sources"
local styles = require "dateline.style"
local suggest = require "dateline.suggest"
local template = require "dateline.template"
local when = require "dateline.when"

local type = type

local Document = {}

-- Each document's builder and style.
local insides = setmetatable({}, { __mode = "k" })

local function inside(self)
  local its = insides[self]
  if not its then
    fail("a document's functions are called with a colon", "doc:para(...)")
  end
  return its
end

-- A text, or a table { text, name = value, ... }, as markup and slots; nil when nothing is left.
local function render(its, what, is_title)
  if type(what) == "string" then
    return template.render(its.style, what, {}, is_title)
  elseif type(what) ~= "table" or type(what[1]) ~= "string" then
    fail("this is no template, but " .. (what == nil and "nil" or "a " .. type(what)), nil,
      "a text, or a table { text, name = value, ... }")
  end
  return template.render(its.style, what[1], what, is_title)
end

-- The last index of a list that may have holes (an entry that was nil or false is left out).
local function last_index(list)
  local last = 0
  for key in pairs(list) do
    if math.type(key) == "integer" and key > last then
      last = key
    end
  end
  return last
end

-- One plain sentence for listings and feeds: the first paragraph, where it has no markup.
local function note_summary(its, markup, slots)
  if its.summary then
    return
  end
  its.summary = true
  if markup:find "[%*_`%[\\]" then
    return
  end
  local plain = markup:gsub("\1(%d+)\2", function(index)
    return tostring(piece.new(slots[tonumber(index)]))
  end)
  its.builder:meta { summary = plain }
end

function Document:heading(what)
  local its = inside(self)
  local markup, slots = render(its, what, true)
  if markup then
    its.builder:heading(type(what) == "table" and what.level or 1, markup, slots)
  end
end

local function add_paragraph(its, markup, slots)
  note_summary(its, markup, slots)
  its.builder:paragraph(markup, slots)
end

function Document:para(what)
  local its = inside(self)
  local markup, slots = render(its, what)
  if markup then
    add_paragraph(its, markup, slots)
  end
end

-- Moves the slots of [markup] behind [count] others.
local function renumber(markup, count)
  if count == 0 then
    return markup
  end
  return (markup:gsub("\1(%d+)\2", function(index)
    return "\1" .. tonumber(index) + count .. "\2"
  end))
end

-- A list of templates, not one of them.
local function check_list(name, list)
  if type(list) ~= "table" then
    fail(("doc:%s needs a list of templates, not a %s"):format(name, type(list)), nil,
      ("doc:%s { \"...\", { \"... {n} ...\", n = value } }"):format(name))
  end
end

function Document:sentences(list)
  local its = inside(self)
  check_list("sentences", list)
  local texts, slots = {}, {}
  for i = 1, last_index(list) do
    local markup, more
    if list[i] then
      markup, more = render(its, list[i])
    end
    if markup then
      texts[#texts + 1] = renumber(markup, #slots)
      table.move(more, 1, #more, #slots + 1, slots)
    end
  end
  if #texts > 0 then
    add_paragraph(its, table.concat(texts, " "), slots)
  end
end

function Document:list(items)
  local its = inside(self)
  check_list("list", items)
  local builder, is_open = its.builder, false
  for i = 1, last_index(items) do
    local markup, slots
    if items[i] then
      markup, slots = render(its, items[i])
    end
    if markup then
      if not is_open then
        builder:open(items.ordered and "ordered-list" or "list")
        is_open = true
      end
      builder:open "item"
      builder:paragraph(markup, slots)
      builder:close()
    end
  end
  if is_open then
    builder:close()
  end
end

local one_slot = "\1" .. "1" .. "\2"

-- The runs of a cell: figures stay figures, a date its style's words.
local function cell_runs(its, value)
  local kind = piece.kind_of(value)
  if kind == "phrase" then
    return value.runs
  elseif kind == "fact" then
    if value.kind == "date" then
      return { when.day_run(its.style, value.date, value) }
    end
    return { { text = value.text, fact = value } }
  elseif kind == "date" then
    return { when.day_run(its.style, value) }
  elseif kind == "string" then
    return { value }
  elseif math.type(value) == "integer" then
    return (piece.new {} .. value).runs
  end
  fail("a cell cannot hold a " .. kind, nil,
    "a text, a whole number, a phrase, a fact or a date")
end

-- A row's cells, without the claim that a phrase function leaves behind as the last of them.
local function read_row(row, index, width)
  local count = last_index(row)
  if piece.kind_of(row[count]) == "claim" then
    count = count - 1
  elseif count == width + 1 and row[width] == nil and type(row[count]) == "string" then
    fail(("row %d has nothing in cell %d: %s"):format(index, width, row[count]))
  end
  if count ~= width then
    fail(("row %d has %d cells where the table has %d columns"):format(index, count, width))
  end
  for i = 1, width do
    if row[i] == nil or row[i] == false then
      local why = reason.here()
      fail(("row %d has nothing in cell %d%s"):format(index, i, why and ": " .. why or ""))
    end
  end
  return row
end

local function align_of(column)
  return type(column) == "table" and column.align or "start"
end

local function add_header(its, columns)
  its.builder:open "header-row"
  for _, column in ipairs(columns) do
    its.builder:open("cell", align_of(column))
    its.builder:inline(one_slot, { { type(column) == "table" and column.title or column } })
    its.builder:close()
  end
  its.builder:close()
end

function Document:table(spec)
  local its = inside(self)
  if type(spec) ~= "table" or not (spec.caption and spec.columns and spec.rows) then
    fail("a table needs a caption, columns and rows", nil,
      "doc:table { caption = ..., columns = { ... }, rows = { { ... }, ... } }")
  end
  local builder, columns = its.builder, spec.columns
  builder:open("table", tostring(spec.caption))
  add_header(its, columns)
  for index, row in ipairs(spec.rows) do
    read_row(row, index, #columns)
    builder:open "row"
    for i, column in ipairs(columns) do
      builder:open(i == 1 and spec.row_headers and "row-header" or "cell", align_of(column))
      builder:inline(one_slot, { cell_runs(its, row[i]) })
      builder:close()
    end
    builder:close()
  end
  builder:close()
end

local function add_aside(its, kind, what)
  local markup, slots = render(its, what)
  if markup then
    its.builder:open(kind)
    its.builder:paragraph(markup, slots)
    its.builder:close()
  end
end

function Document:note(what)
  add_aside(inside(self), "note", what)
end

function Document:rule()
  inside(self).builder:rule()
end

-- Who says so, for every fact shown so far; then what the author adds.
function Document:sources(what)
  local its = inside(self)
  local lines = sources.lines(its.style, its.builder:shown())
  if #lines == 0 and not what then
    return
  end
  its.builder:open "source"
  for _, line in ipairs(lines) do
    its.builder:paragraph(line.markup, line.slots)
  end
  if what then
    local markup, slots = render(its, what)
    if markup then
      its.builder:paragraph(markup, slots)
    end
  end
  its.builder:close()
end

local function_names = {}
for name in pairs(Document) do
  function_names[#function_names + 1] = name
end
table.sort(function_names)

local metatable = {
  __index = function(_, key)
    local found = Document[key]
    if not found then
      fail(("a document has no '%s'"):format(tostring(key)), suggest.hint(key, function_names))
    end
    return found
  end,
  __newindex = function()
    fail("a document is built with its functions, not by assignment")
  end,
  __metatable = "dateline.Document",
}

local M = {}

-- A document in the run's style over a raw builder, which is not reachable from it. [day] is the
-- day it is about, or nil.
function M.new(builder, day)
  when.set_bulletin_day(piece.kind_of(day) == "date" and day or nil)
  local document = setmetatable({}, metatable)
  insides[document] = { builder = builder, style = styles.current() }
  return document
end

return M
