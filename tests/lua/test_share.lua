-- tests/lua/test_share.lua - parts of a whole, and two counts side by side.
local check = require "support.check"
local phrase = require "dateline.phrase"
local measures = require "dateline.crossings"

local claim, equal, says, refuses = check.claim, check.equal, check.says, check.refuses

claim("a share is a fraction where one is near", function()
  for _, row in ipairs {
    { 49, 100, "almost half" }, { 50, 100, "half" }, { 36, 100, "more than a third" },
    { 1, 3, "a third" }, { 26, 100, "more than a quarter" }, { 2, 3, "two-thirds" },
    { 74, 100, "almost three-quarters" }, { 20, 100, "a fifth" }, { 17, 100, "17 per cent" },
    { 43, 100, "43 per cent" },
  } do
    says(phrase.share(row[1], row[2]), row[3])
  end
end)

claim("a small share is one in so many, as round as is true", function()
  says(phrase.share(45, 28204), "about one in 600")
  says(phrase.share(1, 50), "one in 50")
  says(phrase.share(2, 27), "about one in 14")
end)

claim("nothing is none and the whole is all", function()
  says(phrase.share(0, 5), "none")
  says(phrase.share(5, 5), "all")
end)

claim("a part beyond its whole, or of nothing, is refused", function()
  local said, why = phrase.share(5, 3)
  refuses(said, why, "above its whole")
  said, why = phrase.share(1, 0)
  refuses(said, why, "zero denominator")
  said, why = phrase.share(nil, 3)
  refuses(said, why, "a share needs")
end)

claim("a share of facts shows a fact", function()
  local part, whole = measures.people:on "2024-10-18", measures.people:year_to_date "2024-10-18"
  local said = phrase.share(part, whole)
  says(said, "about one in 44")
  equal(said.runs[2].fact.num, 28204)
end)

claim("two counts stand side by side, their verbs agreeing", function()
  says(phrase.contrast(613, "arrived", 528, "were prevented"),
    "613 arrived while 528 were prevented")
  says(phrase.contrast(613, "arrived", 1, "were prevented"), "613 arrived while one was prevented")
  says(phrase.contrast(613, "arrived", 0, "were prevented"), "613 arrived and none were prevented")
  local said, its = phrase.contrast(measures.weekly.people:week_ending "2024-10-13", "arrived",
    measures.weekly.prevented:week_ending "2024-10-13", "were prevented")
  says(said, "613 people arrived while 528 were prevented")
  equal(its.also[1].stated, "528")
end)

claim("without both counts there is nothing side by side", function()
  local said, why = phrase.contrast(613, "arrived",
    measures.weekly.prevented:week_ending "2024-04-28", "were prevented")
  refuses(said, why, "weekly.prevented")
end)
