-- Rows 24, 25 and the measured cases 32, 33, 50: error values and the log.

--# an error value that is a table
--= error the script raised a table as an error
error {}

--# a table with a message
--= error what went wrong
error { message = "what went wrong" }

--# nil
--= error the script raised nil as an error
error()

--# an empty text
--= error the script raised an error that says nothing
error("")

--# a boolean
--= error the script raised a boolean as an error
error(false)

--# a function
--= error the script raised a function as an error
error(print)

--# a number
--= error 42
error(42)

--# a text of 8 MB is cut
--= error xxxxxxxx
error(("x"):rep(8e6))

--# a text with a NUL and escape codes
--= error before\x00after
error("before\0after\27[31mred\r\n\7")

--# a text that looks like another place
--= error /etc/passwd:1: root
error("/etc/passwd:1: root", 0)

--# a forged limit is an ordinary error
--= ok
local done, message = pcall(error, "time limit: the script ran longer than 10 s (--time-limit)")
assert(not done and message:find "^time limit")
assert(not pcall(error, "not enough memory"))
assert(select(2, pcall(error, "not enough memory", 0)) == "not enough memory")

--# not enough memory, said by the script
--= any
error("not enough memory", 0)

--# assert with any value
--= error the script raised a table as an error
assert(nil, {})

--# assert without a message
--= error assertion failed!
assert(1 == 2)

--# print without end
--= limit output limit
while true do print(("x"):rep(1000)) end

--# print of one text beyond the limit
--= limit output limit
print(("x"):rep(100000))

--# print caught
--= limit output limit
while true do pcall(print, ("x"):rep(1000)) end

--# print within the limit
--= ok
for i = 1, 100 do print(i, "x", nil, true, {}, 1.5) end

--# __tostring that returns no text
--= error __tostring must return a string
print(setmetatable({}, { __tostring = function() return {} end }))

--# __name given by a table is not shown
--= ok
local meta = {}
local t = setmetatable({}, meta)
assert(not pcall(function() meta.__name = "fact" end))
assert(tostring(t) == "table")
