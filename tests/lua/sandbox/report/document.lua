-- Row 23: documents without end. Each case is the body of a report's build(doc, p).

--# ten million paragraphs
--= limit
for _ = 1, 1e7 do doc:para { "x" } end

--# a paragraph of 30 MB
--= limit memory limit
doc:para { ("x"):rep(3e7) }

--# a paragraph within a paragraph, 100,000 deep
--= error
local t = "x"
for _ = 1, 100000 do t = { t } end
doc:para(t)

--# inline markup, deeply nested
--= any
doc:para { ("*"):rep(100000) .. "x" .. ("*"):rep(100000) }

--# brackets, deeply nested
--= any
doc:para { ("["):rep(100000) .. "x" .. ("]"):rep(100000) .. "(http://x)" }

--# a table of 10,000 columns
--= error
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

--# a link that would run a script is dropped
--= ok
doc:para { "[a](javascript:alert(1)) [b](JaVaScRiPt:x) [c](data:text/html,x) [d](vbscript:x)." }
