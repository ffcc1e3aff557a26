-- scripts/dateline/json.lua - values as JSON (RFC 8259), for renderers: json.encode(value).
--
-- A table whose keys are 1..n is an array; json.array {} is an empty one, any other table an object
-- with its keys in order of their bytes. json.null stands for null. Integers are exact; a number
-- that is not whole is refused, since how it was meant to be rounded is not known.
local fail = require "dateline.fail"
local tools = require "native.tools"

local concat, floor, sort, type = table.concat, math.floor, table.sort, type

local DEPTH_MAX = 200

local M = {}

local Array = { __metatable = "json.array" }
local Null = setmetatable({}, { __metatable = "json.null", __newindex = function()
  fail "json.null cannot be changed"
end })

M.null = Null

-- Marks [list] as an array, also when it is empty.
function M.array(list)
  if type(list) ~= "table" then
    fail("json.array takes a table", nil, "json.array { ... }")
  end
  return setmetatable(list, Array)
end

local function is_array(value)
  return getmetatable(value) == "json.array" or rawget(value, 1) ~= nil
end

local add

local function add_array(out, list, depth)
  local count = #list
  out[#out + 1] = "["
  for i = 1, count do
    out[#out + 1] = i > 1 and "," or nil
    add(out, list[i], depth + 1)
  end
  for key in pairs(list) do
    if math.type(key) ~= "integer" or key < 1 or key > count then
      fail(("this array has the key '%s' as well"):format(tostring(key)), nil, "the keys 1 to n")
    end
  end
  out[#out + 1] = "]"
end

local function add_object(out, object, depth)
  local keys = {}
  for key in pairs(object) do
    if type(key) ~= "string" then
      fail(("a JSON object cannot have the key %s"):format(tostring(key)), nil, "texts as keys")
    end
    keys[#keys + 1] = key
  end
  sort(keys)
  out[#out + 1] = "{"
  for i, key in ipairs(keys) do
    out[#out + 1] = (i > 1 and "," or "") .. tools.quote(key) .. ":"
    add(out, object[key], depth + 1)
  end
  out[#out + 1] = "}"
end

local function number_text(value)
  if math.type(value) == "integer" then
    return ("%d"):format(value)
  elseif value == floor(value) and value > -2^53 and value < 2^53 then
    return ("%d"):format(floor(value))
  end
  fail(("%s is no whole number"):format(tostring(value)), "write it as a text: fact.text")
end

function add(out, value, depth)
  local kind = type(value)
  if depth > DEPTH_MAX then
    fail(("this JSON is nested deeper than %d"):format(DEPTH_MAX))
  elseif kind == "string" then
    out[#out + 1] = tools.quote(value)
  elseif kind == "number" then
    out[#out + 1] = number_text(value)
  elseif kind == "boolean" then
    out[#out + 1] = tostring(value)
  elseif value == nil or value == Null then
    out[#out + 1] = "null"
  elseif kind ~= "table" then
    fail("JSON cannot hold a " .. kind, "tostring(value) makes a text of it")
  elseif is_array(value) then
    add_array(out, value, depth)
  else
    add_object(out, value, depth)
  end
end

-- The text of [value], on one line.
function M.encode(value)
  local out = {}
  add(out, value, 1)
  return concat(out)
end

return M
