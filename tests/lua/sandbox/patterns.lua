-- Row 16 and the measured cases 12 to 15: patterns that try every combination.

--# several .- in a row
--= limit pattern limit
--~ [^,]*
print(("a"):rep(500):find(".-.-.-.-b"))

--# optional items
--= limit pattern limit
print(("a"):rep(40):find(("a?"):rep(40) .. ("a"):rep(40) .. "b"))

--# on 20 kB
--= limit pattern limit
print(("a"):rep(20000):find(("a-"):rep(6) .. "b"))

--# gsub on 200 kB
--= limit pattern limit
print(#("a"):rep(200000):gsub("a*b", ""))

--# quadratic gsub
--= limit pattern limit
print(#("a"):rep(60000):gsub("a.-b", ""))

--# gmatch
--= limit pattern limit
for word in ("a"):rep(3000):gmatch(".-.-.-b") do print(word) end

--# match
--= limit pattern limit
print(("x"):rep(3000):match("^.-.-.-.-y"))

--# %b on 1 MB of opening brackets
--= limit pattern limit
print(("("):rep(1000000):find("%b()"))

--# %b on 80,000 of them, from each
--= limit pattern limit
print(("("):rep(80000):gsub("%b()", ""))

--# back references
--= limit pattern limit
print(("a"):rep(5000):find("(.-)(.-)%1%2b"))

--# caught again and again
--= limit time limit
while true do
  pcall(string.find, ("a"):rep(500), ".-.-.-.-b")
end

--# a frontier on a megabyte is linear
--= ok
assert(not ("a"):rep(1000000):find("%f[b]"))

--# 33 captures
--= error too many captures
print(("a"):find(("()"):rep(33)))

--# 200 captures
--= error too many captures
print(("a"):find(("(.-)"):rep(200)))

--# a pattern that is too deep
--= error pattern too complex
print(("a"):rep(300):find(("a?"):rep(300)))

--# malformed patterns
--= ok
for _, pattern in ipairs { "%", "[", "[a", "[^", "[]", "[%", "%b", "%bx", "%f", "%fa", "%f[", "(", "(()",
  "a)", "%1", "(%1)", "()%2", "%9", "[a-", "[%a-", "[a-%" } do
  assert(not pcall(string.match, "abc(", pattern), pattern)
end
assert(not pcall(string.gsub, "abc", "b", "%"))
assert(not pcall(string.gsub, "abc", "b", "%2"))
assert(not pcall(string.gsub, "abc", "b", "%x"))
assert(not pcall(string.gsub, "abc", "b", function() return {} end))
assert(not pcall(string.gsub, "abc", "b"))

--# gsub whose callback changes nothing it can reach
--= ok
local text = ("ab"):rep(100)
assert(select(2, text:gsub("a", function() text = nil end)) == 100)
