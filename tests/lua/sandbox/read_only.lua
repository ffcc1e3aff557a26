-- Rows 6, 8, 9: what is shared cannot be changed, and metatables have limits.

--# the strings' metatable
--= ok
assert(getmetatable("") == nil)
assert(getmetatable(("x"):rep(3)) == nil)
assert(not pcall(function() getmetatable("").__index = {} end))

--# setmetatable of a string
--= error argument 1 of 'setmetatable'
setmetatable("", {})

--# a library function is replaced
--= error 'string' is read-only: 'format' cannot be changed
string.format = print

--# a library function is added
--= error 'table' is read-only: 'mine' cannot be changed
table.mine = print

--# by rawset
--= error rawset: this table belongs to the library
rawset(string, "format", print)

--# by setmetatable
--= error setmetatable: this table belongs to the library
setmetatable(string, { __index = print })

--# by table functions
--= ok
assert(not pcall(table.insert, string, 1))
assert(not pcall(table.insert, string, 1, 1))
assert(not pcall(table.move, { 1, 2 }, 1, 2, 1, string))
assert(not pcall(table.sort, setmetatable({}, { __index = string, __len = function() return 2 end })))
assert(next({}) == nil)
assert(not pcall(next, string))
assert(not pcall(rawget, string, "format"))
assert(getmetatable(string) == nil and getmetatable(_ENV) == nil)

--# what pairs hands out is not the table behind
--= ok
local step, state = pairs(string)
assert(state ~= string and state == nil)
assert(type(step) == "function")
local count = 0
for name, value in pairs(string) do
  assert(type(name) == "string" and type(value) == "function")
  count = count + 1
end
assert(count > 10)

--# a global is assigned
--= error 'total' is not declared
--~ local total
total = 1

--# a function is declared global
--= error 'helper' is not declared
--~ local helper
function helper() end

--# a library table is replaced
--= error 'string' is not declared
string = {}

--# by way of _ENV
--= error 'x' is not declared
_ENV.x = 1

--# rawset of _ENV
--= error rawset: this table belongs to the library
rawset(_ENV, "x", 1)

--# _ENV = nil
--= error
local print = print
local _ENV = nil
print(x)

--# an environment of one's own is fine
--= ok
local assert = assert
do
  local _ENV = { y = 2 }
  x = y
  assert(x == 2)
end

--# __gc
--= error setmetatable: a report may not set '__gc'
--~ finalizers
setmetatable({}, { __gc = function() end })

--# __mode
--= error setmetatable: a report may not set '__mode'
setmetatable({}, { __mode = "k" })

--# __close
--= error setmetatable: a report may not set '__close'
setmetatable({}, { __close = function() end })

--# __metatable
--= error setmetatable: a report may not set '__metatable'
setmetatable({}, { __metatable = false })

--# __name
--= error setmetatable: a report may not set '__name'
setmetatable({}, { __name = "fact" })

--# __gc given later
--= error a report may not set '__gc'
local meta = {}
setmetatable({}, meta)
meta.__gc = function() end

--# __mode by rawset
--= error rawset: a report may not set '__mode'
local meta = setmetatable({}, {})
rawset(meta, "__mode", "v")

--# __mode behind an __index of a metatable
--= ok
local meta = setmetatable({}, { __index = { __mode = "k", __gc = print } })
local t = setmetatable({}, meta)
t[{}] = 1
t = nil

--# what a class needs still works
--= ok
local Point = {}
Point.__index = Point
function Point.new(x) return setmetatable({ x = x }, Point) end
local p = Point.new(3)
function Point:double() return self.x * 2 end
function Point.__eq(a, b) return a.x == b.x end
function Point.__tostring(self) return "point " .. self.x end
function Point.__add(a, b) return Point.new(a.x + b.x) end
assert(p:double() == 6 and tostring(p) == "point 3" and (p + p).x == 6 and p == Point.new(3))
assert(getmetatable(p) == Point)
local Child = setmetatable({}, { __index = Point })
Child.__index = Child
local c = setmetatable({ x = 1 }, Child)
assert(c:double() == 2)
assert(rawget(c, "x") == 1 and rawset(c, "x", 2) == c and c.x == 2)
for key in pairs(Point) do assert(type(key) == "string") end

--# an error value of the host's is an ordinary value
--= ok
local done, message = pcall(function() return nothing end)
assert(not done)
assert(getmetatable(message) == nil)
assert(not pcall(setmetatable, message, {}))
assert(not pcall(rawset, message, 1, 1))
assert(not pcall(function() message.message = "x" end))
assert(tostring(message):find "nothing")
assert(message.message .. "" == tostring(message))
assert(message.nothing == nil)
assert(not pcall(function() return message() end))
assert(not pcall(function() return message + 1 end))
assert(not pcall(next, message))
