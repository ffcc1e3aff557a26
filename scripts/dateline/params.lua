-- scripts/dateline/params.lua - a report's parameters: declared, typed, defaulted, explained.
local crossings = require "dateline.crossings"
local dates = require "native.date"
local data = require "native.data"
local piece = require "dateline.piece"
local suggest = require "dateline.suggest"
local tools = require "native.tools"

local M = {}

local function one_of(text, choices, what)
  for _, choice in ipairs(choices) do
    if choice == text then
      return text
    end
  end
  return nil, what .. table.concat(choices, ", "), suggest.hint(text, choices)
end

-- Each type: what a value of it is called, whether a Lua value is one, and what it makes of a text:
-- the value, or nil, what was expected and a hint. `spec` is the parameter's own declaration.
local types = {}

types.date = {
  noun = "a date", is = dates.is,
  read = function(text)
    local date = dates.parse(text)
    if date or text == "latest" then
      return date or text
    end
    return nil, "a date such as 2024-10-18, or 'latest'", dates.hint(text)
  end,
}

types.integer = {
  noun = "a whole number", is = function(value) return math.type(value) == "integer" end,
  read = function(text)
    return math.tointeger(text:match "^-?%d+$" and tonumber(text)), "digits alone, such as 12"
  end,
}

types.number = {
  noun = "a number", is = function(value) return type(value) == "number" end,
  read = function(text)
    return text:match "^-?%d+%.?%d*$" and tonumber(text) or nil, "digits, such as 12 or 12.5",
      text:match "^-?%d+,%d+$" and "did you mean '" .. text:gsub(",", ".") .. "'?"
  end,
}

types.choice = {
  noun = "one of the choices", is = function() return false end,
  read = function(text, spec) return one_of(text, spec.choices, "one of ") end,
}

local booleans = { ["true"] = true, yes = true, [""] = true, ["false"] = false, no = false }
types.boolean = {
  noun = "yes or no", is = function(value) return type(value) == "boolean" end,
  read = function(text) return booleans[text], "yes or no" end,
}

types.text = {
  noun = "a text", is = function() return false end,
  read = function(text) return text end,
}

types.dataset = {
  noun = "a dataset", is = function() return false end,
  read = function(text) return one_of(text, data.datasets(), "one of ") end,
}

