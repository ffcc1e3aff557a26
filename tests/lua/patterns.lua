-- tests/lua/patterns.lua - compares two string libraries on random patterns and texts.
-- Called with ours, Lua's own, and how many rounds; returns what differed first, or nothing.
local ours, theirs, rounds = ...

local seed = 20241018
local function random(n)
  seed = (seed * 6364136223846793005 + 1442695040888963407) & 0x7fffffffffffffff
  return (seed >> 33) % n + 1
end

local function pick(list)
  return list[random(#list)]
end

local pieces = {
  "a", "b", "ab", ".", "%a", "%d", "%s", "%w", "%p", "%l", "%u", "%x", "%c", "%g", "%z", "%A", "%D",
  "[ab]", "[^ab]", "[a-c]", "[%d_]", "[]]", "[^]]", "[a-]", "[-a]", "[%a-z]", "[a%-b]", "%.", "%%",
  "(", ")", "()", "(a)", "(a*)", "(.-)", "%1", "%2", "%b()", "%bab", "%f[%a]", "%f[^%a]", "^", "$",
  "x", "\0", "%S", "%]",
  "[", "]", "%", "-", "*", "+", "?", "é", "[é]", "%b", "%f", "[\0]", "_",
}
local suffixes = { "", "", "", "*", "+", "-", "?" }
local letters = { "a", "b", "c", "(", ")", " ", "1", "_", ".", "x", "\0", "é", "]", "-", "%", "A" }

local function random_pattern()
  local parts = {}
  for i = 1, random(5) do
    parts[i] = pick(pieces) .. pick(suffixes)
  end
  return (random(6) == 1 and "^" or "") .. table.concat(parts)
end

local function random_text()
  local parts = {}
  for i = 1, random(14) - 1 do
    parts[i] = pick(letters)
  end
  return table.concat(parts)
end

local replacements = { "", "-", "%0", "<%1>", "%%", "%2", "%", "%x", { a = "1", b = false }, 12,
  true, function(...) return select("#", ...) > 1 and "n" or nil end, function() return {} end }

local function all_matches(library, text, pattern, init)
  local found = {}
  for first, second in library.gmatch(text, pattern, init) do
    found[#found + 1] = tostring(first) .. "," .. tostring(second)
    if #found > 40 then
      break
    end
  end
  return table.concat(found, ";")
end

local function same(a, b)
  if a.n ~= b.n then
    return false
  end
  for i = 1, a.n do
    if a[i] ~= b[i] or math.type(a[i]) ~= math.type(b[i]) then
      return false
    end
  end
  return true
end

local function show(values)
  local texts = {}
  for i = 1, values.n do
    texts[i] = tostring(values[i])
  end
  return table.concat(texts, " | ")
end

-- How a function is called in its errors depends on how it was reached.
local function called(one, ...)
  local results = table.pack(pcall(one, ...))
  if not results[1] then
    results[2] = tostring(results[2]):gsub(" to '[^']*'", "")
  end
  return results
end

local function compare(what, one, other, ...)
  local a = called(one, ...)
  local b = called(other, ...)
  if not same(a, b) then
    return ("%s(%q): %q, Lua's: %q"):format(what, show(table.pack(...)), show(a), show(b))
  end
end

for _ = 1, rounds do
  local text, pattern, init = random_text(), random_pattern(), random(20) - 10
  local replacement, most = pick(replacements), random(4) - 1
  local differs = compare("find", ours.find, theirs.find, text, pattern, init)
    or compare("find plain", ours.find, theirs.find, text, pattern, init, true)
    or compare("match", ours.match, theirs.match, text, pattern, init)
    or compare("gsub", ours.gsub, theirs.gsub, text, pattern, replacement)
    or compare("gsub n", ours.gsub, theirs.gsub, text, pattern, replacement, most)
    or compare("rep", ours.rep, theirs.rep, text, init, random(2) == 1 and pattern or nil)
  local a = { pcall(all_matches, ours, text, pattern, init) }
  local b = { pcall(all_matches, theirs, text, pattern, init) }
  if not differs and (a[1] ~= b[1] or a[2] ~= b[2]) then
    differs = ("gmatch(%q, %q, %d): %q, Lua's: %q"):format(text, pattern, init, tostring(a[2]),
      tostring(b[2]))
  end
  if differs then
    return differs
  end
end
