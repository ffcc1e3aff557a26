-- scripts/dateline/notable.lua - what makes a figure news: milestones, records, places, empty days.
--
-- Each asks the measure for facts of its own and keeps quiet (nil and a reason) unless what it says
-- is true and worth saying.
local count = require "dateline.count"
local dates = require "native.date"
local fail = require "dateline.fail"
local noun = require "dateline.noun"
local number = require "dateline.number"
local piece = require "dateline.piece"
local reason = require "dateline.reason"
local when = require "dateline.when"

local none, claim, new = reason.none, piece.claim, piece.new

local M = {}

-- A total that passes several milestones in a day has passed the largest.
local function milestone_of(before, after, step)
  local mark = after // step * step
  if mark > 0 and before < mark then
    return mark
  end
end

-- milestone(measure, date, step): "pushing the total for the year above 28,000", or "taking the
-- total for the year to 28,000" at the mark itself; nil when the day passed none. For other totals
-- milestone { before =, after =, step = }.
function M.milestone(style, measure, day, step)
  local before, after, fact
  if piece.kind_of(measure) == "measure" then
    local on, why = measure:on(day)
    if not on then
      return none(why)
    end
    fact, why = measure:year_to_date(day)
    if not fact then
      return none(why)
    end
    after = piece.count(fact)
    before = after - piece.exact(on)
  else
    local why
    before, why = piece.count(measure.before)
    if not before then
      return none(why)
    end
    after, fact = piece.count(measure.after)
    if not after then
      return none(fact)
    end
    step = measure.step
  end
  if math.type(step) ~= "integer" or step < 1 then
    fail("a milestone needs its step", nil, "a whole number above 0, such as 1000")
  end
  local mark = milestone_of(before, after, step)
  if not mark then
    return none "no milestone was passed"
  end
  local exact = mark == after
  local run = count.figure_run(style, mark, fact)
  local lead = exact and "taking the total for the year to "
    or "pushing the total for the year above "
  return new({ lead, run }, claim {
    stated = number.group(mark), hedge = not exact and "above" or nil,
    unit = fact and fact.unit or "", actual = fact or after, facts = piece.facts(fact),
  })
end

-- What a place must be to be news. days_min: with fewer days it is no record (on record, a whole
-- year, so that no season passes for one); years_min: the same for a calendar month; place_max: no
-- place below it is told, and none that is not the place of at least so many busy days.
local scopes = {
  record = { days_min = 365, place_max = 1 },
  year = { days_min = 30, place_max = 3 },
  ["calendar-month"] = { days_min = 30, years_min = 3, place_max = 1 },
}
local busy_days_a_place = 5
local since_days_min = 30

-- The first day of the scope that [day] stands in.
local function scope_start(measure, day, within)
  local start = day:year_start()
  return within == "year" and start > measure.first_date and start or measure.first_date
end

-- The words behind the place, with the runs they are made of.
local function scope_words(measure, day, within)
  if within == "record" then
    return " number on a single day since records began in ",
      when.year(nil, measure.first_date).runs[1]
  elseif within == "calendar-month" then
    return " number for a day in " .. day.month_name
  end
  return " number on a single day so far this year"
end

-- Whether so few days lie behind the place that it says nothing, and why.
local function too_few(measure, day, within, place)
  local scope = scopes[within]
  local start = scope_start(measure, day, within)
  if day - start + 1 < scope.days_min then
    return ("fewer than %d days to compare with"):format(scope.days_min)
  elseif scope.years_min and day.year - measure.first_date.year < scope.years_min then
    return ("fewer than %d years to compare with"):format(scope.years_min)
  end
  local busy, why = measure:days { from = start, to = day, min = 1 }
  if not busy or busy.num < place * busy_days_a_place then
    return why or "too few days with any to compare with"
  end
end

