-- Rows 26 to 29: what Lua 5.4.4 itself gets wrong, as far as a script can reach it. It may end
-- anyhow; the host lives.

--# a chain of coroutine.close: absent
--= error a report has no 'coroutine'
local co = coroutine.create(function() end)

--# weak tables under a memory limit: absent, even late
--= error a report may not set '__mode'
local meta = { __newindex = function(t, k, v) rawset(t, k, v) end }
local t = setmetatable({}, meta)
meta.__mode = "k"
for i = 1, 1e6 do t[{}] = i end

--# weak tables by inheritance, the guard taken away
--= any
local above = {}
local meta = setmetatable({}, above)
meta.__newindex = function(t, k, v) rawset(t, k, v) end
local t = setmetatable({}, meta)
above.__newindex = nil
pcall(function() meta.__mode = "k" end)
for i = 1, 1e6 do t[{}] = ("x"):rep(100) .. i end

--# CVE-2022-28805: a local called _ENV, constant, in a compiled chunk
--= any
local _ENV <const> = {}
X = 1

--# CVE-2022-33099: an error while an error is handled, near the limit of C
--= any
local function loop() xpcall(loop, loop) end
loop()

--# CVE-2021-44647: a fault in the name of what is called
--= any
local function f(...) local t = {} t[f] = f; return (f ~= t)(f(...)) end
pcall(f)
local _ <close> = nil
for _ = 1, 10 do pcall(function(...) return (...)() end, {}) end

--# concat overflow (5853c37a)
--= any
local s = ("x"):rep(2 ^ 22)
local t = {}
for i = 1, 3 do t[i] = s end
print(#(s .. s .. s .. s .. s .. s .. s .. s))

--# compare of texts with NULs (f623b969)
--= ok
assert("a\0b" < "a\0c" and "a\0" > "a" and not ("a\0b" < "a"))

--# getobjname recursion (7923dbbf)
--= any
local a, b, c, d
local function f() return a.b.c.d.e.f.g.h(b.c.d.e)[c.d] end
pcall(f)
print(pcall(function() local x <const> = nil; return x.y.z end))

--# break out of a loop with a value to be closed (997f11f5)
--= ok
local n = 0
for i = 1, 10 do
  for _ in pairs { 1, 2, 3 } do
    n = n + 1
    if i > 5 then break end
  end
end
assert(n == 20)

--# an error in error handling (25da574f)
--= any
local t = setmetatable({}, { __index = function(t, k) error(t) end, __tostring = error })
xpcall(function() return t.x end, function(e) return e.y .. t.z end)

--# settop with what is to be closed (196bb94d)
--= any
local function f() local x <close> = setmetatable({}, {}) end
pcall(f)

--# many upvalues, constants and jumps
--= ok
local t = {}
for i = 1, 300 do t[i] = i .. "" end
assert(1 ~ 2 == 3 and 5 & 3 == 1 and 5 | 3 == 7 and ~0 == -1 and 1 << 63 == math.mininteger)
