-- Row 23: documents without end. Each case is the body of a report's build(doc, p).

--# ten million rules
--= error a document has at most 2000000 nodes
--@ --memory-limit 128M
for _ = 1, 1e7 do doc:rule() end

--# ten million paragraphs
--= limit
for _ = 1, 1e7 do doc:para { "x" } end

--# a list of ten million items
--= limit
local items = {}
for i = 1, 1e7 do items[i] = "x" end
doc:list(items)

--# a paragraph of 1 GB
--= limit memory limit: the script needs more than 32 MB
doc:para { ("x"):rep(2 ^ 30) }

--# a paragraph of 30 MB, put in
--= limit memory limit: the script needs more than 32 MB
doc:para { "{x}.", x = ("x"):rep(3e7) }

--# a heading of 10 MB and a paragraph of as much
--= any
doc:heading(("x"):rep(1e7))
doc:para { "{x}.", x = ("x "):rep(5e6) }

--# more text than a document holds
--= error a document holds at most 33554432 bytes of text
--@ --memory-limit 256M
local x = ("x"):rep(2 ^ 20)
for _ = 1, 33 do doc:table { caption = "x", columns = { "a" }, rows = { { x } } } end

--# more facts than a document shows
--= error a document shows at most 100000 different facts
--@ --memory-limit 256M
local fact, columns = c.people:on "2024-10-18", {}
for i = 1, 250 do columns[i] = "x" end
for i = 1, 500 do
  local row = {}
  for k = 1, 250 do row[k] = fact + i * 250 + k end
  doc:table { caption = "x", columns = columns, rows = { row } }
end

--# a template within a template, 100,000 deep
--= error
local t = "x"
for _ = 1, 100000 do t = { t } end
doc:para(t)

--# a list of itself
--= error this is no template
local t = {}
t[1] = t
doc:list(t)

--# a value that holds itself
--= error {x} is a table
local t = {}
t.x = t
doc:para { "{x}", x = t }

--# a phrase within a phrase, 100,000 deep
--= any
local x = "y"
for _ = 1, 100000 do x = phrase.literal(x) end
doc:para { "{x}", x = x }

--# inline markup, deeply nested
--= any
doc:para { ("*"):rep(100000) .. "x" .. ("*"):rep(100000) }

--# brackets, deeply nested
--= any
doc:para { ("["):rep(100000) .. "x" .. ("]"):rep(100000) .. "(http://x)" }

--# a table of 10,000 columns
--= error a table has at most 256 columns
local row = {}
for i = 1, 10000 do row[i] = "x" end
doc:table { caption = "x", columns = row, rows = { row } }

--# a table of ten million rows
--= limit
local rows = {}
for i = 1, 1e7 do rows[i] = { "x" } end
doc:table { caption = "x", columns = { "a" }, rows = rows }

--# a table whose rows never end
--= any
doc:table { caption = "x", columns = { "a" },
  rows = setmetatable({}, { __index = function() return { "x" } end, __len = function() return 2 ^ 40 end }) }

--# a template put together from many
--= any
doc:para { ("{x}"):rep(100000), x = ("y"):rep(1000) }

--# a template with a metatable that loops
--= limit time limit
doc:para(setmetatable({}, { __index = function() while true do end end }))

--# a template with a lying length
--= any
doc:para(setmetatable({}, { __len = function() return 2 ^ 40 end, __index = function() return "x" end }))

--# braces that do not close
--= error '{'
doc:para { "{", x = 1 }

--# a mark of the library's own in a template
--= any
doc:para { "\0011\2 \0012\2 \00199999999999\2 {x} \1\2", x = "y" }

--# a link that would run a script is dropped
--= ok
doc:para { "[a](javascript:alert) [b](JaVaScRiPt:x) [c](data:text/html,x) [d](vbscript:x)." }