local function place_phrase(style, measure, day, within, rank, tied)
  local place = rank.num
  local runs
  if place == 1 then
    runs = { tied > 1 and "equalling the " or "the ", { text = "highest", fact = rank } }
  else
    runs = {
      tied > 1 and "the joint " or "the ",
      { text = number.ordinal(style, place), fact = rank, ordinal = true }, " highest",
    }
  end
  local words, year = scope_words(measure, day, within)
  runs[#runs + 1] = words
  runs[#runs + 1] = year
  return new(runs, claim {
    stated = number.group(place), unit = "rank", actual = rank, facts = piece.facts(rank),
  })
end

-- rank(measure, date, { within = "year" }): "the third highest number on a single day so far this
-- year"; nil when the place is not worth telling. within: "record" (the default), "year" or
-- "calendar-month".
function M.rank(style, measure, value, options)
  local within = options and options.within or "record"
  local scope = scopes[within]
  if not scope then
    fail(("no scope is called '%s'"):format(tostring(within)), nil,
      "one of record, year, calendar-month")
  end
  local day = dates.new(value)
  local on, why = measure:on(day)
  if not on then
    return none(why)
  elseif on.num <= 0 then
    return none "zero is not a record high"
  end
  local rank, tied = measure:rank(day, { within = within })
  if not rank then
    return none(tied)
  elseif rank.num > scope.place_max then
    return none(("it is only number %d"):format(rank.num))
  end
  why = too_few(measure, day, within, rank.num)
  if why then
    return none(why)
  end
  return place_phrase(style, measure, day, within, rank, tied)
end

-- highest_since(measure, date): "the highest daily total since January 17, when 358 people
-- arrived"; nil when that day was not long ago.
function M.highest_since(style, measure, value)
  local day = dates.new(value)
  local since, why = measure:highest_since(day)
  if not since then
    return none(why)
  elseif day - since.date < since_days_min then
    return none(("a day less than %d days ago was as high"):format(since_days_min))
  end
  local busy = measure:days { from = since.date, to = day, min = 1 }
  if not busy or busy.num < busy_days_a_place then
    return none "too few days with any to compare with"
  end
  local then_count
  then_count, why = count.count(style, measure:on(since.date))
  if not then_count then
    return nil, why
  end
  local since_run = when.day_run(style, since.date, since)
  local runs = { "the highest daily total since ", since_run, ", when " }
  table.move(then_count.runs, 1, #then_count.runs, #runs + 1, runs)
  runs[#runs + 1] = " arrived"
  return new(runs, claim {
    stated = since.date.iso, unit = "date", actual = since,
    facts = piece.facts(since, then_count.claim.facts[1]),
  })
end

-- Whether [day] is the first day ever that had any, with others before it that had none.
local function is_first(measure, day)
  local value = measure:on(day)
  if not value or value.num <= 0 or day == measure.first_date then
    return false
  end
  local busy = measure:days { from = measure.first_date, to = day, min = 1 }
  return busy and busy.num == 1
end

-- record(measure, date): the strongest of these that is true and worth telling: highest on record,
-- of the year, for a day in that month; second or third of the year; highest for a month or more.
function M.record(style, measure, value)
  local day = dates.new(value)
  if is_first(measure, day) then
    return new({ "the first recorded" }, claim { stated = "first", unit = "rank", facts = {} })
  end
  local said = M.rank(style, measure, day)
  said = said or M.rank(style, measure, day, { within = "year" })
  if said and said.claim.stated == "1" then
    return said, said.claim
  end
  said = M.rank(style, measure, day, { within = "calendar-month" }) or said
  if said then
    return said, said.claim
  end
  return M.highest_since(style, measure, day)
end

-- streak(measure, date): "no people for 11 days", up to and including the date; nil when there were
-- some.
function M.streak(style, measure, day)
  local gap, why = measure:gap(day)
  if not gap then
    return none(why)
  elseif gap.num == 0 then
    return none "there were some on that day"
  end
  local days = count.count(style, gap, "day")
  local runs = { "no " .. noun.plural(measure.unit) .. " for " }
  table.move(days.runs, 1, #days.runs, 2, runs)
  return new(runs, days.claim)
end

return M
