-- tests/lua/test_style.lua - the house styles, by what they print.
local check = require "support.check"
local phrase = require "dateline.phrase"
local style = require "dateline.style"

local claim, equal, says, fails = check.claim, check.equal, check.says, check.fails

local function in_style(name)
  return phrase.style(name)
end

claim("small counts are words or figures as the style has it", function()
  for name, text in pairs {
    percent_word = "eight boats", pa = "eight boats", guardian = "eight boats", ap = "eight boats",
    govuk = "8 boats", ons = "8 boats",
  } do
    says(in_style(name).count(8, "boat"), text)
  end
  says(in_style("govuk").count(1, "boat"), "one boat")
  says(in_style("ons").count(1, "boat"), "1 boat")
end)

claim("percentages have the style's sign or words", function()
  for name, text in pairs {
    percent_word = "eight per cent", percent_num = "8 per cent", pa = "8%", guardian = "8%",
    govuk = "8%", bbc = "8%", ons = "8%", ap = "8%",
  } do
    says(in_style(name).percent(2088, 26116), text)
  end
  says(in_style("percent_word").percent(25, 100), "25 per cent")
end)

claim("dates are day first or month first, and AP cuts long months", function()
  for name, text in pairs {
    percent_word = "October 18, 2024", pa = "October 18, 2024", guardian = "18 October 2024",
    govuk = "18 October 2024", bbc = "18 October 2024", ap = "Oct. 18, 2024",
  } do
    says(in_style(name).date("2024-10-18"), text)
  end
  says(in_style("ap").date("2024-06-18"), "June 18, 2024")
  says(in_style("ap").month("2024-10"), "October 2024")
end)

claim("a sentence starts with no figure, each style in its way", function()
  for name, text in pairs {
    percent_word = "A total of 614 people made the journey.",
    pa = "Some 614 people made the journey.",
    guardian = "A total of 614 people made the journey.",
  } do
    local P = in_style(name)
    says(P.sentence { P.count(614, "person"), "made the journey" }, text)
  end
  for name, text in pairs {
    percent_word = "A total of 44 people came.", pa = "Some 44 people came.",
    guardian = "Forty-four people came.", govuk = "Forty-four people came.",
    bbc = "Forty-four people came.", ons = "A total of 44 people came.",
  } do
    local P = in_style(name)
    says(P.sentence { P.count(44, "person"), "came" }, text)
  end
end)

claim("a percentage at a sentence's start is words, without a sign", function()
  local P = in_style "pa"
  says(P.sentence { P.percent(8, 100), "of boats" }, "Eight per cent of boats.")
  says(P.sentence { P.percent(1, 1000), "of boats" }, "0.1% of boats.")
end)

claim("a date or a year at a sentence's start gets a word before it", function()
  local P = in_style "guardian"
  says(P.sentence { P.date "2024-10-18", "was wet" }, "Friday 18 October 2024 was wet.")
  says(P.sentence { P.year(2022), "was the peak" }, "The year 2022 was the peak.")
  says(P.sentence { P.nth(45), "in a row" }, "The 45th in a row.")
end)

claim("a sentence that speaks of a total opens with another word", function()
  local P = in_style "percent_word"
  says(P.sentence { P.count(647, "person"), "made a total" }, "In all, 647 people made a total.")
end)

claim("GOV.UK lets a heading start with a figure, the others do not", function()
  local template = require "dateline.template"
  local function heading(name)
    local markup, slots = template.render(style.named(name), "{n} in a day",
      { n = in_style(name).count(647, "person") }, true)
    return markup:gsub("\1(%d+)\2", function(i)
      return table.concat { slots[tonumber(i)][1].text or slots[tonumber(i)][1] }
    end)
  end
  equal((heading "govuk"), "647 in a day")
  equal((heading "bbc"), "A total of  in a day")
end)

claim("an unknown style names the nearest", function()
  fails(function() return phrase.style "guardain" end, "did you mean 'guardian'?")
end)

claim("the module speaks in the run's style, or in what the report chose", function()
  local fake = require "support.fake"
  fake.restart(nil)
  local styles, P = require "dateline.style", require "dateline.phrase"
  says(P.percent(2088, 26116), "8%")
  styles.choose "percent_word"
  says(P.percent(2088, 26116), "eight per cent")
  fake.restart "govuk"
  require("dateline.style").choose "percent_word"
  says(require("dateline.phrase").percent(2088, 26116), "8%")
end)
