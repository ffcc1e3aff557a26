-- tests/lua/test_hedge.lua - where each hedge is true, a stretch, or false.
local check = require "support.check"
local hedge = require "dateline.hedge"
local phrase = require "dateline.phrase"

local claim, equal, says, refuses, fails =
  check.claim, check.equal, check.says, check.refuses, check.fails

-- Each row: hedge, stated, then verdicts by value as num or { num, den }.
local function judges(rows)
  for _, row in ipairs(rows) do
    local word, stated, value, verdict = table.unpack(row)
    local num, den = value, 1
    if type(value) == "table" then
      num, den = value[1], value[2]
    end
    local got = hedge.judge(word, stated, num, den)
    if got ~= verdict then
      error(("%s %s of %s/%s: is %s, wanted %s"):format(word, stated, num, den, got, verdict), 2)
    end
  end
end

claim("more than 600 is 601 to 699", function()
  judges {
    { "more than", 600, 600, "false" }, { "more than", 600, 601, "accept" },
    { "more than", 600, 699, "accept" }, { "more than", 600, 700, "stretch" },
    { "over", 600, 5000, "stretch" }, { "above", 600, 599, "false" },
  }
end)

claim("the width of more than follows the roundness of the number", function()
  judges {
    { "more than", 100, 124, "accept" }, { "more than", 100, 125, "stretch" },
    { "more than", 650, 699, "accept" }, { "more than", 650, 700, "stretch" },
    { "more than", 28000, 28999, "accept" }, { "more than", 28000, 29000, "stretch" },
    { "more than", 25000, 29999, "accept" }, { "more than", 25000, 30000, "stretch" },
  }
end)

claim("almost eight is 7.6 up to but not 8", function()
  judges {
    { "almost", 8, { 759, 100 }, "stretch" }, { "almost", 8, { 76, 10 }, "accept" },
    { "almost", 8, { 799509, 100000 }, "accept" }, { "almost", 8, 8, "false" },
    { "almost", 8, { 81, 10 }, "false" }, { "almost", 8, { 72, 10 }, "stretch" },
    { "almost", 8, { 719, 100 }, "false" }, { "nearly", 8, { 208800, 26116 }, "accept" },
  }
end)

claim("almost a count stops short of silly", function()
  judges {
    { "almost", 10, 9, "stretch" }, { "almost", 20, 19, "accept" }, { "almost", 20, 18, "stretch" },
    { "almost", 500, 474, "stretch" }, { "almost", 500, 475, "accept" },
    { "almost", 500, 449, "false" }, { "almost", 1000, 949, "stretch" },
    { "almost", 1000, 950, "accept" }, { "almost", 1000, 899, "false" },
    { "close to", 600, 600, "false" },
  }
end)

claim("just under and just over are half as wide as their like", function()
  judges {
    { "just under", 8, { 779, 100 }, "stretch" }, { "just under", 8, { 78, 10 }, "accept" },
    { "just under", 8, 8, "false" }, { "just over", 8, { 804, 100 }, "accept" },
    { "just over", 8, { 82, 10 }, "stretch" }, { "just over", 8, { 84, 10 }, "false" },
    { "just over", 8, 8, "false" },
  }
end)

claim("fewer than mirrors more than", function()
  judges {
    { "fewer than", 600, 600, "false" }, { "fewer than", 600, 599, "accept" },
    { "fewer than", 600, 501, "accept" }, { "under", 600, 500, "stretch" },
    { "less than", 600, 1, "stretch" },
  }
end)

claim("about takes both sides and its ends", function()
  judges {
    { "about", 600, 570, "accept" }, { "about", 600, 569, "stretch" },
    { "about", 600, 630, "accept" }, { "around", 600, 631, "stretch" },
    { "roughly", 600, 661, "false" }, { "about", 600, 600, "accept" },
    { "about", 65, { 647, 10 }, "accept" }, { "about", 54, { 492, 9 }, "stretch" },
  }
end)

claim("some is about before a round number and exact before another", function()
  judges {
    { "some", 614, 614, "accept" }, { "some", 614, 615, "stretch" },
    { "some", 614, 616, "false" }, { "some", 600, 620, "accept" },
  }
end)

claim("at least and up to look one way", function()
  judges {
    { "at least", 45, 45, "accept" }, { "at least", 45, 46, "accept" },
    { "at least", 45, 44, "false" }, { "up to", 45, 45, "accept" }, { "up to", 45, 44, "accept" },
    { "up to", 45, 46, "false" },
  }
end)

