-- Rows 18, 20 and the measured cases 16 to 21: table functions with lies.

--# move of 2^53
--= limit time limit
table.move({}, 1, 2 ^ 53, 2)

--# move near the end of numbers
--= limit time limit
table.move({}, 1, math.maxinteger - 1, 2)

--# move that wraps around
--= ok
assert(not pcall(table.move, { 1, 2 }, 1, math.maxinteger, 2))
assert(not pcall(table.move, { 1, 2 }, math.mininteger, math.maxinteger, 2))
assert(not pcall(table.move, { 1, 2 }, 1, 2, math.maxinteger))

--# unpack of 1e8
--= error too many results to unpack
print(select("#", table.unpack({}, 1, 1e8)))

--# unpack of all numbers
--= error too many results to unpack
print(table.unpack({}, math.mininteger, math.maxinteger))

--# insert at 2^53
--= error position out of bounds
table.insert({}, 2 ^ 53, 1)

--# insert with a lying length
--= limit time limit
table.insert(setmetatable({}, { __len = function() return math.maxinteger - 1 end }), 1, 2)

--# insert at the end of a lying length
--= any
table.insert(setmetatable({}, { __len = function() return math.maxinteger end }), 2)

--# remove with a lying length
--= limit time limit
table.remove(setmetatable({}, { __len = function() return math.maxinteger end }), 1)

--# a length that is no number
--= error object length is not an integer
table.insert(setmetatable({}, { __len = function() return "x" end }), 1)

--# concat with a lying length
--= error invalid value (nil)
print(table.concat(setmetatable({ "a" }, { __len = function() return 1e15 end })))

--# sort with a lying length
--= any
table.sort(setmetatable({ 2, 1 }, { __len = function() return 2 ^ 30 end }))

--# sort of more than there can be
--= error array too big
table.sort(setmetatable({}, { __len = function() return 2 ^ 40 end }))

--# sort with a comparison that always says yes
--= ok
local t = {}
for i = 1, 1000 do t[i] = i * 7 % 13 end
table.sort(t, function() return true end)
assert(#t == 1000)

--# sort with a comparison that changes its mind
--= ok
local t, n = {}, 0
for i = 1, 1000 do t[i] = i * 7919 % 1009 end
table.sort(t, function(a, b) n = n + 1 return (a * n) % 3 < (b * n) % 2 end)
assert(#t == 1000)

--# sort with a comparison that raises
--= error no order
table.sort({ 3, 1, 2 }, function() error "no order" end)

--# sort with a comparison that changes the table
--= ok
local t = { 5, 4, 3, 2, 1 }
table.sort(t, function(a, b) t[1] = nil t[#t + 1] = 9 return a < b end)
assert(#t >= 5)

--# a comparison that raises leaves the table as it was
--= ok
local t = { 3, 1, 2 }
local n = 0
pcall(table.sort, t, function(a, b) n = n + 1 if n > 2 then error "x" end return a < b end)
assert(t[1] == 3 and t[2] == 1 and t[3] == 2)

--# sort of values that cannot be compared
--= error cannot be compared
table.sort({ 1, "x", {} })

--# sort by C functions
--= any
local t = {}
for i = 1, 100000 do t[i] = -i end
table.sort(t, rawequal)
table.sort(t, math.max)

--# sort keeps the order of equals
--= ok
local t = {}
for i = 1, 500 do t[i] = { key = i % 5, at = i } end
table.sort(t, function(a, b) return a.key < b.key end)
for i = 2, 500 do
  assert(t[i - 1].key < t[i].key or (t[i - 1].key == t[i].key and t[i - 1].at < t[i].at))
end

--# sort of numbers with nan
--= ok
local t = { 3, 0 / 0, 1, 2.5, 0 / 0, -1 }
table.sort(t)
assert(t[1] == -1 and t[2] == 1 and t[3] == 2.5 and t[4] == 3 and t[5] ~= t[5] and t[6] ~= t[6])

--# select with what is not there
--= ok
assert(select("#") == 0)
assert(not pcall(select, 0))
assert(select(math.maxinteger, 1) == nil)
assert(not pcall(select, math.mininteger, 1))

--# pairs in the same order always
--= ok
local t = { 10, 20, 30, z = 1, a = 2, [0] = 3, [-5] = 4, [2.5] = 5, [100] = 6, [true] = 7, [false] = 8 }
local keys = {}
for key in pairs(t) do keys[#keys + 1] = tostring(key) end
assert(table.concat(keys, " ") == "1 2 3 100 -5 0 2.5 a z false true", table.concat(keys, " "))
local key, walked = nil, {}
repeat
  key = next(t, key)
  walked[#walked + 1] = tostring(key)
until key == nil
assert(table.concat(walked, " ") == table.concat(keys, " ") .. " nil")

--# pairs over keys without an order
--= error keep a list beside it
for _ in pairs { [{}] = 1 } do end

--# pairs while values change
--= ok
local t = { a = 1, b = 2, c = 3, 10, 20 }
local seen = {}
for key in pairs(t) do
  seen[#seen + 1] = tostring(key)
  t[key] = nil
  t.b = nil
end
assert(table.concat(seen, " ") == "1 2 a c", table.concat(seen, " "))
assert(next(t) == nil)
