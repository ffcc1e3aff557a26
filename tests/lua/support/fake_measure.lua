-- tests/lua/support/fake_measure.lua - native.measure in plain Lua, over the bundled figures.
--
-- Only what the shipped reports and the phrases ask. Simple rather than fast: sums by prefix, all
-- else by going through the days.
local dates = require "native.date"
local facts = require "support.fake_fact"
local figures = require "support.fake_figures"
local reasons = require "native.reasons"

local Measure = { __name = "dateline.Measure" }
local methods = {}

local function none(reason, ...)
  reasons.note(reason:format(...))
  return nil, reason:format(...)
end

function Measure:__index(key)
  return methods[key]
end

-- Whether [date] has a value; else why not.
local function value_at(self, date)
  local cell = self.cells[date.serial]
  if cell then
    return cell.value
  elseif self.first_date and date < self.first_date then
    return none("%s: no figure for %s: the series begins on %s", self.name, date.iso,
      self.first_date.iso)
  elseif not self.last_date or date > self.last_date then
    return none("%s: no figure for %s: not yet published", self.name, date.iso)
  end
  return none("%s: no figure for %s: not collected", self.name, date.iso)
end

local function fact_of(self, num, from, to, expression, fields)
  fields = fields or {}
  fields.expression = self.name .. "." .. expression
  fields.from, fields.to, fields.date = from, to, to
  fields.sources, fields.provisional = { self.source }, self.source.provisional
  return facts.new(num, 1, fields.unit or self.unit, fields)
end

function methods:on(date)
  date = dates.new(date)
  if self.over then
    local over, why = self.over:on(date)
    local under, why_under = self.under:on(date)
    if not (over and under) then
      return nil, why or why_under
    elseif under.num == 0 then
      return none("%s: zero base", self.name)
    end
    return over / under
  elseif self.grain == "as_at" then
    return methods.latest_statement(self, date)
  end
  local value, why = value_at(self, date)
  if not value then
    return nil, why
  end
  return fact_of(self, value, date, date, ("on(%s)"):format(date.iso))
end

-- The latest statement at or before the date, in its year.
function methods:latest_statement(date)
  local day = date
  while day.year == date.year do
    local cell = self.cells[day.serial]
    if cell then
      return fact_of(self, cell.value, day:year_start(), day, ("on(%s)"):format(date.iso),
        { note = cell.note })
    end
    day = day - 1
  end
  return none("%s: nothing was reported up to %s", self.name, date.iso)
end

function methods:total(from, to)
  from, to = dates.new(from), dates.new(to)
  for _, date in ipairs { from, to } do
    local value, why = value_at(self, date)
    if not value then
      return nil, why
    end
  end
  local before = self.sums[from.serial - 1] or 0
  return fact_of(self, self.sums[to.serial] - before, from, to,
    ("total(%s, %s)"):format(from.iso, to.iso))
end

function methods:year_to_date(date)
  date = dates.new(date)
  return self:total(date:year_start(), date)
end

function methods:same_point(date, year)
  local other, moved = dates.new(date):in_year(year)
  local fact, why = self:total(other:year_start(), other)
  if fact and moved then
    fact.note = "29 February compared with 28 February"
  end
  return fact, why
end

function methods:year(year)
  return self:total(dates.make(year, 1, 1), dates.make(year, 12, 31))
end

function methods:week_ending(date)
  if self.grain == "week" then
    return methods.on(self, date)
  end
  return self:total(date - 6, date)
end

function methods:peak(options)
  assert(options.by == "year", "the fake knows only years")
  local to = options.to and dates.new(options.to) or self.last
  local best, tied
  for year = self.first_date.year, to.year do
    if dates.make(year, 12, 31) <= to then
      local fact = self:year(year)
      if fact and (not best or fact.num > best.num) then
        best, tied = fact, 1
      elseif fact and fact.num == best.num then
        tied = tied + 1
      end
    end
  end
  if not best then
    return none("%s: no whole year up to %s", self.name, to.iso)
  end
  return best, tied
end

local function starts(self, date, within)
  if within == "year" then
    return date:year_start()
  end
  return self.first_date
end

function methods:rank(date, options)
  date = dates.new(date)
  local within = options and options.within or "record"
  local value, why = value_at(self, date)
  if not value then
    return nil, why
  end
  local place, tied, day = 1, 0, starts(self, date, within)
  while day <= date do
    local other = self.cells[day.serial]
    if other and (within ~= "calendar-month" or day.month == date.month) then
      place = other.value > value and place + 1 or place
      tied = other.value == value and tied + 1 or tied
    end
    day = day + 1
  end
  return fact_of(self, place, date, date, ("rank(%s, {within=%s})"):format(date.iso, within),
    { unit = "rank" }), tied
end

function methods:highest_since(date)
  local value = value_at(self, date)
  local day = date - 1
  while value and day >= self.first_date do
    local other = self.cells[day.serial]
    if other and other.value >= value then
      return facts.date(day, {
        expression = ("%s.highest_since(%s)"):format(self.name, date.iso),
        sources = { self.source },
      })
    end
    day = day - 1
  end
  return none("%s: no earlier day was as high", self.name)
end

function methods:gap(date)
  date = dates.new(date)
  local value, why = value_at(self, date)
  if not value then
    return nil, why
  end
  local days, day = 0, date
  while self.cells[day.serial] and self.cells[day.serial].value == 0 do
    days, day = days + 1, day - 1
  end
  return fact_of(self, days, day + 1, date, ("gap(%s)"):format(date.iso), { unit = "day" })
end

function methods:days(options)
  local from, to = dates.new(options.from), dates.new(options.to)
  local count, day = 0, from
  while day <= to do
    local cell = self.cells[day.serial]
    count = cell and cell.value >= (options.min or 1) and count + 1 or count
    day = day + 1
  end
  return fact_of(self, count, from, to, ("days{from=%s, to=%s}"):format(from.iso, to.iso),
    { unit = "day" })
end

function methods:latest()
  return facts.date(self.last_date,
    { expression = self.name .. ".latest()", sources = { self.source } })
end

local M = {}

function methods:where(filters)
  local texts = {}
  for key, value in pairs(filters) do
    texts[#texts + 1] = key .. "=" .. value
  end
  return M.open {
    dataset = self.dataset, measure = self.column, filters = filters,
    name = self.name .. "{" .. table.concat(texts, ", ") .. "}",
  }
end

function Measure.__div(a, b)
  return setmetatable({
    name = ("(%s / %s)"):format(a.name, b.name), over = a, under = b, grain = a.grain,
    unit = a.unit .. "/" .. b.unit, first_date = a.first_date, last_date = a.last_date,
  }, Measure)
end

function M.open(spec)
  local series = figures.series(spec.dataset, spec.measure, spec.filters or {})
  return setmetatable({
    name = spec.name, dataset = spec.dataset, column = spec.measure, unit = series.unit,
    grain = series.grain, first_date = series.first, last_date = series.last, cells = series.cells,
    sums = series.sums, source = series.source,
  }, Measure)
end

return M
