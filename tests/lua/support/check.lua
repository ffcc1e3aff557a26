-- tests/lua/support/check.lua - claims and what is checked of them.
--
--   claim("none is plural", function() equal(said, "no boats") end)
local M = { claims = {} }

function M.claim(name, fn)
  M.claims[#M.claims + 1] = { name = name, fn = fn }
end

local function shown(value)
  if type(value) == "string" then
    return ("%q"):format(value):gsub("\\\n", "\\n")
  end
  return tostring(value)
end

-- The two, one above the other, with a caret where they part.
local function difference(actual, expected)
  local is, want = shown(actual), shown(expected)
  local at = 1
  while at <= #is and is:byte(at) == want:byte(at) do
    at = at + 1
  end
  return ("is     %s\n    wanted %s\n           %s^"):format(is, want, (" "):rep(at - 1))
end

function M.equal(actual, expected)
  if actual ~= expected then
    error(difference(actual, expected), 2)
  end
end

-- The text of a phrase, or what went wrong instead.
function M.says(phrase, expected)
  local text = type(phrase) == "string" and phrase or phrase and phrase.text
  if text ~= expected then
    error(difference(text, expected), 2)
  end
end

-- A refusal: nil, and a reason with these words in it.
function M.refuses(value, reason, words)
  if value ~= nil then
    error("spoke: " .. tostring(value), 2)
  elseif not tostring(reason):find(words, 1, true) then
    error(difference(reason, words), 2)
  end
end

-- A mistake: raises an error with these words in it.
function M.fails(fn, words)
  local ok, message = pcall(fn)
  if ok then
    error("nothing was wrong", 2)
  elseif not tostring(message):find(words, 1, true) then
    error(difference(tostring(message), words), 2)
  end
end

return M
