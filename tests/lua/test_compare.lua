-- tests/lua/test_compare.lua - one number against another.
local check = require "support.check"
local phrase = require "dateline.phrase"
local measures = require "dateline.crossings"

local claim, equal, says, refuses, fails =
  check.claim, check.equal, check.says, check.refuses, check.fails

local function changes(rows)
  for _, row in ipairs(rows) do
    says(phrase.change(row[1], row[2], row[4]), row[3])
  end
end

claim("a percentage is for two counts that bear one", function()
  changes {
    { 28204, 26116, "eight per cent higher" },
    { 28204, 26116, "almost eight per cent higher", { hedge = true } },
    { 28204, 37603, "25 per cent lower" }, { 15489, 15473, "0.1 per cent more" },
    { 15457, 15473, "0.1 per cent fewer" }, { 1000, 1999, "50 per cent lower" },
    { 199, 105, "90 per cent higher" },
  }
end)

claim("equal counts are unchanged, and next to equal ones almost the same", function()
  changes {
    { 500, 500, "unchanged" }, { 0, 0, "none, as before" },
    { 14630, 14627, "almost exactly the same" }, { 14627, 14630, "almost exactly the same" },
  }
end)

claim("a base of none or of few is named, never divided by", function()
  changes {
    { 44, 0, "44, compared with none" }, { 0, 44, "none, compared with 44" },
    { 5, 2, "five, up from two" }, { 2, 5, "two, down from five" }, { 9, 2, "nine, up from two" },
    { 2000, 19, "2,000, up from 19" }, { 1, 19, "one, down from 19" },
  }
end)

claim("from double on it is multiples", function()
  changes {
    { 4343, 857, "five times as many" }, { 1341, 223, "six times as many" },
    { 28526, 8466, "more than three times as many" }, { 141, 74, "almost double" },
    { 200, 100, "double" }, { 240, 100, "more than double" },
    { 250, 100, "two and a half times as many" },
    { 270, 100, "more than two and a half times as many" },
    { 290, 100, "almost three times as many" }, { 377, 100, "3.8 times as many" },
    { 2000, 20, "100 times as many" }, { 940, 100, "more than nine times as many" },
    { 950, 100, "almost 10 times as many" },
  }
end)

claim("a fall to half is half, and a deep one a percentage", function()
  changes {
    { 50, 100, "half as many" }, { 20, 45, "less than half" }, { 49, 100, "less than half" },
    { 37, 100, "63 per cent lower" },
  }
end)

claim("every form of a change can be joined to its base", function()
  for _, row in ipairs {
    { 28204, 26116, "eight per cent higher than at the same point last year (26,116)" },
    { 500, 500, "unchanged from the same point last year (500)" },
    { 14630, 14627, "almost exactly the same as at the same point last year (14,627)" },
    { 44, 0, "compared with none at the same point last year" },
    { 0, 44, "compared with 44 at the same point last year" },
    { 0, 0, "as at the same point last year" },
    { 5, 2, "up from two at the same point last year" },
    { 200, 100, "double the number at the same point last year (100)" },
    { 240, 100, "more than double the number at the same point last year (100)" },
    { 500, 100, "five times as many as at the same point last year (100)" },
    { 50, 100, "half the number at the same point last year (100)" },
    { 20, 45, "less than half the number at the same point last year (45)" },
  } do
    says(phrase.versus { now = row[1], bases = true,
      { was = row[2], label = "at the same point last year" } }, row[3])
  end
end)

claim("two limbs that point one way are joined by and, else by but", function()
  says(phrase.versus { now = 28204,
    { was = 26116, label = "at the same point last year", hedge = true },
    { was = 37605, label = "the peak year of 2022" },
  }, "almost eight per cent higher than at the same point last year "
    .. "but 25 per cent down on the peak year of 2022")
  says(phrase.versus { now = 3434, { was = 2983, label = "2024" }, { was = 2953, label = "2023" } },
    "15 per cent higher than in 2024 and 16 per cent up on 2023")
end)

