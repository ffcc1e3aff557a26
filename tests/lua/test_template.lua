-- tests/lua/test_template.lua - templates: placeholders, clauses that go, how sentences start.
local check = require "support.check"
local fake = require "support.fake"
local phrase = require "dateline.phrase"
local styles = require "dateline.style"
local template = require "dateline.template"
local measures = require "dateline.crossings"

local claim, equal, says, fails = check.claim, check.equal, check.says, check.fails
local style = styles.named "percent_word"

-- The text of a template filled in, nil when nothing is left.
local function fill(text, values)
  local markup, slots = template.render(style, text, values or {})
  return markup and (markup:gsub("\1(%d+)\2", function(i)
    local texts = {}
    for n, run in ipairs(slots[tonumber(i)]) do
      texts[n] = type(run) == "string" and run or run.text
    end
    return table.concat(texts)
  end))
end

local function fills(rows)
  for _, row in ipairs(rows) do
    equal(fill(row[1], row[2]), row[3])
  end
end

claim("values stand in numbered slots, never in the markup", function()
  local markup, slots = template.render(style, "By *{who}* and {who}, {n} in all.",
    { who = "a*b", n = phrase.count(3, "boat") })
  equal(markup, "By *\0011\2* and \0012\2, \0013\2 in all.")
  equal(slots[1][1], "a*b")
  equal(slots[3][1].text, "three")
end)

claim("an author's text cannot forge a slot", function()
  equal(fill("One\0011\2 two.", {}), "One1 two.")
end)

claim("doubled braces are braces", function()
  fills { { "A set {{1, 2}} of {n}.", { n = "two" }, "A set {1, 2} of two." } }
end)

claim("a dropped clause takes the mark before it", function()
  fills {
    { "They came, {x?}.", {}, "They came." },
    { "They came, {x?}.", { x = "saw" }, "They came, saw." },
    { "They came, {x?}, and went.", {}, "They came, and went." },
    { "They came; {x?}; {y}.", { y = "then went" }, "They came; then went." },
    { "One thing: {x?}.", {}, "One thing." },
    { "They came – {x?} – by sea.", {}, "They came – by sea." },
    { "They came — {x?}.", {}, "They came." },
    { "They came and {x?}.", {}, "They came." },
    { "They came, but {x?}.", {}, "They came." },
    { "They came while {x?}.", {}, "They came." },
    { "They came, {x?}, {y?}, {z?}.", { y = "saw" }, "They came, saw." },
  }
end)

claim("a dropped first clause takes the mark behind it, and the next is capitalised", function()
  fills {
    { "{x?}, {n} came.", { n = "nobody" }, "Nobody came." },
    { "In {x?}, they came.", {}, "They came." },
    { "{x?} and {n} came.", { n = "many" }, "Many came." },
    { "{x?}, {n} came.", { n = phrase.count(8, "boat") }, "Eight boats came." },
    { "{x?}, {n} came.", { n = phrase.count(44, "boat") }, "A total of 44 boats came." },
    { "{x?}, **they** came.", {}, "**They** came." },
  }
end)

claim("a sentence whose only clause goes vanishes whole, and so does a paragraph", function()
  fills {
    { "They came. {x?}. They went.", {}, "They came. They went." },
    { "{x?}. They went.", {}, "They went." },
    { "They came. {x?}!", {}, "They came." },
    { "{x?}.", {}, nil },
    { "{x?}. {y?}.", {}, nil },
    { "Said {x?}.", {}, nil },
  }
end)

claim("brackets are clauses of their own and go with the space before them", function()
  fills {
    { "Up on last year ({x?}) again.", {}, "Up on last year again." },
    { "Up on last year ({x?}).", {}, "Up on last year." },
    { "Up on last year ({x}).", { x = phrase.count(26116) }, "Up on last year (26,116)." },
    { "Up ({x?}, {y?}).", { y = "b" }, "Up (b)." },
    { "Up ({x?}, b, {y?}).", {}, "Up (b)." },
    { "Up, ({x?}).", {}, "Up." },
  }
end)

claim("false, an empty text and an empty phrase are absent", function()
  fills {
    { "They came, {x?}.", { x = false }, "They came." },
    { "They came, {x?}.", { x = "" }, "They came." },
    { "They came, {x?}.", { x = phrase.literal "" }, "They came." },
  }
end)

claim("a comma in a number, a time or an address is no mark", function()
  fills {
    { "At 10:30 1,305 came, {x?}.", {}, "At 10:30 1,305 came." },
    { "See [it](https://example.org/a,b), {x?}.", {}, "See [it](https://example.org/a,b)." },
  }
end)

claim("a full stop in a number, an abbreviation or an address ends no sentence", function()
  fills {
    { "About 3.5 came, {x?}.", {}, "About 3.5 came." },
    { "Mr. {n} came, {x?}.", { n = "smith" }, "Mr. smith came." },
    { "See gov.uk for more, {x?}.", {}, "See gov.uk for more." },
    { "It is version {v}. It holds.", { v = "3.0" }, "It is version 3.0. It holds." },
  }
end)

