-- tests/lua/support/aloud.lua - what no bulletin may say, in any style, on any day.
local M = {}

-- Patterns that are wrong wherever they stand, with what to say about them. A space stands before
-- and behind each line.
local never = {
  { "%f[%w]1 people%f[%W]", "one person is no people" },
  { "[^%w-]one people%f[%W]", "one person is no people" },
  { "[^%w-]one boats%f[%W]", "one boat is no boats" },
  { "%f[%w]1 boats%f[%W]", "one boat is no boats" },
  { "%f[%w]0%.?0* per cent", "nothing changes by 0 per cent" },
  { "%f[%w]0%.?0*%%", "nothing changes by 0%" },
  { "%f[%a]nan%f[%A]", "NaN" }, { "%f[%a]nil%f[%A]", "nil" }, { "%f[%a]inf%f[%A]", "infinity" },
  { "table: 0x", "a table" }, { "userdata", "a userdata" }, { "dateline%.", "a type's name" },
  { "%d%.0%f[%D]", "a float" }, { "%de[+-]?%d", "an exponent" },
  { "  ", "two spaces" }, { " ,", "a comma after a space" }, { ", ,", "an empty clause" },
  { ",,", "an empty clause" }, { ",%.", "an empty clause" }, { "%(%)", "empty brackets" },
  { " %.", "a full stop after a space" }, { "%.%.", "two full stops" }, { "and ,", "a loose and" },
  { " and%.", "a loose and" }, { " but%.", "a loose but" }, { ", and and ", "two ands" },
  { "[\1\2{}]", "a mark of the template" }, { "%f[%w]a 8%f[%W]", "an 8" },
  { "%f[%w]a 11%f[%W]", "an 11" }, { "%f[%a]a eight", "an eight" }, { "%-%d", "a minus" },
}

local function has_stop(line)
  return line:find "[.!?]$" or line:find "^#" or line:find "^|" or line:find "^Table: "
    or line == "---"
end

-- A sentence of a line, one after the other.
local function sentences(line)
  return line:gsub("^[-#]+ ", ""):gsub("^Note: ", ""):gmatch "[^.!?]+[.!?]*%s*"
end

local function starts_with_figure(line, style)
  for sentence in sentences(line) do
    -- A full stop inside a number or an abbreviation starts no sentence: "3.5", "v3.0", "Oct. 18".
    if sentence:find "^%d" and not line:find("%d%." .. sentence:match "^%d+")
      and not (style.day_months[10] == "Oct." and line:find("%a%. " .. sentence:match "^%d+")) then
      return true
    end
  end
end

local function balanced(line)
  local _, opened = line:gsub("%(", "")
  local _, closed = line:gsub("%)", "")
  return opened == closed
end

-- What is wrong with a bulletin's text, as a list of sentences.
function M.faults(text, style)
  local faults = {}
  local function add(what, line)
    faults[#faults + 1] = ("%s: %s"):format(what, line)
  end
  for line in text:gmatch "[^\n]+" do
    local spaced = " " .. line .. " "
    for _, rule in ipairs(never) do
      if spaced:find(rule[1]) and not (rule[2] == "a float" and line:find "v3%.0") then
        add(rule[2], line)
      end
    end
    local again = spaced:lower():match "%f[%a](%a+) %1%f[%A]"
    if again then
      add("'" .. again .. "' twice", line)
    end
    if not has_stop(line) then
      add("no full stop", line)
    end
    if not balanced(line) then
      add("unbalanced brackets", line)
    end
    if not line:find "^|" and starts_with_figure(line, style) then
      add("a sentence starts with a figure", line)
    end
    if line:find "^%- %l" or line:find "^%l" then
      add("no capital", line)
    end
  end
  return faults
end

return M
