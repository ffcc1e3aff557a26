-- pandoc/lib/blocks.lua - a document's blocks as Pandoc's. A block with nothing in it is left out,
-- as the core's renderers do.
local inlines = require "lib.inlines"
local json = require "dateline.json"
local tables = require "lib.tables"

local Writer = {}

local add = {}

-- "A heading of 647" -> "a-heading-of-647", and "...-1" when it is taken: what links and tables of
-- contents point at, as in Pandoc's own documents. ASCII alone, which every format takes.
local function identifier(self, text)
  local base = text:lower():gsub("[^%w_ -]", ""):gsub("^[^%a]+", ""):gsub(" +", "-")
  base = base ~= "" and base or "section"
  local count = self.identifiers[base]
  self.identifiers[base] = (count or 0) + 1
  return count and base .. "-" .. count or base
end

function add.heading(self, list, node)
  local inside = inlines.of(node)
  if #inside > 0 and node ~= self.without then
    local attributes = { identifier(self, node.plain), json.array {}, json.array {} }
    list[#list + 1] = { t = "Header", c = { node.level - self.raise, attributes, inside } }
  end
end

function add.paragraph(_, list, node, is_tight)
  local inside = inlines.of(node)
  if #inside > 0 then
    list[#list + 1] = { t = is_tight and "Plain" or "Para", c = inside }
  end
end

local function is_blank(node)
  return not node.plain:find "[^ ]"
end

-- Whether no blank line stands between the items: each is one block, or a paragraph with a list
-- below it.
local function is_tight_list(list)
  for item in list:each() do
    local first = item.first
    local second = first and first.next
    if second and (second.next or first.kind ~= "paragraph" or second.kind ~= "list"
      or not second.first or is_blank(second.first)) then
      return false
    end
  end
  return true
end

function add.list(self, list, node)
  local is_tight, items = is_tight_list(node), {}
  for item in node:each() do
    items[#items + 1] = self:of(item, is_tight)
  end
  if #items == 0 then
    return
  elseif node.ordered then
    local style = { 1, { t = "Decimal" }, { t = "Period" } }
    list[#list + 1] = { t = "OrderedList", c = { style, items } }
  else
    list[#list + 1] = { t = "BulletList", c = items }
  end
end

function add.table(_, list, node)
  list[#list + 1] = tables.of(node)
end

local word_styles = { note = "Note", source = "Source" }

function add.aside(self, list, node)
  local inside = self:of(node)
  if #inside > 0 then
    local role = node.role
    local attributes = { "", { role }, { { "custom-style", word_styles[role] } } }
    list[#list + 1] = { t = "Div", c = { attributes, inside } }
  end
end

function add.rule(_, list)
  list[#list + 1] = { t = "HorizontalRule" }
end

-- Adds what [node] is to [list]; [is_tight]: it stands in an item of a tight list.
function Writer:add(list, node, is_tight)
  add[node.kind](self, list, node, is_tight)
end

-- The blocks below [node].
function Writer:of(node, is_tight)
  local list = json.array {}
  for child in node:each() do
    self:add(list, child, is_tight)
  end
  return list
end

local M = {}

-- A writer for one document. [options]: without, the heading to leave out; raise, how many levels
-- all others go up.
function M.new(options)
  return setmetatable({ without = options.without, raise = options.raise, identifiers = {} },
    { __index = Writer })
end

return M
