-- scripts/dateline/when.lua - dates in prose: "October 18", "Friday", "the same point last year".
--
-- How much of a date is said depends on the day the bulletin is about: the year only when it is
-- another, a weekday's name alone only within its week. Where no such day is known, all is said.
local dates = require "native.date"
local piece = require "dateline.piece"
local reason = require "dateline.reason"
local styles = require "dateline.style"

local match, tonumber, type = string.match, tonumber, type
local none, new = reason.none, piece.new

local M = {}

-- The day of the bulletin that is being built, or nil. Each new document sets it.
local bulletin_day

function M.set_bulletin_day(day)
  bulletin_day = day
end

local function near_of(options)
  return options and options.near and dates.new(options.near) or bulletin_day
end

-- A value as a date; of a nil its reason is passed on. What is no date at all is a mistake.
local function read(value, options)
  if value == nil then
    return none(type(options) == "string" and options or nil)
  end
  return dates.new(value)
end

-- The date's words: with its year when [near] is in another or not known, or options.year says so.
local function day_text(style, day, near, options)
  local name = style.day_months[day.month]
  local text = style.date == "month-day" and name .. " " .. day.day or day.day .. " " .. name
  local with_year = not near or near.year ~= day.year
  if options and options.year ~= nil then
    with_year = options.year
  end
  if not with_year then
    return text
  end
  return text .. (style.date == "month-day" and ", " or " ") .. day.year
end

-- The run for a date in a template.
function M.day_run(style, day, fact, options)
  return { text = day_text(style, day, near_of(options), options), date = day, fact = fact }
end

-- "October 18" or "18 October"; in another year than the bulletin's "October 18, 2023". Options:
-- { near = date, year = true or false }.
function M.date(style, value, options)
  local day, why = read(value, options)
  if not day then
    return nil, why
  end
  options = type(options) == "table" and options or nil
  return new { M.day_run(style, day, piece.kind_of(value) == "fact" and value or nil, options) }
end

-- "Friday" for a day of the week that ends with the bulletin's day, else "Friday, October 18".
function M.weekday(style, value, options)
  local day, why = read(value, options)
  if not day then
    return nil, why
  end
  options = type(options) == "table" and options or nil
  local near = near_of(options)
  local text = day.weekday_name
  local ago = near and near - day
  if not ago or ago < 0 or ago > 6 then
    local between = style.date == "month-day" and ", " or " "
    text = text .. between .. day_text(style, day, near, options)
  end
  return new { { text = text, date = day } }
end

-- "October" or "October 2023": of a date, or of "2024-10".
function M.month(_, value, options)
  if type(value) == "string" and match(value, "^%d%d%d%d%-%d%d$") then
    value = value .. "-01"
  end
  local day, why = read(value, options)
  if not day then
    return nil, why
  end
  local near = near_of(type(options) == "table" and options or nil)
  local name = styles.months[day.month]
  if near and near.year == day.year then
    return new { { text = name, date = day } }
  end
  return new { { text = name .. " " .. day.year, date = day } }
end

-- "2022": of a number, or of a date. Its digits are meant as they stand.
function M.year(_, value, options)
  if value == nil then
    return none(type(options) == "string" and options or nil)
  end
  local year = math.type(value) == "integer" and value
    or (type(value) == "string" and tonumber(match(value, "^%d%d%d%d$")))
  if not year then
    local day, why = read(value)
    if not day then
      return nil, why
    end
    year = day.year
  end
  return new { { text = tostring(year), literal = true, year = true } }
end

-- The label of a comparison with the same calendar date of another year: "at the same point last
-- year", "at the same point in 2022".
function M.same_point(style, year, options)
  local near = near_of(options)
  if near and year == near.year - 1 then
    return new { "at the same point last year" }
  end
  return new { "at the same point in ", M.year(style, year).runs[1] }
end

return M
