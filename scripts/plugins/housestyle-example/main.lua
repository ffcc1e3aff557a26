-- housestyle-example/main.lua - the house style of a newsroom, the Example, to copy from.
--
--     dateline run latest-developments --style example
--     dateline run latest-developments --style example --check example-words --strict
--
-- To make it yours: copy the folder, give it your name (its own and the "name" in plugin.json), and
-- your style's, phrase's and check's names in "provides"; main.lua must return what is declared
-- there. `dateline plugin check FOLDER` says whether it is. Lay it in plugins/ beside your
-- reports, or `dateline plugin add FOLDER`.
local phrase = require "dateline.phrase"
local words = require "lib.words"

-- Every field that a style has. What is left out is as in [base].
local style = {
  -- One of the core's styles: percent_word, percent_num, pa, guardian, bbc, govuk, ons, ap.
  base = "guardian",
  -- Whole numbers up to this are words in running text: "ten boats", "11 boats".
  spell_max = 10,
  -- The same for ordinals, up to 12: "the tenth day", "the 11th day".
  ordinal_max = 10,
  -- What follows the figure of a percentage, with the space before it where there is one.
  percent = " percent",
  -- Whether a small whole percentage is a word as other numbers are: "eight percent".
  percent_spelled = false,
  -- "day-month": 18 October 2024; "month-day": October 18, 2024.
  date = "day-month",
  -- The months' names beside a day; a month that stands alone ("in October") is never cut.
  day_months = {
    "Jan", "Feb", "March", "April", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec",
  },
  -- No sentence starts with a figure. Up to this, the number is a word there: "Forty-eight people".
  start_max = 50,
  -- Beyond it, the sentence opens with one of these: the first whose noun it has not used yet.
  openers = { "Altogether, ", "A total of " },
  -- Whether a heading may start with a figure: "647 people cross on Friday".
  title_figures = true,
}

-- A phrase is a function that reports use:
--
--     local house = require "plugin.housestyle-example"
--     doc:para { "{arrivals} on {day}.", day = phrase.weekday(p.date),
--       arrivals = house.arrivals(c.people:on(p.date), c.boats:on(p.date)) }
--
-- It gives a phrase ("647 people in ten boats"), or nil and a reason. The core's phrases are joined
-- with "..", not taken apart: each figure keeps its fact, and the fact its source.
local function arrivals(people, boats)
  local said, reason = phrase.count(people)
  if not said then
    return nil, reason
  elseif people.num == 0 then
    return said
  end
  local in_boats = phrase.count(boats)
  return in_boats and said .. " in " .. in_boats or said
end

-- A check is given the finished document and tells what it found, a text each. A finding is a
-- warning; with --strict the bulletin does not go out.
local function example_words(document)
  local findings = {}
  words.each_text(document, function(where, text)
    words.find(text, function(word, sentence, instead)
      findings[#findings + 1] = ("%s: '%s' in \"%s\"; %s"):format(where, word, sentence, instead)
    end)
  end)
  return findings
end

return {
  styles = { example = style },
  phrases = { arrivals = arrivals },
  checks = { ["example-words"] = example_words },
}
