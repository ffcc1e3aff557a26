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

--# the dates' module is changed
--= error 'date' is read-only
date.parse = print

--# no table of the library can be changed, however it is reached
--= ok
local seen, count = {}, 0
local function walk(value, path)
  if type(value) ~= "table" or seen[value] then return end
  seen[value] = true
  count = count + 1
  assert(type(getmetatable(value)) ~= "table", path .. " shows its metatable")
  assert(not pcall(function() value.planted = 1 end), path .. " is written to")
  assert(not pcall(rawset, value, "planted", 1), path .. " is written to by rawset")
  assert(not pcall(setmetatable, value, {}), path .. " takes a metatable")
  assert(not pcall(table.insert, value, 1), path .. " takes an insertion")
  local listed, step, state, first = pcall(pairs, value)
  if listed then
    for key, inner in step, state, first do walk(inner, path .. "." .. tostring(key)) end
  end
end
local public = { crossings = 1, data = 1, date = 1, json = 1, phrase = 1, sql = 1 }
for name in ([[@MODULES@]]):gmatch "%S+" do
  local found, module = pcall(require, "dateline." .. name)
  assert(found == (public[name] ~= nil), name .. " is reached, or is not")
  if found then walk(module, name) end
end
walk(c.weekly, "c.weekly")
walk(data.open "small-boats-daily", "daily")
walk(phrase.style "guardian", "style")
assert(count >= 10, count)

--# a module of the library's own, which could act for plugins
--= error there is no module 'dateline.plugins'
require("dateline.plugins").publish("archive", {})

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

--# what only the host may call is not there to be called
--= ok
local fact = c.people:on "2024-10-18"
for _, value in ipairs { fact, c.people, doc, p.date, c } do
  for _, name in ipairs { "__gc", "__close", "__index", "__metatable", "__name", "__newindex", "__eq" } do
    local done, found = pcall(function() return value[name] end)
    assert(not done or found == nil, name)
    assert(not pcall(function() return value[name](value) end), name)
  end
end

--# a fact as an error value
--= error the script raised
error(c.people:on "2024-10-18")

--# a document as an error value, through pcall
--= ok
local done, value = pcall(error, doc)
assert(not done and value == doc)

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

--# a document kept until the next bulletin: it is closed
--= error this document is finished
--@ --each date=2024-10-17..2024-10-18
if kept.doc then kept.doc:para "Again." end
kept.doc = doc
doc:para "Once."

--# what is kept until the next bulletin is as it was, or an error
--= ok
--@ --each date=2024-10-17..2024-10-18
if kept.row then
  assert(kept.row.x == 1 and kept.row.empty == nil)
  assert(kept.fact.value == 48 and kept.measure:on("2024-10-17") == kept.fact)
  assert(c.people:on(p.date) - kept.fact)
  assert(kept.date == date "2024-10-17")
  pcall(kept.step)
  pcall(kept.each)
  assert(not pcall(function() kept.doc:heading "x" end))
  for _, name in ipairs { "para", "list", "table", "note", "sources", "rule", "sentences" } do
    local done, message = pcall(function() return kept.doc[name](kept.doc, { "x" }) end)
    assert(not done, name)
    assert(tostring(message):find "finished" or name ~= "para", name)
  end
end
kept.doc, kept.fact, kept.measure, kept.date = doc, c.people:on(p.date), c.people, p.date
kept.row = sql.one "SELECT 1 AS x, NULL AS empty"
kept.step = sql.rows "SELECT 1 AS x UNION SELECT 2"
kept.step()
kept.each = c.people:each("2024-10-01", "2024-10-05")
kept.each()
doc:para "Here."
