-- scripts/dateline/evaluate.lua - a value as `eval` prints it: for a person, or as one JSON object.
local dates = require "native.date"
local facts = require "native.fact"
local help = require "dateline.help"
local tools = require "native.tools"

local M = {}

local depth_max = 16

-- A float as JSON takes it; JSON has no infinities.
local function number_json(value)
  if math.type(value) == "integer" then
    return ("%d"):format(value)
  elseif value ~= value or value == math.huge or value == -math.huge then
    return "null"
  end
  return (("%.17g"):format(value))
end

local to_json

local function table_json(value, depth)
  local parts = {}
  if #value > 0 or next(value) == nil then
    for i = 1, #value do
      parts[i] = to_json(value[i], depth + 1)
    end
    return "[" .. table.concat(parts, ",") .. "]"
  end
  local keys = {}
  for key in pairs(value) do
    keys[#keys + 1] = tostring(key)
  end
  table.sort(keys)
  for i, key in ipairs(keys) do
    parts[i] = tools.quote(key) .. ":" .. to_json(value[key], depth + 1)
  end
  return "{" .. table.concat(parts, ",") .. "}"
end

function to_json(value, depth)
  local kind = type(value)
  if value == nil then
    return "null"
  elseif kind == "boolean" then
    return tostring(value)
  elseif kind == "number" then
    return number_json(value)
  elseif facts.is(value) then
    return tools.fact_json(value)
  elseif kind == "table" and getmetatable(value) == nil then
    return depth < depth_max and table_json(value, depth) or '"..."'
  end
  return tools.quote(tostring(value))
end

local function text_of(value, depth)
  if type(value) ~= "table" or getmetatable(value) ~= nil then
    return tostring(value)
  elseif depth >= depth_max then
    return "{...}"
  end
  local parts = {}
  if #value > 0 then
    for i = 1, #value do
      parts[i] = text_of(value[i], depth + 1)
    end
  else
    local keys = {}
    for key in pairs(value) do
      keys[#keys + 1] = tostring(key)
    end
    table.sort(keys)
    for i, key in ipairs(keys) do
      parts[i] = key .. " = " .. text_of(value[key], depth + 1)
    end
  end
  return "{ " .. table.concat(parts, ", ") .. " }"
end

-- text, answered, reason: answered is false when the value is nil.
function M.show(json, value, reason)
  if value == nil then
    local why = type(reason) == "string" and reason or "the expression is nil"
    return json and ('{"kind":"none","reason":%s}\n'):format(tools.quote(why)) or why, false, why
  elseif not json then
    return text_of(value, 0) .. "\n", true
  elseif facts.is(value) then
    return tools.fact_json(value) .. "\n", true
  elseif dates.is(value) then
    return ('{"kind":"date","value":%s}\n'):format(tools.quote(value.iso)), true
  end
  return '{"kind":"value","value":' .. to_json(value, 0) .. "}\n", true
end

local last, last_reason  -- what a prompt answered

-- What a prompt prints for an input's value: a fact with what it is; for nil, the reason.
function M.answer(value, why)
  last, last_reason = value, why
  if value == nil then
    return (type(why) == "string" and why or "nil") .. "\n"
  elseif facts.is(value) then
    local note = value.note ~= "" and " (" .. value.note .. ")" or ""
    return ("%s\n  %s%s\n  %s\n"):format(value.text, value.label, note, value.expression)
  end
  return text_of(value, 0) .. "\n"
end

-- What a prompt says of its last answer.
function M.why()
  return help.why(last, last_reason)
end

-- The words that a prompt completes: names at hand, with their parts behind a dot or a colon.
function M.words()
  local words = { "c", "phrase", "data", "sql", "date", "print", "require" }
  local function add(prefix, names)
    table.sort(names)
    for _, name in ipairs(names) do
      words[#words + 1] = prefix .. name
    end
  end
  local function keys(module)
    local found = {}
    for key in pairs(module) do
      found[#found + 1] = type(key) == "string" and key or nil
    end
    return found
  end
  add("c.", {
    "people", "boats", "uncontrolled", "deaths", "departures", "weekly.people", "weekly.boats",
    "weekly.prevented", "weekly.prevention_events",
  })
  add("phrase.", keys(require "dateline.phrase"))
  add("data.", keys(require "dateline.data"))
  add("sql.", keys(require "dateline.sql"))
  add(":", tools.members().measure.functions)
  return table.concat(words, "\n")
end

return M