local type_names = {}
for name in pairs(types) do
  type_names[#type_names + 1] = name
end
table.sort(type_names)

local spec_fields = { "type", "default", "help", "choices", "of", "required" }

local function declared_wrongly(name, message, hint, expected)
  message = ("parameter '%s': %s"):format(name, message)
  tools.fail { code = "script", message = message, hint = hint, expected = expected }
end

local function quoted(value)
  return type(value) == "string" and "'" .. value .. "'" or tostring(value)
end

local function check_choices(name, choices)
  if type(choices) ~= "table" or #choices == 0 then
    declared_wrongly(name, "a choice needs choices = { \"one\", \"other\" }")
  end
  for _, choice in ipairs(choices) do
    if type(choice) ~= "string" then
      declared_wrongly(name, ("the choice %s is no text"):format(quoted(choice)),
        ("write it in quotation marks: \"%s\""):format(tostring(choice)))
    end
  end
end

-- A default stands for what nobody gave, so it must be what could have been given.
local function check_default(name, spec)
  local kind, default = types[spec.type or "text"], spec.default
  if default == nil or kind.is(default) then
    return
  end
  local value, expected, hint
  if type(default) == "string" then
    value, expected, hint = kind.read(default, spec)
  else
    local text = tostring(default)
    expected = kind.noun
    hint = type(default) == "number" and select(1, kind.read(text, spec)) ~= nil
      and ("write it in quotation marks: \"%s\""):format(text) or nil
  end
  if value == nil then
    declared_wrongly(name, ("its default %s is not %s"):format(quoted(default), kind.noun), hint,
      expected)
  end
end

local function check_spec(name, spec)
  if type(spec) ~= "table" then
    declared_wrongly(name, "is declared by a table", nil,
      ("%s = { type = \"date\", default = \"latest\" }"):format(name))
  end
  for key in pairs(spec) do
    local near = suggest.nearest(tostring(key), spec_fields)
    if near ~= key then
      declared_wrongly(name, ("a declaration has no part '%s'"):format(tostring(key)),
        near and "did you mean '" .. near .. "'?", "one of " .. table.concat(spec_fields, ", "))
    end
  end
  if not types[spec.type or "text"] then
    local near = suggest.hint(tostring(spec.type), type_names)
    declared_wrongly(name, ("there is no type '%s'"):format(tostring(spec.type)), near,
      "one of " .. table.concat(type_names, ", "))
  end
  if spec.type == "choice" then
    check_choices(name, spec.choices)
  end
  if spec.of ~= nil and piece.kind_of(spec.of) ~= "measure" then
    declared_wrongly(name, "its 'of' is no measure", nil, "a measure such as c.people")
  end
  if spec.required ~= nil and type(spec.required) ~= "boolean" then
    declared_wrongly(name, "its 'required' is neither true nor false")
  end
  check_default(name, spec)
end

-- The declarations as a list in order of name.
function M.list(specs)
  local list = {}
  for name, spec in pairs(specs) do
    if type(name) ~= "string" then
      declared_wrongly(tostring(name), "it has no name", nil, "params = { name = { ... }, ... }")
    elseif not name:match "^[a-z][a-z0-9_-]*$" then
      declared_wrongly(name, "a name is of lower-case letters, digits, - and _")
    end
    check_spec(name, spec)
    list[#list + 1] = { name = name, spec = spec }
  end
  table.sort(list, function(a, b) return a.name < b.name end)
  return list
end

local function unknown(name, names)
  local near = suggest.nearest(name, names)
  tools.fail {
    code = "usage", message = ("this report has no parameter '%s'"):format(name),
    expected = #names > 1 and "one of --" .. table.concat(names, ", --")
      or names[1] and "--" .. names[1] or "no parameters",
    hint = near and "did you mean '--" .. near .. "'?",
  }
end

-- A value as build sees it: "latest" is the latest day with a value of the measure `of` (people,
-- unless declared otherwise).
local function value_of(name, spec, text)
  local kind = types[spec.type or "text"]
  if type(text) ~= "string" then
    return text
  end
  local value, expected, hint = kind.read(text, spec)
  if value == nil then
    tools.fail {
      code = "usage", message = ("--%s: '%s' is not %s"):format(name, text, kind.noun),
      expected = expected, hint = hint,
    }
  end
  if value == "latest" and spec.type == "date" then
    local latest = (spec.of or crossings.people):latest()  -- of a week its last day
    return latest and latest.date
  end
  return value
end

-- A misspelt parameter in build is a mistake, not a nil.
local function strict(values, names)
  local known = {}
  for _, name in ipairs(names) do
    known[name] = true
  end
  return setmetatable(values, {
    __index = function(_, key)
      if not known[key] then
        tools.fail {
          code = "script",
          message = ("the report declares no parameter '%s'"):format(tostring(key)),
          expected = #names > 1 and "one of " .. table.concat(names, ", ") or names[1]
            or "params = { ... } in the report",
          hint = suggest.hint(tostring(key), names),
        }
      end
    end,
    __metatable = false,
  })
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
      unknown(name, names)
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
        expected = spec.help or types[spec.type or "text"].noun,
      }
    end
    values[name] = value_of(name, spec, text)
  end
  return strict(values, names)
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
    local kind = spec.type == "choice" and table.concat(spec.choices, "|")
      or (spec.type or "text"):upper()
    local head = ("  --%s %s"):format(entry.name, kind)
    local default = default_text(spec)
    local note = spec.required and "(required)" or default and "(default: " .. default .. ")"
    local help = (spec.help or "") .. (spec.help and note and " " or "") .. (note or "")
    lines[#lines + 1] = help == "" and head or ("%-26s  %s"):format(head, help)
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