claim("each sentence starts with a capital, after its marks too", function()
  fills {
    { "{a} came. {b} went.", { a = "he", b = "she" }, "He came. She went." },
    { "“{a}” they said. ({b} agreed.)", { a = "no", b = "she" }, "“No” they said. (She agreed.)" },
    { "*{a}* came.", { a = "he" }, "*He* came." },
    { "{a} came.", { a = "élan" }, "Élan came." },
    { "{a} says so.", { a = "gov.uk" }, "gov.uk says so." },
    { "{a} says so.", { a = "iPhone" }, "iPhone says so." },
  }
end)

claim("white space is one space, and a value's full stop is not doubled", function()
  fills {
    { "They\n   came,   {x?}.\n", {}, "They came." },
    { "They came at {t}.", { t = "5 p.m." }, "They came at 5 p.m." },
    { "They came at {t}.", { t = "two  in\nthe   night" }, "They came at two in the night." },
    { "Who came? {x?}. Nobody.", {}, "Who came? Nobody." },
  }
end)

claim("two figures side by side are kept apart by a comma", function()
  fills {
    { "In {y} {n} came.", { y = phrase.year(2022), n = phrase.count(1305, "person") },
      "In 2022, 1,305 people came." },
    { "In {y} {n} came.", { y = phrase.year(2022), n = phrase.count(8, "boat") },
      "In 2022 eight boats came." },
  }
end)

claim("a fact, a date and a whole number have the style's words", function()
  local people = measures.people:on "2024-10-18"
  local markup, slots = template.render(style, "So {n}, {d}, {e}, {i}, {r}.", {
    n = people, d = people.date, e = measures.people:latest(), i = 28204,
    r = (measures.people / measures.boats):on "2024-10-18",
  })
  equal(markup, "So \0011\2, \0012\2, \0013\2, \0014\2, \0015\2.")
  equal(slots[1][1].text, "647")
  equal(slots[1][1].fact, people)
  equal(slots[2][1].text, "October 18, 2024")
  equal(slots[3][1].text, "August 20, 2026")
  equal(slots[3][1].date.iso, "2026-08-20")
  equal(slots[4][1], "28,204")
  equal(slots[5][1].text, "64.7")
end)

claim("a misspelt placeholder or value names the nearest", function()
  fails(function() fill("{peple} came.", { people = "they" }) end,
    "the value 'people' has no place in the text, and {peple} has no value; give both one name")
  fails(function() fill("{people} came.", { people = "they", poeple = "we" }) end,
    "the value 'poeple' has no place in the text; write {poeple} in the text")
end)

claim("a required value that is nil raises with the reason the data gave", function()
  fake.forget_reasons()
  fails(function() fill("{n} came.", {}) end, "{n} has no value; give it one behind the text")
  fails(function() fill("{n} came in {m}.", { "", m = "boats" }) end,
    "{n} has no value; write {n?} where it may be left out")
  fails(function()
    fill("{n} came.", { n = phrase.count(measures.people:on "2017-12-31") })
  end, "{n} has no value: people: no figure for 2017-12-31: the series begins on 2018-01-01")
end)

claim("a value that has no place in a sentence is a mistake", function()
  fails(function() fill("{n} came.", { n = 7.5 }) end, "{n} is 7.5")
  fails(function() fill("{n} came.", { n = {} }) end, "{n} is a table")
  fails(function() fill("{n} came.", { n = measures.people }) end, "{n} is a measure")
end)

claim("a template that cannot be read says where and why", function()
  fails(function() fill("So {n came.", {}) end, "'{n' is not closed: a } is missing")
  fails(function() fill("So n} came.", {}) end, "'n}' closes a placeholder that was not opened")
  fails(function() fill("{ n } came.", {}) end, "'{ n }' has a space in it; write {n}")
  fails(function() fill("{} came.", {}) end, "'{}' has no name")
  fails(function() fill("{c.people} came.", {}) end,
    "'{c.people}' is no placeholder: letters, digits and _ make its name; write {people}, and")
  fails(function() fill("{1} came.", {}) end, "'{1}' is no placeholder")
  fails(function() fill("They came (so.", {}) end, "a ( without a )")
end)

claim("a clause that may go cannot take half of a pair of marks with it", function()
  fails(function() fill("They *came, {x?} saw* it.", {}) end, "cuts through a pair of marks")
  equal(fill("They came, *{x?}*.", {}), "They came.")
  equal(fill("They **came, {x?}, saw** it.", {}), "They **came, saw** it.")
end)

claim("a sentence as a phrase keeps its facts and its claim", function()
  local people = measures.people:on "2024-10-18"
  local said, its = phrase.sentence { phrase.count(people), "made the journey" }
  says(said, "A total of 647 people made the journey.")
  equal(said.runs[2].fact, people)
  equal(its.stated, "647")
end)
