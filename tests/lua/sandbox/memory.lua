-- Rows 17, 21 and the measured cases 20, 25, 26, 37: memory. The limit here is 16 MB.

--# rep of 1e9
--= limit memory limit
local s = ("x"):rep(1e9)

--# rep beyond any size
--= limit memory limit
local s = ("xx"):rep(math.maxinteger)

--# rep of nothing, any number of times, is nothing
--= ok
assert((""):rep(math.maxinteger) == "" and ("x"):rep(0) == "" and ("x"):rep(-1) == "")
assert((""):rep(math.maxinteger, "") == "")

--# rep with a huge separator
--= limit memory limit
local s = ("x"):rep(1000, ("y"):rep(1e6))

--# doubling forty times
--= limit memory limit
local s = "x"
for _ = 1, 40 do s = s .. s end

--# concat of huge parts
--= limit memory limit
local part = ("x"):rep(1e6)
local t = {}
for i = 1, 100 do t[i] = part end
print(#table.concat(t))

--# concat over 1e12 fields that are made up
--= limit m
local t = setmetatable({}, { __index = function() return "xxxxxxxxxxxxxxxx" end })
print(#table.concat(t, "", 1, 1e12))

--# format with a huge width
--= error invalid conversion
print(("%99999999d"):format(1))

--# format with a precision of 99 is all there is
--= ok
assert(#("%.99f"):format(1e300) > 300)

--# a million %s
--= error
local f = ("%s"):rep(1e6)
print(#f:format(table.unpack({}, 1, 1e6)))

--# many %s of a large text
--= limit memory limit
local large = ("x"):rep(2e6)
print(#("%s%s%s%s%s%s%s%s"):format(large, large, large, large, large, large, large, large))

--# %s of values whose __tostring is large
--= limit memory limit
local t = setmetatable({}, { __tostring = function() return ("x"):rep(4e6) end })
print(#("%s%s%s%s%s"):format(t, t, t, t, t))

--# utf8.char of very many arguments
--= any
local t = {}
for i = 1, 4e5 do t[i] = 65 end
print(#utf8.char(table.unpack(t)))

--# string.pack with a huge size
--= limit memory limit
print(#string.pack("c100000000", "x"))

--# string.pack of many
--= error
print(#string.pack(("i16"):rep(1e6), table.unpack({}, 1, 1e6)))

--# gsub to a gigabyte
--= limit memory limit
print(#("x"):rep(1000):gsub("x", ("y"):rep(1e6)))

--# upper, reverse and sub of what is large
--= any
local s = ("x"):rep(5e6)
local kept = {}
for i = 1, 100 do kept[i] = (s .. i):upper() end

--# one text made ten million times is no memory at all
--= any
local s
for i = 1, 1e7 do s = "x" .. i end

--# a table of ten million entries
--= limit memory limit
local t = {}
for i = 1, 1e7 do t[i] = i end

--# a million small tables kept
--= limit memory limit
local t = {}
for i = 1, 1e6 do t[i] = { i } end

--# keys that are long texts
--= limit memory limit
local t = {}
for i = 1, 1e6 do t[("x"):rep(100) .. i] = true end

--# closures kept
--= limit memory limit
local t = {}
for i = 1, 1e6 do t[i] = function() return i end end

--# growth in pcall, without end
--= limit memory limit
local t = {}
while true do
  pcall(function() for i = 1, 1e6 do t[#t + 1] = { i } end end)
end

--# memory error caught by pcall
--= limit memory limit
pcall(function() local s = "x" while true do s = s .. s end end)
print "still here"

--# memory error caught by xpcall, whose handler takes more
--= limit memory limit
local t = {}
xpcall(function() while true do t[#t + 1] = {} end end, function() while true do t[#t + 1] = {} end end)

--# rep in a loop over a large heap, each a collection
--= any
local t = {}
for i = 1, 100000 do t[i] = { i } end
while true do pcall(string.rep, "x", 6e6) end

--# a sort of what fills the memory
--= any
local t = {}
for i = 1, 200000 do t[i] = -i end
table.sort(t)
table.sort(t, function(a, b) return a > b end)

--# varargs without end
--= any
local function f(...) return f(1, ...) end
f()
