-- reports/latest-developments.lua - one day's figures, and what they mean: the daily bulletin.
local c = require "dateline.crossings"
local data = require "dateline.data"
local phrase = require "dateline.phrase"

-- A running count older than this is no news; older than the second, its own day is named.
local stale_days, fresh_days = 31, 3
-- With fewer years behind it, last year is not called the peak.
local record_years = 3

-- "More than 600 people", and then exactly; a small number is exact at once.
local function add_lead(doc, day, people, boats)
  local lead, weekday = phrase.approx(people), phrase.weekday(day)
  local record = people.num > 0 and phrase.record(c.people, day) or nil
  local milestone = phrase.milestone(c.people, day, 1000)
  if not lead.claim.hedge then
    doc:para { "{people} crossed the Channel in {boats} on {weekday}, {record?}, {milestone?}.",
      people = lead, weekday = weekday, record = record, milestone = milestone,
      boats = people.num > 0 and phrase.count(boats, "small boat") or "small boats" }
    return nil
  end
  doc:para { "{people} crossed the Channel in {boats} on {weekday}.",
    people = lead, weekday = weekday,
    boats = boats and boats.num == 1 and phrase.count(boats, "small boat") or "small boats" }
  local where = boats and " in {boats}" or ""
  return { "{people} made the crossing" .. where .. ", {record?}, {milestone?}.",
    people = phrase.count(people), boats = boats and phrase.count(boats),
    record = record, milestone = milestone }
end

-- How long there have been none, and when the last were.
local function days_without(day, people)
  local gap = people.num == 0 and c.people:gap(day)
  if not gap or gap.num < 2 then
    return nil
  elseif gap.from == c.people.first_date then
    return { "No crossings have been recorded since the figures began, on {start}.",
      start = phrase.date(gap.from, { year = true }) }
  end
  local last = c.people:on(gap.from - 1)
  return {
    "It was {nth} in a row without any. "
      .. "The most recent crossings were on {last?}, when {count?} arrived.",
    nth = phrase.nth(gap), last = last and phrase.date(last.date), count = phrase.count(last) }
end

-- The year so far beside the same point of the last year and of the peak year, which is found, not
-- given; on its last day, whole years.
local function year_so_far(day, total, people)
  local year, whole = day.year, day == day:year_end()
  local peak = c.people:peak { by = "year", to = day:year_start() - 1 }
  local top, beaten = peak and peak.from.year, peak and total > peak
  local last_is_peak = top == year - 1 and year - c.people.first_date.year >= record_years
  local compared = phrase.versus { now = total, bases = true,
    { was = c.people:same_point(day, year - 1), hedge = true,
      label = whole and "in the previous year" or "at the same point last year",
      after = last_is_peak and not beaten and ", the peak year so far" },
    top and top < year - 1 and not beaten and { was = c.people:same_point(day, top),
      label = (whole and "in the peak year, " or "at the same point of the peak year, ")
        .. phrase.year(top) },
  }
  if not compared and total == people then
    return nil
  end
  local period = whole and "for the year" or "so far this year"
  if total.num == 0 then
    return compared and { "{total} have been recorded crossing {period}, {compared}.",
      total = phrase.count(total), period = period, compared = compared }
  end
  return { "The {kind} stands at {total} {period}, {compared?}, {beaten?}.",
    kind = total.provisional and "provisional total" or "total",
    total = phrase.count(total, { bare = true }), period = period, compared = compared,
    beaten = beaten and (whole and "the most in any year on record"
      or "already more than in the whole of " .. phrase.year(top)) }
end

-- The latest whole week before the day, where both sides of the Channel were counted.
local function week(day)
  local sunday = (day - 1):last_weekday(7)
  local contrast = phrase.contrast(
    c.weekly.people:week_ending(sunday), "arrived",
    c.weekly.prevented:week_ending(sunday), "were prevented from crossing by French authorities")
  return contrast and { "In the week to {sunday}, {contrast}.",
    sunday = phrase.date(sunday), contrast = contrast }
end

-- The latest statement that a bulletin of the next day could know, and whether it is fresh; nil
-- when it is old.
local function running_count(measure, day)
  local count = measure:on(day == day:year_end() and day or day + 1)
  if count and day - count.to <= stale_days then
    return count, day - count.to <= fresh_days
  end
end

local function loss_of_life(day)
  local count, fresh = running_count(c.deaths:where { source = "French coastguards" }, day)
  if not count or count.num == 0 then
    return nil
  elseif fresh then
    return { "The most recent loss of life was {death}.",
      death = phrase.nth(count, { source = "French coastguards" }) }
  end
  return { "By {date}, French coastguards had reported {deaths} this year.",
    date = phrase.date(count.to), deaths = phrase.count(count) }
end

local function departures(day)
  local count, fresh = running_count(c.departures:where { country = "BE" }, day)
  if not count then
    return nil
  elseif fresh then
    return { "There {have} been {boats} from Belgium so far this year, according to press reports.",
      have = phrase.verb(count, "has", "have"), boats = phrase.count(count) }
  end
  return { "By {date}, there had been {boats} from Belgium this year, according to press reports.",
    date = phrase.date(count.to), boats = phrase.count(count) }
end

return {
  title = "Latest developments",
  params = { date = { type = "date", default = "latest", help = "the day the bulletin is about" } },
  build = function(doc, p)
    local day = p.date
    local people, reason = c.people:on(day)
    if not people then
      refuse(reason)
    end
    local boats, total = c.boats:on(day), c.people:year_to_date(day)
    -- On its first day, and when nobody had come before, the day is the year so far.
    local is_start = day == day:year_start() or not total
    local is_first = total and people.num > 0 and total == people
      and day.year > c.people.first_date.year
    doc:heading "LATEST DEVELOPMENTS"
    local detail = add_lead(doc, day, people, boats)
    -- An analyst's own store may hold the daily figures alone.
    local in_week = data.holds "small-boats-weekly" and week(day)
    local average = boats and boats.num > 1 and phrase.per(people, boats)
    doc:list {
      detail,
      days_without(day, people),
      is_first and { "They were the first to arrive this year." },
      not is_start and year_so_far(day, total, people),
      average and { "There was {average}.", average = average },
      in_week,
      data.holds "channel-deaths" and loss_of_life(day),
      data.holds "departures" and departures(day),
    }
    if in_week then
      doc:note { "{caveat?}", caveat = phrase.literal(data.open("small-boats-weekly").caveat) }
    end
    local other, moved = day:in_year(day.year - 1)
    if moved then
      doc:note { "Totals to {here} are compared with totals to {there} in other years.",
        here = phrase.date(day), there = phrase.date(other, { year = false }) }
    end
    doc:sources()
  end,
}
