-- tests/lua/support/fake_figures.lua - the bundled figures as series, read by their manifests.
local dates = require "native.date"

local M = {}

local function manifest(name)
  return assert(loadfile("scripts/datasets/" .. name .. ".lua"))()
end

-- None of the bundled files has a quoted cell.
local function split(line)
  local cells = {}
  for cell in (line .. ","):gmatch "([^,]*)," do
    cells[#cells + 1] = cell
  end
  return cells
end

local function rows_of(set)
  local rows, header = {}, nil
  for line in io.lines("scripts/datasets/" .. set.bundled.file) do
    local cells = split(line)
    if header then
      local row = {}
      for i, name in ipairs(header) do
        row[name] = cells[i]
      end
      rows[#rows + 1] = row
    else
      header = cells
    end
  end
  return rows
end

local function column_of(set, role, name)
  for _, column in ipairs(set.columns) do
    if column.role == role and (not name or column.name == name) then
      return column
    end
  end
end

-- The cell of a row under one of the column's headers.
local function cell_of(row, column)
  for _, header in ipairs(column and column.headers or {}) do
    if row[header] then
      return row[header]
    end
  end
end

local sets, open, releases = {}, {}, 0

local function set_of(name)
  if not sets[name] then
    local set = manifest(name)
    releases = releases + 1
    set.rows = rows_of(set)
    set.source = {
      release = releases, dataset = set.name, title = set.title, publisher = set.publisher,
      licence = set.licence, attribution = set.attribution, homepage = set.homepage,
      published = set.bundled.published and dates.new(set.bundled.published),
      provisional = set.provisional or false,
    }
    sets[name] = set
  end
  return sets[name]
end
M.set_of = set_of

local function matches(set, row, filters)
  for name, value in pairs(filters) do
    if cell_of(row, column_of(set, "dimension", name)) ~= value then
      return false
    end
  end
  return true
end

local function add_sums(series)
  local sum, day = 0, series.first
  while day and day <= series.last do
    sum = sum + (series.cells[day.serial] and series.cells[day.serial].value or 0)
    series.sums[day.serial] = sum
    day = day + 1
  end
end

local function read(name, measure, filters)
  local set = set_of(name)
  local column, period = column_of(set, "measure", measure), column_of(set, "period")
  local attribution = column_of(set, "attribution")
  local series = { unit = column.unit, grain = set.grain, cells = {}, sums = {},
    source = set.source }
  for _, row in ipairs(set.rows) do
    local value = math.tointeger(tonumber(cell_of(row, column)))
    if value and matches(set, row, filters) then
      local date = dates.new(cell_of(row, period))
      series.cells[date.serial] = { value = value, note = cell_of(row, attribution) or "" }
      series.first = series.first and series.first < date and series.first or date
      series.last = series.last and series.last > date and series.last or date
    end
  end
  add_sums(series)
  return series
end

-- Runs [fn] while the measure has no value on the day.
function M.without(name, measure, iso, fn)
  local cells = M.series(name, measure, {}).cells
  local serial = dates.new(iso).serial
  local cell = cells[serial]
  cells[serial] = nil
  local ok, why = pcall(fn)
  cells[serial] = cell
  if not ok then
    error(why, 0)
  end
end

function M.series(name, measure, filters)
  local key = { name, measure }
  for filter, value in pairs(filters) do
    key[#key + 1] = filter .. "=" .. value
  end
  key = table.concat(key, "\0")
  open[key] = open[key] or read(name, measure, filters)
  return open[key]
end

return M
