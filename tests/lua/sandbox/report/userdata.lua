-- Row 7: facts, measures, dates and documents in the wrong hands. Each case is the body of a
-- report's build(doc, p), with c, phrase, data, sql and date at hand.

--# nothing of the host's shows its metatable
--= ok
local fact = c.people:on "2024-10-18"
for _, value in ipairs { fact, c.people, doc, p.date or fact, date and date.parse and fact or fact } do
  assert(getmetatable(value) == nil)
  assert(not pcall(setmetatable, value, {}))
  assert(not pcall(rawset, value, "x", 1) or type(value) == "table")
  assert(not pcall(function() value.x = 1 end))
  assert(not tostring(value):find "0x")
end

--# setmetatable of a fact
--= error argument 1 of 'setmetatable' is a fact
setmetatable(c.people:on "2024-10-18", {})

--# rawset of a fact
--= error argument 1 of 'rawset' is a fact
rawset(c.people:on "2024-10-18", "value", 1)

--# a fact is changed
--= error cannot be set
local fact = c.people:on "2024-10-18"
fact.value = 3

--# a measure's function is changed
--= error
c.people.on = print

--# a shipped module is changed
--= error read-only
phrase.count = print

--# the crossing measures are changed
--= error read-only
c.people = nil

--# a method of one kind on another
--= error
c.people.on(c.people:on "2024-10-18", "2024-10-18")

--# a method on nil
--= error
c.people.on(nil, "2024-10-18")

--# a method without what it is called on
--= error
doc.heading "x"

--# every method on every kind: an error, never a crash
--= ok
local fact = c.people:on "2024-10-18"
local values = { fact, c.people, doc, c, phrase, {}, "x", 1, true, print, 2 ^ 53, -1, 0 / 0, "", ("x"):rep(1e5) }
local methods = {}
for _, name in ipairs { "on", "total", "year", "year_to_date", "same_point", "month", "last", "since", "peak", "rank",
  "highest_since", "first_reaching", "gap", "days", "mean", "latest", "coverage", "each", "where", "as_of" } do
  methods[#methods + 1] = c.people[name]
end
for _, name in ipairs { "heading", "para", "list", "table", "figure", "note", "caveat", "sources", "rule" } do
  local found, method = pcall(function() return doc[name] end)
  methods[#methods + 1] = found and method or nil
end
for _, method in ipairs(methods) do
  pcall(method)
  for _, first in ipairs(values) do
    pcall(method, first)
    for _, second in ipairs(values) do
      if first ~= doc then
        pcall(method, first, second)
        pcall(method, first, second, second)
      end
    end
  end
end

--# arithmetic of facts with anything
--= ok
local fact = c.people:on "2024-10-18"
for _, other in ipairs { {}, "x", print, doc, c.people, true, 2 ^ 60, 0, math.mininteger, 0 / 0, 1 / 0 } do
  pcall(function() return fact + other end)
  pcall(function() return other / fact end)
  pcall(function() return fact * other end)
  pcall(function() return fact < other end)
  pcall(function() return fact == other end)
  pcall(function() return fact .. other end)
  pcall(function() return #fact end)
  pcall(function() return fact(other) end)
  pcall(function() return -fact end)
end
local big = fact
for _ = 1, 200 do
  local done, more = pcall(function() return big * big end)
  if not done or more == nil then break end
  big = more
end

--# expressions without end
--= any
local fact = c.people:on "2024-10-18"
for _ = 1, 1e6 do fact = fact + 1 end

--# a document kept until the next report: it is closed
--= ok
local kept = doc
assert(kept ~= nil)