claim("a second limb leaves out what the first has said", function()
  says(phrase.versus { now = 0, { was = 44, label = "2024" }, { was = 66, label = "2022" } },
    "compared with 44 in 2024 and 66 in 2022")
  says(phrase.versus { now = 0, { was = 44, label = "2024" }, { was = 0, label = "2022" } },
    "compared with 44 in 2024 but none in 2022")
  says(phrase.versus { now = 5, { was = 2, label = "2024" }, { was = 3, label = "2022" } },
    "up from two in 2024 and from three in 2022")
  says(phrase.versus { now = 5, { was = 2, label = "2024" }, { was = 9, label = "2022" } },
    "up from two in 2024 but down from nine in 2022")
  says(phrase.versus { now = 0, { was = 0, label = "2024" }, { was = 44, label = "2022" } },
    "as in 2024 but compared with 44 in 2022")
end)

claim("a limb without its base is left out, and none at all is refused", function()
  says(phrase.versus { now = 3434, { was = nil, label = "2024" }, { was = 2953, label = "2023" } },
    "16 per cent higher than in 2023")
  says(phrase.versus { now = 3434, false, { was = 2953, label = "2023" } },
    "16 per cent higher than in 2023")
  local said, why = phrase.versus { now = 3434, { was = nil, label = "2024" } }
  refuses(said, why, "no base")
  said, why = phrase.versus { now = nil, { was = 3, label = "2024" } }
  refuses(said, why, "no figure to compare")
  said, why = phrase.versus { now = 3434 }
  refuses(said, why, "nothing to compare with")
end)

claim("a label may be a phrase, and a remark may follow", function()
  says(phrase.versus { now = 28204, bases = true, { was = 37603, after = ", the peak year",
    label = "at the same point of " .. phrase.year(2022) } },
    "25 per cent lower than at the same point of 2022 (37,603), the peak year")
end)

claim("each figure of a comparison knows its fact", function()
  local now = measures.people:year_to_date "2024-10-18"
  local was = measures.people:same_point("2024-10-18", 2023)
  local said, its = phrase.versus { now = now, bases = true,
    { was = was, label = "at the same point last year", hedge = true } }
  says(said, "almost eight per cent higher than at the same point last year (26,116)")
  local shown = {}
  for _, run in ipairs(said.runs) do
    if type(run) == "table" and run.fact then
      shown[#shown + 1] = run.text .. " " .. run.fact.unit
    end
  end
  equal(table.concat(shown, ", "), "eight percent, 26,116 person")
  equal(its.stated, "8")
  equal(its.hedge, "almost")
  equal(its.facts[1], now)
  equal(its.facts[2], was)
end)

claim("a comparison refuses what it cannot compare", function()
  local said, why = phrase.change(10, nil)
  refuses(said, why, "no base")
  said, why = phrase.change(10, nil, "2021 series incomplete")
  refuses(said, why, "2021 series incomplete")
  said, why = phrase.change(-3, 5)
  refuses(said, why, "negative count")
  said, why = phrase.change((measures.people / measures.boats):on "2024-10-18", 5)
  refuses(said, why, "only counts")
  fails(function()
    phrase.change(measures.people:on "2024-10-18", measures.boats:on "2024-10-18")
  end, "person cannot be compared with boat")
  fails(function() phrase.versus { now = 3, { was = 2 } } end, "limb 1 of versus has no label")
end)

claim("no form of a change ever says 0 per cent, or is hedged beyond the rules", function()
  for now = 0, 120 do
    for was = 0, 120 do
      local text = phrase.change(now, was, { hedge = true }).text
      if text:find "%f[%d]0 per cent" or text:find "%f[%d]0%.0" then
        error(("%d against %d: %s"):format(now, was, text))
      end
    end
  end
end)
