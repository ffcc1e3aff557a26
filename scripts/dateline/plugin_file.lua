-- scripts/dateline/plugin_file.lua - a file as a plugin's importer sees it, and the rows it gives.
local fail = require "dateline.fail"
local host = require "native.plugins"
local keys = require "dateline.plugin_host"
local piece = require "dateline.piece"
local suggest = require "dateline.suggest"
local tools = require "native.tools"

local M = {}

local place_names = { "column", "expected", "line" }

local function is_place(number)
  return number == nil or math.type(number) == "integer" and number > 0
end

local function check_where(where)
  if type(where) ~= "table" then
    fail(("the place is a %s"):format(type(where)), nil, "{ line = 3, column = 1, expected = ... }")
  end
  keys.check_keys("the place", where, place_names)
  if not (is_place(where.line) and is_place(where.column)) then
    fail("a line and a column are whole numbers from 1")
  end
end

-- path, text, and fail(message, { line =, column =, expected = }), which does not return.
function M.new(path, text)
  local file = { path = path, text = text }
  file.fail = host.framed(function(message, where)
    if type(message) ~= "string" then
      fail("file.fail takes a text", nil, "file.fail(\"row 3 has no date\", { line = 3 })")
    end
    where = where or {}
    check_where(where)
    tools.fail {
      code = "data", message = message, expected = where.expected, file = path,
      line = where.line, column = where.column,
    }
  end)
  local names = { "fail", "path", "text" }
  return setmetatable({}, {
    __index = function(_, key)
      if file[key] == nil then
        fail(("a file has no '%s'"):format(tostring(key)), suggest.hint(key, names),
          table.concat(names, ", "))
      end
      return file[key]
    end,
    __newindex = function()
      fail "a file cannot be changed"
    end,
    __metatable = "dateline.ImportFile",
  })
end

-- ---- rows ----

local row_names = { "line", "n", "sheet" }
local row_shape = "a list of cells; with line, sheet and n (how many) where wanted"

-- A cell as text; false where there is nothing. How a number with a point is written, the plugin
-- says.
local function cell_text(value)
  local kind = piece.kind_of(value)
  if kind == "string" then
    return value
  elseif value == nil or value == false then
    return false
  elseif math.type(value) == "integer" then
    return ("%d"):format(value)
  elseif kind == "date" then
    return value.iso
  end
  return nil, kind == "number" and
    ("%s is no integer: math.tointeger, or give it as a text"):format(value)
end

-- How many cells a row has, where it stands, and of which table.
local function measure(row, number, complain)
  local count = 0
  for key in pairs(row) do
    if math.type(key) == "integer" and key > 0 then
      count = math.max(count, key)
    elseif suggest.nearest(key, row_names) ~= key then
      complain(("a row has no '%s'"):format(tostring(key)), row_shape,
        suggest.hint(key, row_names))
    end
  end
  local line, sheet = row.line or number, row.sheet or ""
  if not is_place(line) then
    complain("a row's line is no whole number from 1")
  elseif type(sheet) ~= "string" then
    complain(("a row's sheet is a %s"):format(type(sheet)), "the table's name")
  elseif row.n ~= nil and not (math.type(row.n) == "integer" and row.n >= count) then
    complain("a row's n is no whole number, or less than it has cells")
  end
  return math.max(count, row.n or 0), line, sheet
end

-- The rows of [next_row] as the host takes them: cells, how many, line, sheet. A row that ends in
-- nothing has as many cells as its table's header.
function M.rows(path, next_row)
  local number, widths = 0, {}
  return function()
    local row = next_row()
    if row == nil then
      return nil
    end
    number = number + 1
    local function complain(message, expected, hint)
      tools.fail { code = "script", message = message, expected = expected, hint = hint,
        file = path, line = number }
    end
    if type(row) ~= "table" then
      complain(("the importer gave a %s for a row"):format(type(row)),
        row_shape .. "; nil behind the last")
    end
    local count, line, sheet = measure(row, number, complain)
    widths[sheet] = widths[sheet] or count
    count = math.max(count, widths[sheet])
    local cells = {}
    for i = 1, count do
      local text, hint = cell_text(row[i])
      if text == nil then
        complain(("cell %d of a row is a %s"):format(i, piece.kind_of(row[i])),
          "a text, an integer, a date, or nil where there is nothing", hint or nil)
      end
      cells[i] = text
    end
    return cells, count, line, sheet
  end
end

return M
