-- tests/lua/test_number.lua - numbers in words and in figures, and exact rounding.
local check = require "support.check"
local number = require "dateline.number"
local style = require "dateline.style"

local claim, equal = check.claim, check.equal

claim("whole numbers have words", function()
  for n, words in pairs {
    [0] = "nought", [1] = "one", [10] = "ten", [13] = "thirteen", [20] = "twenty",
    [21] = "twenty-one", [30] = "thirty", [44] = "forty-four", [99] = "ninety-nine",
    [100] = "one hundred", [206] = "two hundred and six", [647] = "six hundred and forty-seven",
    [1000] = "one thousand", [1001] = "one thousand and one",
    [28204] = "twenty-eight thousand two hundred and four", [1000000] = "one million",
  } do
    equal(number.words(n), words)
  end
end)

claim("below nothing and beyond the scale there are no words", function()
  equal(number.words(-1), nil)
  equal(number.words(1000000000000), nil)
end)

claim("figures are grouped by thousands, to the ends of 64 bits", function()
  for n, text in pairs {
    [0] = "0", [999] = "999", [1000] = "1,000", [28204] = "28,204", [1000000] = "1,000,000",
    [-1305] = "-1,305", [math.maxinteger] = "9,223,372,036,854,775,807",
    [math.mininteger] = "-9,223,372,036,854,775,808",
  } do
    equal(number.group(n), text)
  end
end)

claim("small numbers are words, as far as the style goes", function()
  equal(number.figure(style.named "pa", 9), "nine")
  equal(number.figure(style.named "pa", 10), "10")
  equal(number.figure(style.named "govuk", 1), "one")
  equal(number.figure(style.named "govuk", 2), "2")
  equal(number.figure(style.named "ons", 1), "1")
  equal(number.figure(style.named "pa", 0), "0")
end)

claim("ordinals end as they are said", function()
  local pa = style.named "pa"
  for n, text in pairs {
    [1] = "first", [9] = "ninth", [10] = "10th", [11] = "11th", [12] = "12th", [13] = "13th",
    [21] = "21st", [22] = "22nd", [23] = "23rd", [45] = "45th", [100] = "100th", [101] = "101st",
    [111] = "111th", [112] = "112th", [1001] = "1,001st",
  } do
    equal(number.ordinal(pa, n), text)
  end
end)

claim("a half rounds up, and a fall as the same rise would", function()
  equal(number.round(19, 2), 10)
  equal(number.round(21, 2), 11)
  equal(number.round(-19, 2), -10)
  equal(number.round(208800, 26116), 8)
  equal(number.round(math.maxinteger, math.maxinteger), 1)
  equal(number.round(math.maxinteger - 1, 2), math.maxinteger // 2)
end)

claim("tenths have a point only where they are not whole", function()
  equal(number.tenths(number.round_tenths(647, 10)), "64.7")
  equal(number.tenths(number.round_tenths(650, 10)), "65")
  equal(number.tenths(number.round_tenths(5, 100)), "0.1")
  equal(number.tenths(number.round_tenths(4, 100)), "0")
  equal(number.tenths(12045), "1,204.5")
end)

claim("a float without a fraction is whole, and nothing else that is no integer", function()
  equal(number.whole(647.0), 647)
  equal(number.whole(647.5), nil)
  equal(number.whole(0 / 0), nil)
  equal(number.whole(math.huge), nil)
  equal(number.whole("647"), nil)
  equal(number.whole(nil), nil)
end)