claim("a bare figure stands for what rounds to it, half up", function()
  judges {
    { "rounded", 25, { 2449, 100 }, "stretch" }, { "rounded", 25, { 245, 10 }, "accept" },
    { "rounded", 25, { 25499, 1000 }, "accept" }, { "rounded", 25, { 255, 10 }, "stretch" },
    { "rounded", "0.1", { 1600, 15473 }, "accept" }, { "rounded", "0.1", { 16, 100 }, "stretch" },
    { "rounded", 600, 650, "stretch" }, { "rounded", 600, 649, "accept" },
  }
end)

claim("a full figure stands for itself, one off is a stretch", function()
  judges {
    { "exact", 28204, 28204, "accept" }, { "exact", 28204, 28205, "stretch" },
    { "exact", 28204, 28206, "false" },
  }
end)

claim("virtually level is within half a per cent and never equal", function()
  judges {
    { "level", 14627, 14630, "accept" }, { "level", 14627, 14627, "false" },
    { "level", 1000, 1005, "accept" }, { "level", 1000, 1006, "stretch" },
    { "level", 1000, 1011, "false" },
  }
end)

claim("multiples are within two per cent, or hedged", function()
  judges {
    { "times", 5, { 4343, 857 }, "accept" }, { "times", 3, { 28526, 8466 }, "false" },
    { "more than times", 3, { 28526, 8466 }, "accept" },
    { "more than times", 3, { 375, 100 }, "stretch" },
    { "almost times", 2, { 141, 74 }, "accept" }, { "almost times", 2, { 178, 100 }, "false" },
    { "almost times", 2, { 19, 10 }, "accept" }, { "almost times", 2, 2, "false" },
  }
end)

claim("fractions of a whole are within five per cent of themselves", function()
  judges {
    { "fraction", { 1, 3 }, { 36, 100 }, "stretch" },
    { "fraction", { 1, 3 }, { 34, 100 }, "accept" },
    { "fraction", { 1, 2 }, { 475, 1000 }, "accept" }, { "fraction", { 1, 2 }, { 4, 10 }, "false" },
  }
end)

claim("published wording is judged as its true figures are", function()
  judges {
    { "almost", 5000, 4656, "stretch" }, { "just over", 4000, 4385, "false" },
    { "nearly", 2000000, 2193843, "false" }, { "more than", 1250, 1295, "accept" },
    { "nearly", 900, 898, "accept" }, { "almost", 4000, 3838, "accept" },
    { "around", 20, { 210014, 10000 }, "stretch" },
  }
end)

claim("a lead says the roundest thing that is true", function()
  for n, text in pairs {
    [647] = "more than 600", [492] = "almost 500", [882] = "more than 800",
    [28204] = "more than 28,000", [600] = "600", [44] = "44", [898] = "more than 800",
    [3838] = "more than 3,800", [1295] = "more than 1,200", [1305] = "more than 1,300",
    [101] = "more than 100", [135] = "more than 130", [199] = "more than 190", [100] = "100",
    [250] = "250", [260] = "more than 250", [999] = "almost 1,000", [24600] = "almost 25,000",
    [9] = "nine", [0] = "none",
  } do
    says(phrase.approx(n), text)
  end
end)

claim("whatever a lead writes, a checker accepts: every number up to 60,000", function()
  for n = 0, 60000 do
    local name, stated = hedge.lead(n)
    if name then
      equal(hedge.judge(name, stated, n), "accept")
    else
      equal(stated, n)
    end
  end
end)

claim("a hedge beside a rounded figure is accepted too: all per cents to 300", function()
  for hundredths = 1, 30000 do
    local stated = (hundredths + 50) // 100
    local name = stated > 0 and hedge.beside(stated, hundredths, 100)
    if name then
      equal(hedge.judge(name, stated, hundredths, 100), "accept")
    end
  end
end)

claim("an author's hedge is refused where it blurs or lies", function()
  local said, why = phrase.hedge("about", 3299)
  refuses(said, why, "hedge before an exact non-round number")
  said, why = phrase.hedge("almost", 600, { stated = 600 })
  refuses(said, why, "600 is not almost 600")
  says(phrase.hedge("about", 3300), "about 3,300")
  says(phrase.hedge("more than", 647, { stated = 600, noun = "person" }), "more than 600 people")
end)

claim("a word that is no hedge is a mistake", function()
  fails(function() hedge.judge("kind of", 600, 601) end, "no hedge is called 'kind of'")
end)

claim("the thresholds are one table, given as a copy", function()
  local rules = phrase.rules()
  equal(rules.almost.accept.of_stated[1], 5)
  rules.almost.accept.of_stated[1] = 50
  equal(hedge.judge("almost", 600, 400), "false")
  equal(phrase.rules().almost.accept.of_stated[1], 5)
end)

claim("hedge_ok judges for authors", function()
  equal(phrase.hedge_ok("almost", 8, 2088 * 100, 26116), "accept")
end)
