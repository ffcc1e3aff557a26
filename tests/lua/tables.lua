-- tests/lua/tables.lua - compares two table libraries on random tables and arguments.
-- Called with ours, Lua's own, and how many rounds; returns what differed first, or nothing.
local ours, theirs, rounds = ...

local seed = 7919
local function random(n)
  seed = (seed * 6364136223846793005 + 1442695040888963407) & 0x7fffffffffffffff
  return (seed >> 33) % n + 1
end

local function random_table()
  local t = {}
  for i = 1, random(12) - 1 do
    t[i] = random(6)
  end
  return t
end

local function copy(t)
  return theirs.move(t, 1, #t, 1, {})
end

local function show(t)
  local texts = {}
  for i = 1, 30 do
    texts[i] = tostring(t[i])
  end
  return theirs.concat(texts, " ")
end

local function less(a, b)
  return a < b
end

local function more(a, b)
  return a > b
end

local calls = {
  function(library, t, a) return library.insert(t, a) end,
  function(library, t, a, b) return library.insert(t, a, b) end,
  function(library, t) return library.remove(t) end,
  function(library, t, a) return library.remove(t, a) end,
  function(library, t, a, b, c) return show(library.move(t, a, b, c)) end,
  function(library, t, a, b, c) return show(library.move(t, a, b, c, {})) end,
  function(library, t) return library.concat(t, ",") end,
  function(library, t, a, b) return library.concat(t, "", a, b) end,
  function(library, t) return library.sort(t) end,
  function(library, t) return library.sort(t, less) end,
  function(library, t) return library.sort(t, more) end,
}

-- Lua 5.4.4 blames the wrong argument of remove.
local function unnumbered(message)
  return type(message) == "string" and message:gsub("argument #%d", "argument") or message
end

for _ = 1, rounds do
  local t = random_table()
  local call = random(#calls)
  local a, b, c = random(16) - 3, random(16) - 3, random(16) - 3
  local one, other = copy(t), copy(t)
  local done, value = pcall(calls[call], ours, one, a, b, c)
  local done_too, value_too = pcall(calls[call], theirs, other, a, b, c)
  if done ~= done_too or unnumbered(value) ~= unnumbered(value_too) or show(one) ~= show(other) then
    return ("call %d of (%s), %d, %d, %d: %s %s, Lua's: %s %s"):format(call, show(t), a, b, c,
      tostring(value), show(one), tostring(value_too), show(other))
  end
end
