-- Rows 1 to 5, 10: what is not given. Each reaches for it; the hint says what to use instead.

--# io.open
--= error a report has no 'io'
--~ dateline import
local f = io.open("/etc/passwd")

--# os.execute
--= error a report has no 'os'
--~ 'date' module
os.execute("true")

--# os.getenv, os.exit, os.rename, os.tmpname through pcall: the error is an ordinary one
--= ok
for _, name in ipairs { "getenv", "exit", "rename", "tmpname", "remove", "clock", "time" } do
  local done, message = pcall(function() return os[name]() end)
  assert(not done and tostring(message):find("has no 'os'", 1, true), name)
end

--# debug.getregistry
--= error a report has no 'debug'
--~ print
debug.getregistry()

--# every other way in is absent
--= ok
for _, name in ipairs { "io", "os", "debug", "package", "coroutine", "load", "loadstring", "dofile",
  "loadfile", "collectgarbage", "_G", "warn", "setfenv", "getfenv", "module", "newproxy", "ffi",
  "jit", "unpack", "bit32" } do
  local found, message = pcall(function() return _ENV[name] end)
  assert(not found, name)
  assert(message.hint ~= "", name)
end

--# package.loadlib
--= error a report has no 'package'
--~ require
package.loadlib("libc.so.6", "system")

--# require "io"
--= error there is no module 'io'
--~ dateline import
require "io"

--# require "ffi"
--= error there is no module 'ffi'
require "ffi"

--# require of a path
--= error '../../etc/x' is not a module's name
require "../../etc/x"

--# require of an absolute path
--= error is not a module's name
require "/etc/passwd"

--# require of a name with a NUL
--= error is not a module's name
require "a\0b"

--# require of odd names
--= ok
for _, name in ipairs { "", ".", "..", "a..b", ".a", "a.", "a/b", "a\\b", "a b", ("x"):rep(5000),
  "a\nb", "é" } do
  assert(not pcall(require, name), name)
end
assert(not pcall(require))
assert(not pcall(require, {}))
assert(not pcall(require, 12))

--# the library's C modules
--= error there is no module 'native.sql'
require "native.sql"

--# the library's C modules, all the same way
--= ok
for _, name in ipairs { "native.fact", "native.tools", "native", "open native.sql" } do
  assert(not pcall(require, name), name)
end

--# load
--= error a report has no 'load'
--~ module
load("return 1")()

--# dofile
--= error a report has no 'dofile'
--~ require
dofile("/etc/passwd")

--# string.dump
--= error 'string' has no 'dump'
--~ module
string.dump(function() end)

--# string.dump by the method
--= error has no function 'dump'
local s = "x"
s:dump()

--# math.random
--= error 'math' has no 'random'
--~ same each time
print(math.random())

--# collectgarbage("stop")
--= error a report has no 'collectgarbage'
collectgarbage("stop")

--# everything that can be reached is on this list
--= ok
local expected = {}
for name in ([[
  assert error getmetatable ipairs math next pairs pcall print rawequal rawget rawlen rawset require
  select setmetatable string table tonumber tostring type utf8 xpcall
  math.abs math.acos math.asin math.atan math.ceil math.cos math.deg math.exp math.floor math.fmod
  math.huge math.log math.max math.maxinteger math.min math.mininteger math.modf math.pi math.rad
  math.sin math.sqrt math.tan math.tointeger math.type math.ult
  string.byte string.char string.find string.format string.gmatch string.gsub string.len
  string.lower string.match string.pack string.packsize string.rep string.reverse string.sub
  string.unpack string.upper
  table.concat table.insert table.move table.pack table.remove table.sort table.unpack
  utf8.char utf8.charpattern utf8.codepoint utf8.codes utf8.len utf8.offset
]]):gmatch "%S+" do
  expected[name] = true
end
local found = {}
local function walk(value, prefix)
  assert(getmetatable(value) == nil)
  for name, inner in pairs(value) do
    local full = prefix .. name
    assert(expected[full], "unexpected: " .. full)
    found[full] = true
    assert(getmetatable(inner) == nil)
    if type(inner) == "table" then
      walk(inner, full .. ".")
    end
  end
end
walk(_ENV, "")
for name in pairs(expected) do
  assert(found[name], "missing: " .. name)
end

--# no text holds an address
--= ok
for _, value in ipairs { print, {}, function() end, setmetatable({}, {}), string.format, require } do
  local text = tostring(value)
  assert(not text:find "%d", text)
  assert(not ("%s"):format(value):find "%d")
  assert(not ("%20s"):format(value):find "%d")
end
assert(tostring(print) == "function" and tostring({}) == "table")
assert(not pcall(string.format, "%p", {}))
assert(not pcall(string.format, "%-20p", print))
