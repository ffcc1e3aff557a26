-- tests/lua/support/fake_fact.lua - facts in plain Lua: exact fractions with unit and expression.
local Fact = { __name = "dateline.Fact" }
local methods = {}

function Fact:__index(key)
  if methods[key] then
    return methods[key]
  elseif key == "text" then
    return self.kind == "date" and self.date.iso
      or self:format(self.den ~= 1 and 1 or 0):gsub("%.0$", "")
  elseif key == "value" then
    return self.den == 1 and self.num or self.num / self.den
  elseif key == "is_integer" then
    return self.den == 1
  end
end

local function gcd(a, b)
  while b ~= 0 do
    a, b = b, a % b
  end
  return a
end

local M = {}

function M.new(num, den, unit, fields)
  if den < 0 then
    num, den = -num, -den
  end
  local common = gcd(num < 0 and -num or num, den)
  local fact = fields or {}
  fact.kind, fact.unit = "number", unit
  fact.num, fact.den = num // common, den // common
  fact.note = fact.note or ""
  fact.label = fact.label or fact.expression
  fact.sources = fact.sources or {}
  return setmetatable(fact, Fact)
end

function M.date(date, fields)
  local fact = fields or {}
  fact.kind, fact.unit, fact.date = "date", "date", date
  fact.from, fact.to, fact.note = date, date, fact.note or ""
  fact.sources = fact.sources or {}
  return setmetatable(fact, Fact)
end

local function as_fact(value)
  if getmetatable(value) == Fact then
    return value
  end
  return M.new(value, 1, "", { expression = tostring(value) })
end

local function combine(a, b, op, num, den, unit)
  local seen, sources = {}, {}
  for _, fact in ipairs { a, b } do
    for _, source in ipairs(fact.sources) do
      if not seen[source] then
        seen[source] = true
        sources[#sources + 1] = source
      end
    end
  end
  return M.new(num, den, unit, {
    expression = ("(%s %s %s)"):format(a.expression, op, b.expression), sources = sources,
    from = a.from, to = a.to, date = a.to,
  })
end

function Fact.__add(a, b)
  a, b = as_fact(a), as_fact(b)
  return combine(a, b, "+", a.num * b.den + b.num * a.den, a.den * b.den, a.unit)
end

function Fact.__sub(a, b)
  a, b = as_fact(a), as_fact(b)
  return combine(a, b, "-", a.num * b.den - b.num * a.den, a.den * b.den, a.unit)
end

function Fact.__mul(a, b)
  a, b = as_fact(a), as_fact(b)
  return combine(a, b, "*", a.num * b.num, a.den * b.den, a.unit)
end

function Fact.__div(a, b)
  a, b = as_fact(a), as_fact(b)
  local unit = a.unit == b.unit and "" or (b.unit == "" and a.unit) or a.unit .. "/" .. b.unit
  return combine(a, b, "/", a.num * b.den, a.den * b.num, unit)
end

function Fact.__eq(a, b)
  return a.num * b.den == b.num * a.den
end

function Fact.__lt(a, b)
  return a.num * b.den < b.num * a.den
end

function Fact.__le(a, b)
  return a.num * b.den <= b.num * a.den
end

function Fact:__tostring()
  return self.text
end

function methods:change(was)
  if was.num == 0 then
    return nil, "a change needs a base above 0"
  end
  local fact = combine(self, was, "-", (self.num * was.den - was.num * self.den) * 100 * was.den,
    self.den * was.den * was.num, "percent")
  fact.expression = ("change(%s, %s)"):format(self.expression, was.expression)
  return fact
end

-- Half up by hand, so that a test of the words compares with something written twice.
function methods:format(decimals)
  local scale = math.tointeger(10 ^ (decimals or 0))
  local n = self.num < 0 and -self.num or self.num
  local scaled = (2 * n * scale + self.den) // (2 * self.den)
  local whole = tostring(scaled // scale):reverse():gsub("(%d%d%d)", "%1,"):reverse():gsub("^,", "")
  local sign = self.num < 0 and scaled > 0 and "-" or ""
  if scale == 1 then
    return sign .. whole
  end
  return sign .. whole .. "." .. ("%0" .. decimals .. "d"):format(scaled % scale)
end

return M
