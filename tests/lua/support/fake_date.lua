-- tests/lua/support/fake_date.lua - native.date in plain Lua.
local Date = { __name = "dateline.Date" }

local weekdays = {
  "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
}
local months = {
  "January", "February", "March", "April", "May", "June", "July", "August", "September",
  "October", "November", "December",
}

local function is_leap(year)
  return year % 4 == 0 and (year % 100 ~= 0 or year % 400 == 0)
end

local function days_in(year, month)
  local days = { 31, is_leap(year) and 29 or 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 }
  return days[month]
end

-- Days since 1970-01-01 (Howard Hinnant's algorithm).
local function serial_of(year, month, day)
  local y = month <= 2 and year - 1 or year
  local era = y // 400
  local of_era = y - era * 400
  local of_year = (153 * (month > 2 and month - 3 or month + 9) + 2) // 5 + day - 1
  return era * 146097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719468
end

local known = {}

local function make(year, month, day)
  local serial = serial_of(year, month, day)
  if known[serial] then
    return known[serial]
  end
  local weekday = (serial + 3) % 7 + 1
  known[serial] = setmetatable({
    year = year, month = month, day = day, serial = serial, weekday = weekday,
    iso = ("%04d-%02d-%02d"):format(year, month, day), weekday_name = weekdays[weekday],
    month_name = months[month], yearday = serial - serial_of(year, 1, 1) + 1,
  }, Date)
  return known[serial]
end

local function from_serial(serial)
  if known[serial] then
    return known[serial]
  end
  local z = serial + 719468
  local era = z // 146097
  local of_era = z - era * 146097
  local y = (of_era - of_era // 1460 + of_era // 36524 - of_era // 146096) // 365
  local of_year = of_era - (365 * y + y // 4 - y // 100)
  local mp = (5 * of_year + 2) // 153
  local month = mp < 10 and mp + 3 or mp - 9
  return make(y + era * 400 + (month <= 2 and 1 or 0), month, of_year - (153 * mp + 2) // 5 + 1)
end

local methods = {}
Date.__index = methods

function Date.__add(a, b)
  return from_serial(a.serial + b)
end

function Date.__sub(a, b)
  return type(b) == "number" and from_serial(a.serial - b) or a.serial - b.serial
end

function Date.__eq(a, b)
  return a.serial == b.serial
end

function Date.__lt(a, b)
  return a.serial < b.serial
end

function Date.__le(a, b)
  return a.serial <= b.serial
end

function Date:__tostring()
  return self.iso
end

function methods:in_year(year)
  local moved = self.month == 2 and self.day == 29 and not is_leap(year)
  return make(year, self.month, moved and 28 or self.day), moved
end

function methods:year_start()
  return make(self.year, 1, 1)
end

function methods:year_end()
  return make(self.year, 12, 31)
end

function methods:month_start()
  return make(self.year, self.month, 1)
end

function methods:month_end()
  return make(self.year, self.month, days_in(self.year, self.month))
end

function methods:last_weekday(weekday)
  return self - (self.weekday - weekday) % 7
end

local M = {}

M.make = make

function M.is(value)
  return getmetatable(value) == Date
end

function M.hint() end

function M.new(value)
  if type(value) == "string" then
    local y, m, d = value:match "^(%d%d%d%d)%-(%d%d)%-(%d%d)$"
    y, m, d = tonumber(y), tonumber(m), tonumber(d)
    if not y or m < 1 or m > 12 or d < 1 or d > days_in(y, m) then
      error(("'%s' is no date"):format(value), 0)
    end
    return make(y, m, d)
  elseif M.is(value) then
    return value
  end
  return type(value) == "table" and value.date or error(type(value) .. " is no date", 0)
end

return M
