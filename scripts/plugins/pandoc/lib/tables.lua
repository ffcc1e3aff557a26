-- pandoc/lib/tables.lua - a table as Pandoc's: caption, columns, header, body.
local inlines = require "lib.inlines"
local json = require "dateline.json"

local M = {}

local alignments = { start = "AlignLeft", ["end"] = "AlignRight", centre = "AlignCenter" }
local none = inlines.no_attributes

local function cells_of(row)
  local cells = {}
  for cell in row:each() do
    cells[#cells + 1] = cell
  end
  return cells
end

-- The header rows at the top, the rows below them, and how many columns the longest has.
local function read_rows(node)
  local head, body, width = json.array {}, json.array {}, 0
  for row in node:each() do
    local cells = cells_of(row)
    local part = row.header and #body == 0 and head or body
    part[#part + 1] = cells
    width = math.max(width, #cells)
  end
  return head, body, width
end

-- How each column is aligned: as its first figure, or as its heading.
local function columns_of(head, body, width)
  local model, columns = body[1] or head[1], {}
  for i = 1, width do
    local align = model[i] and model[i].align or "start"
    columns[i] = align == "start" and "AlignDefault" or alignments[align]
  end
  return columns
end

local function cell_of(cell, column)
  local kind = cell and alignments[cell.align] or column
  if kind == column or column == "AlignDefault" and kind == "AlignLeft" then
    kind = "AlignDefault"  -- as its column
  end
  local inside = cell and inlines.of(cell) or {}
  local blocks = json.array(#inside > 0 and { { t = "Plain", c = inside } } or {})
  return { none, { t = kind }, 1, 1, blocks }
end

local function rows_of(part, columns)
  local rows = json.array {}
  for i, cells in ipairs(part) do
    local row = {}
    for column = 1, #columns do
      row[column] = cell_of(cells[column], columns[column])
    end
    rows[i] = { none, row }
  end
  return rows
end

-- How many cells at the start of every row of the body are the row's headers.
local function count_row_headers(body)
  local least
  for _, cells in ipairs(body) do
    local count = 0
    while cells[count + 1] and cells[count + 1].header do
      count = count + 1
    end
    least = math.min(least or count, count)
  end
  return least or 0
end

local function caption_of(node)
  local inside = inlines.of_text(node.caption)
  return { json.null, json.array(#inside > 0 and { { t = "Plain", c = inside } } or {}) }
end

-- The table [node]; without a column, its caption as a paragraph; nil when it has neither.
function M.of(node)
  local head, body, width = read_rows(node)
  if width == 0 then
    local inside = inlines.of_text(node.caption)
    return #inside > 0 and { t = "Para", c = { { t = "Strong", c = inside } } } or nil
  end
  local columns, specs = columns_of(head, body, width), {}
  for i, align in ipairs(columns) do
    specs[i] = { { t = align }, { t = "ColWidthDefault" } }
  end
  return { t = "Table", c = {
    none, caption_of(node), specs, { none, rows_of(head, columns) },
    { { none, count_row_headers(body), json.array {}, rows_of(body, columns) } },
    { none, json.array {} },
  } }
end

return M
