-- Row 19 and the measured cases 28 to 31: depth. What is deep in the source is in test_state.c.

--# a function that calls itself
--= any
local function f() return f() + 1 end
f()

--# the same, caught: the script goes on
--= any
local function f() return f() + 1 end
local done, message = pcall(f)
assert(not done and tostring(message):find "stack overflow")

--# two functions that call each other through metamethods
--= error stack overflow
local meta = {}
function meta.__index(t, k) return t[k .. "x"] end
local t = setmetatable({}, meta)
print(t.a)

--# __index chains
--= error '__index' chain too long
local t = {}
for _ = 1, 5000 do t = setmetatable({}, { __index = t }) end
print(t.x)

--# gsub within its callback, 250 deep
--= error stack overflow
local function f(n) return (("x"):gsub("x", function() return f(n + 1) end)) end
f(1)

--# sort within its comparison
--= error stack overflow
local function f() table.sort({ 2, 1 }, f) return true end
f()

--# tostring within __tostring
--= error stack overflow
local t
t = setmetatable({}, { __tostring = function() return tostring(t) end })
print(t)

--# __concat within __concat
--= error stack overflow
local meta = {}
function meta.__concat(a, b) return a .. b end
print(setmetatable({}, meta) .. "x")

--# require within pcall within itself
--= any
local function f() return pcall(f) end
f()

--# xpcall whose handler is xpcall
--= any
local function f() return xpcall(error, f) end
f()

--# error in the handler of an error in a handler
--= any
local function f() xpcall(error, function() f() end) end
f()

--# a stack overflow near the memory limit
--= any
local kept = ("x"):rep(6e6)
local function f(...) return f(kept, ...) end
pcall(f)
