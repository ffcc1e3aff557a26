-- scripts/dateline/params.lua - a report's parameters: declared, typed, defaulted, explained.
local crossings = require "dateline.crossings"
local dates = require "native.date"
local data = require "native.data"
local suggest = require "dateline.suggest"
local tools = require "native.tools"

local M = {}

local function usage(name, value, expected, hint)
  tools.fail {
    code = "usage", message = ("--%s: '%s' is not %s"):format(name, value, expected),
    expected = expected, hint = hint,
  }
end

local function one_of(name, value, choices, what)
  for _, choice in ipairs(choices) do
    if choice == value then
      return value
    end
  end
  local near = suggest.nearest(value, choices)
  usage(name, value, what .. table.concat(choices, ", "), near and "did you mean '" .. near .. "'?")
end

-- What each type makes of a text; `spec` is the parameter's own declaration.
local types = {}

-- "latest" is the latest day with a value of the measure `of` (people, unless declared otherwise).
function types.date(name, text, spec)
  if text == "latest" then
    return (spec.of or crossings.people).last_date
  end
  local date = dates.parse(text)
  return date or usage(name, text, "a date such as 2024-10-18, or 'latest'")
end

function types.integer(name, text)
  local value = math.tointeger(text:match "^-?%d+$" and tonumber(text))
  return value or usage(name, text, "a whole number")
end

function types.number(name, text)
  local value = text:match "^-?%d+%.?%d*$" and tonumber(text)
  return value or usage(name, text, "a number")
end

function types.choice(name, text, spec)
  return one_of(name, text, spec.choices, "one of ")
end

function types.boolean(name, text)
  if text == "true" or text == "yes" or text == "" then
    return true
  elseif text == "false" or text == "no" then
    return false
  end
  usage(name, text, "yes or no")
end

function types.text(_, text)
  return text
end

function types.dataset(name, text)
  return one_of(name, text, data.datasets(), "a dataset: ")
end

local type_names = {}
for name in pairs(types) do
  type_names[#type_names + 1] = name
end
table.sort(type_names)

local spec_fields = { "type", "default", "help", "choices", "of", "required" }

local function declared_wrongly(name, message, hint)
  message = ("parameter '%s': %s"):format(name, message)
  tools.fail { code = "script", message = message, hint = hint }
end

local function check_spec(name, spec)
  if type(spec) ~= "table" then
    declared_wrongly(name,
      "is declared by a table such as { type = \"date\", default = \"latest\" }")
  end
  for key in pairs(spec) do
    local near = suggest.nearest(tostring(key), spec_fields)
    if near ~= key then
      declared_wrongly(name, ("has no part called '%s'"):format(tostring(key)),
        near and "did you mean '" .. near .. "'?")
    end
  end
  if not types[spec.type or "text"] then
    local near = suggest.nearest(tostring(spec.type), type_names)
    declared_wrongly(name, ("there is no type '%s'"):format(tostring(spec.type)),
      near and "did you mean '" .. near .. "'?" or "types: " .. table.concat(type_names, ", "))
  end
  if spec.type == "choice" and (type(spec.choices) ~= "table" or #spec.choices == 0) then
    declared_wrongly(name, "a choice needs choices = { \"one\", \"other\" }")
  end
end

-- The declarations as a list in order of name.
function M.list(specs)
  local list = {}
  for name, spec in pairs(specs) do
    if type(name) ~= "string" or not name:match "^[a-z][a-z0-9_-]*$" then
      declared_wrongly(tostring(name), "a name is of lower-case letters, digits, - and _")
    end
    check_spec(name, spec)
    list[#list + 1] = { name = name, spec = spec }
  end
  table.sort(list, function(a, b) return a.name < b.name end)
  return list
end

-- The values for build: what was given, else the default. An unknown name is refused.
function M.resolve(specs, given)
  local list = M.list(specs)
  local names = {}
  for i, entry in ipairs(list) do
    names[i] = entry.name
  end
  for name in pairs(given) do
    if specs[name] == nil then
      local near = suggest.nearest(name, names)
      tools.fail {
        code = "usage", message = ("this report has no parameter '%s'"):format(name),
        expected = #names > 0 and "one of --" .. table.concat(names, ", --") or "no parameters",
        hint = near and "did you mean '--" .. near .. "'?",
      }
    end
  end
  local values = {}
  for _, entry in ipairs(list) do
    local name, spec = entry.name, entry.spec
    local text = given[name]
    if text == nil then
      text = spec.default
    end
    if text == nil and spec.required then
      tools.fail {
        code = "usage", message = ("this report needs --%s"):format(name),
        expected = spec.help or spec.type,
      }
    elseif type(text) == "string" then
      values[name] = types[spec.type or "text"](name, text, spec)
    else
      values[name] = text
    end
  end
  return values
end

local function default_text(spec)
  return spec.default ~= nil and tostring(spec.default) or nil
end

function M.describe_text(report, name, list)
  local lines = { report.title }
  if report.help then
    lines[#lines + 1] = report.help
  end
  lines[#lines + 1] = ""
  lines[#lines + 1] = "usage: dateline run " .. name .. (#list > 0 and " [--PARAM VALUE ...]" or "")
  if #list > 0 then
    lines[#lines + 1] = ""
    lines[#lines + 1] = "parameters:"
  end
  for _, entry in ipairs(list) do
    local spec = entry.spec
    local kind = spec.type == "choice" and table.concat(spec.choices, "|") or spec.type or "text"
    local head = ("  --%s %s"):format(entry.name, kind:upper())
    local default = default_text(spec)
    lines[#lines + 1] = ("%-26s  %s%s"):format(head, spec.help or "",
      default and (" (default: %s)"):format(default) or "")
  end
  return table.concat(lines, "\n") .. "\n"
end

function M.describe_json(report, name, list)
  local quote = tools.quote
  local parts = {}
  for i, entry in ipairs(list) do
    local spec = entry.spec
    local fields = {
      '"name":' .. quote(entry.name),
      '"type":' .. quote(spec.type or "text"),
      '"default":' .. (spec.default ~= nil and quote(default_text(spec)) or "null"),
      '"help":' .. quote(spec.help or ""),
      '"required":' .. tostring(spec.required == true),
    }
    if spec.choices then
      local choices = {}
      for n, choice in ipairs(spec.choices) do
        choices[n] = quote(choice)
      end
      fields[#fields + 1] = '"choices":[' .. table.concat(choices, ",") .. "]"
    end
    parts[i] = "{" .. table.concat(fields, ",") .. "}"
  end
  return ('{"name":%s,"title":%s,"help":%s,"parameters":[%s]}\n'):format(
    quote(name), quote(report.title), quote(report.help or ""), table.concat(parts, ","))
end

return M
