-- Rows 14, 15: loops that never end, wherever they are.

--# while true
--= limit time limit
while true do end

--# goto
--= limit time limit
::again::
goto again

--# repeat until false
--= limit time limit
repeat until false

--# for to infinity
--= limit time limit
for i = 1, math.huge do end

--# in a nested function
--= limit time limit
local function inner() while true do end end
local function outer() inner() end
outer()

--# in a sort's comparison
--= limit time limit
table.sort({ 3, 2, 1 }, function() while true do end end)

--# in __index
--= limit time limit
local t = setmetatable({}, { __index = function() while true do end end })
print(t.x)

--# in __newindex
--= limit time limit
local t = setmetatable({}, { __newindex = function() while true do end end })
t.x = 1

--# in __tostring
--= limit time limit
print(setmetatable({}, { __tostring = function() while true do end end }))

--# in __tostring asked by format
--= limit time limit
print(("%s"):format(setmetatable({}, { __tostring = function() while true do end end })))

--# in __concat
--= limit time limit
local t = setmetatable({}, { __concat = function() while true do end end })
print(t .. "x")

--# in __len
--= limit time limit
print(#setmetatable({}, { __len = function() while true do end end }))

--# in __eq
--= limit time limit
local meta = { __eq = function() while true do end end }
print(setmetatable({}, meta) == setmetatable({}, meta))

--# in __lt, asked by a sort
--= limit time limit
local meta = { __lt = function() while true do end end }
table.sort { setmetatable({}, meta), setmetatable({}, meta) }

--# in __call and __unm
--= limit time limit
local meta = { __call = function() while true do end end, __unm = function(t) return t() end }
print(-setmetatable({}, meta))

--# in a gsub callback
--= limit time limit
print(("abc"):gsub(".", function() while true do end end))

--# in an iterator
--= limit time limit
for _ in function() while true do end end do end

--# an iterator that never ends
--= limit time limit
for _ in function() return 1 end do end

--# in __pairs
--= limit time limit
for _ in pairs(setmetatable({}, { __pairs = function() while true do end end })) do end

--# ipairs that never ends
--= limit time limit
for _ in ipairs(setmetatable({}, { __index = function() return 1 end })) do end

--# pcall around the loop
--= limit time limit
while true do
  pcall(function() while true do end end)
end

--# pcall of pcall
--= limit time limit
local function again() pcall(again) pcall(again) while true do end end
while true do pcall(again) end

--# pcall, caught and gone on with
--= limit time limit
local done = pcall(function() while true do end end)
print("still here", done)

--# xpcall with a handler that loops
--= limit time limit
local function loop() while true do end end
while true do xpcall(loop, loop) end

--# a handler that loops by itself
--= limit time limit
xpcall(error, function() while true do end end)

--# a handler that fails again and again
--= ok
local done = xpcall(error, function() error "again" end)
assert(not done)

--# error values with __tostring that loops
--= error the script raised a table
error(setmetatable({}, { __tostring = function() while true do end end }))

--# a recursion of two pcalls
--= any
local function f() pcall(f) pcall(f) end
f()

--# pcall(pcall, pcall, ...)
--= any
local t = {}
for i = 1, 10000 do t[i] = pcall end
pcall(table.unpack(t))

--# a loop in a loop of small functions
--= limit time limit
local function f() return 1 end
while true do f() end

--# a tail call to itself
--= limit time limit
local function f() return f() end
f()

--# pairs over pairs
--= limit time limit
local t = { a = 1 }
while true do for _ in pairs(t) do end end

--# next without end
--= limit time limit
local t = { a = 1, b = 2 }
while true do local _ = next(t) end
