-- tests/cli/plugin_pandoc.lua - what a document can hold and no report makes: line breaks, lists in
-- lists, short rows. A tree of tables goes through the plugin's blocks, and comes out as JSON.
local root = ...
package.path = root .. "/scripts/?.lua;" .. root .. "/scripts/plugins/pandoc/?.lua"
package.preload["native.tools"] = function()
  return { quote = function(text) return '"' .. text:gsub('[%c"\\]', function(c)
    return ("\\u%04x"):format(c:byte())
  end) .. '"' end }
end
local blocks = require "lib.blocks"
local json = require "dateline.json"

local Node = {}
Node.__index = function(node, key)
  if key == "plain" then
    local text = node.text or ""
    for _, child in ipairs(node) do
      text = text .. child.plain
    end
    return text
  end
  return Node[key]
end
function Node:each()
  local i = 0
  return function()
    i = i + 1
    return self[i]
  end
end

-- {kind, children and fields} as a node; a text is a paragraph's or a text node.
local function node(from)
  if type(from) == "string" then
    return setmetatable({ kind = "text", text = from }, Node)
  end
  from.kind = table.remove(from, 1)
  for i, child in ipairs(from) do
    from[i] = node(child)
    if i > 1 then
      from[i - 1].next = from[i]
    end
  end
  from.first = from[1]
  return setmetatable(from, Node)
end

local function para(...)
  return { "paragraph", ... }
end

local document = node { "document",
  para("One ", { "break" }, " two", { "strong", " a ", { "strong", "b" }, { "break" } }, "c"),
  { "heading", level = 2, "A", { "break" }, "b" },
  { "list", ordered = false,
    { "item", para "tight", { "list", ordered = true, { "item", para "in" }, { "item" } } },
    { "item", para "last" } },
  { "list", ordered = false, { "item", para "loose", para "two" }, { "item", para "last" } },
  { "list", ordered = false },
  { "paragraph", " " },
  { "aside", role = "note" },
  { "table", caption = "",
    { "row", header = true, { "cell", align = "start", "H" } },
    { "row", header = true, { "cell", align = "start", "I" } },
    { "row", { "cell", header = true, align = "end", "r" }, { "cell", align = "centre", "s",
      { "break" }, "t" } },
    { "row", { "cell", header = true, align = "start", "u" } } },
  { "table", caption = "Alone" },
}
io.write(json.encode {
  ["pandoc-api-version"] = { 1, 22 }, meta = {}, blocks = blocks.new { raise = 0 }:of(document),
})
