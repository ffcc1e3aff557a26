-- tests/lua/test_every_day.lua - the bulletin of every day, in four styles: what none may say.
local aloud = require "support.aloud"
local bulletin = require "support.bulletin"
local check = require "support.check"
local dates = require "native.date"
local fake = require "support.fake"

local claim, equal = check.claim, check.equal

-- The faults of all days, at most ten of them, and how many days there were.
local function read_all(name)
  fake.restart(name)
  local style = require("dateline.style").current()
  local day, last, days, found = dates.new "2018-01-01", dates.new "2026-08-20", 0, {}
  while day <= last do
    for _, fault in ipairs(aloud.faults(bulletin.text(day.iso), style)) do
      if #found < 10 then
        found[#found + 1] = day.iso .. ": " .. fault
      end
    end
    day, days = day + 1, days + 1
  end
  return table.concat(found, "\n"), days
end

for _, name in ipairs { "percent_word", "pa", "guardian", "govuk" } do
  claim("no day's bulletin says what none may, in " .. name, function()
    local faults, days = read_all(name)
    equal(faults, "")
    equal(days, 3154)
  end)
end

claim("the search finds what it is there for", function()
  local style = require("dateline.style").named "pa"
  for text, fault in pairs {
    ["1 people came."] = "one person", ["They came"] = "no full stop", ["It is nan."] = "NaN",
    ["It is 0% up."] = "0%", ["It is 0 per cent up."] = "0 per cent", ["So  it is."] = "two spaces",
    ["It is 8.0 now."] = "a float", ["So , it is."] = "a comma", ["So (it is."] = "unbalanced",
    ["It was an error of a 8 boat."] = "an 8", ["The the boat."] = "twice",
    ["614 people came."] = "starts with a figure", ["All went. 614 came."] = "starts with a figure",
    ["they came."] = "no capital", ["It is nil."] = "nil", ["It is inf."] = "infinity",
  } do
    local found = table.concat(aloud.faults(text, style), "\n")
    if not found:find(fault, 1, true) then
      error(("in %q: %q is not found"):format(text, fault))
    end
  end
end)
