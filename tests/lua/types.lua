-- tests/lua/types.lua - the editors' stubs against the program itself, both ways; run by
-- tests/unit/test_types.c in a state of the library, with what only C can look into.
--
-- stubs: the text of all files under scripts/types. members: { class = { { name, parameters } } }
-- from the binding tables, a field without parameters. parameters(f): the names of a Lua function's
-- parameters. upvalue(f, name): one of its upvalues. environment: what a script sees.
local stubs, members, parameters, upvalue, environment = ...

local complaints = {}

local function complain(...)
  complaints[#complaints + 1] = string.format(...)
end

-- ---- the stubs ----

-- { class = { fields = { name = true }, functions = { name = "a, b" } } }
local classes = {}

local function parse()
  local class, holder
  local holders = {}
  for line in stubs:gmatch "[^\n]+" do
    local name = line:match "^%-%-%-@class ([%w.]+)"
    local field = line:match "^%-%-%-@field ([%w_]+)"
    local variable = line:match "^local (%w+)"
    local owner, fn, list = line:match "^function (%w+)[.:]([%w_]+)%((.-)%)"
    local global, global_list = line:match "^function ([%w_]+)%((.-)%)"
    if name then
      class = { fields = {}, functions = {} }
      classes[name] = class
    elseif field then
      class.fields[field] = true
    elseif variable then
      holders[variable] = class
    elseif owner then
      holder = holders[owner] or error("no class for " .. line)
      if holder.functions[fn] then
        complain("%s.%s stands twice", owner, fn)
      end
      holder.functions[fn] = list
    elseif global then
      classes.globals = classes.globals or { fields = {}, functions = {} }
      classes.globals.functions[global] = global_list
    end
  end
end

-- ---- comparing ----

-- actual: { fields = { name = true }, functions = { name = "a, b" } }; true: any parameters.
local function compare(name, actual)
  local stub = classes[name]
  if not stub then
    return complain("%s has no stub", name)
  end
  for kind, things in pairs(actual) do
    for thing, list in pairs(things) do
      local written = stub[kind][thing]
      if not written then
        complain("%s: %s has no stub", name, thing)
      elseif list ~= true and written ~= list then
        complain("%s: %s takes (%s), its stub (%s)", name, thing, list, written)
      end
    end
    for thing in pairs(stub[kind]) do
      if not things[thing] then
        complain("%s: the stub has %s, the program has not", name, thing)
      end
    end
  end
end

local function keys_of(list)
  local set = {}
  for _, key in ipairs(list) do
    set[key] = true
  end
  return set
end

local function fields_of(map)
  local set = {}
  for key in pairs(map) do
    if type(key) == "string" then
      set[key] = true
    end
  end
  return set
end

local function list_of(fn, first)
  return table.concat(parameters(fn), ", ", first)
end

-- As many parameters, whatever the library calls them; the first one is the library's own.
-- [counted]: functions that are compared by their parameters' names.
local function compare_counts(name, functions, counted)
  for fn, value in pairs(functions) do
    local written = classes[name].functions[fn]
    local _, commas = (written or ""):gsub("[^,]+", "")
    local takes = #parameters(value) - 1
    counted[fn] = true
    if written and commas ~= takes then
      complain("%s: %s takes %d parameters, its stub (%s)", name, fn, takes, written)
    end
  end
  compare(name, { functions = counted })
end

-- ---- what there is ----

local function check_members()
  for class, list in pairs(members) do
    local actual = { fields = {}, functions = {} }
    for _, member in ipairs(list) do
      if member[2] then
        actual.functions[member[1]] = member[2]
      else
        actual.fields[member[1]] = true
      end
    end
    compare(class, actual)
  end
end

local function check_document()
  local metatable = upvalue(require("dateline.document").new, "metatable")
  compare_counts("dateline.Document", upvalue(metatable.__index, "Document"), {})
end

local function check_phrases()
  local functions, plain = {}, {}
  for name, fn in pairs(require "dateline.phrase") do
    local make = upvalue(fn, "make")
    if make then
      functions[name] = make
    else
      plain[name] = list_of(fn, 1)
    end
  end
  compare_counts("dateline.PhraseSet", functions, plain)
end

local function check_crossings()
  local c = require "dateline.crossings"
  local day, week = {}, {}
  for name in pairs(require "dateline.names") do
    local weekly = name:match "^weekly%.(.*)"
    if weekly then
      week[weekly] = true
    else
      day[name] = true
    end
  end
  day.weekly = true
  for field in pairs(classes["dateline.Crossings"].fields) do
    if not day[field] and c[field] and c[field].name == "weekly." .. field then
      day[field] = true  -- a short name
    end
  end
  compare("dateline.Crossings", { fields = day })
  compare("dateline.WeeklyCrossings", { fields = week })
end

local function check_data()
  local data = require "dateline.data"
  local functions = {}
  for name, fn in pairs(data) do
    functions[name] = list_of(fn, 1)
  end
  compare("dateline.DataModule", { functions = functions })
  local dataset = require("native.data").dataset "small-boats-daily"
  compare("dateline.Dataset", { fields = fields_of(dataset) })
  compare("dateline.Column", { fields = fields_of(dataset.measures[1]) })
  local fields = {}
  for _, event in ipairs(data.events()) do
    for key in pairs(event) do
      fields[key] = true
    end
  end
  compare("dateline.Event", { fields = fields })
end

local function check_date()
  compare("dateline.DateModule", { functions = { parse = true, is = true } })
  local actual = {}
  for name in pairs(require "dateline.date") do
    actual[name] = true
  end
  compare("dateline.DateModule", { functions = actual })
end

local function check_fact_parts()
  local fact = require("dateline.crossings").people:on "2024-10-18"
  compare("dateline.Source", { fields = fields_of(fact.sources[1]) })
  local phrase, claim = require("dateline.phrase").approx(fact)
  local parts = fields_of(phrase)
  parts.text = true
  compare("dateline.Phrase", { fields = parts })
  local fields = fields_of(claim)
  fields.also = true  -- of a phrase that makes several
  compare("dateline.Claim", { fields = fields })
end

local function check_shapes()
  local report, params = require "dateline.report", require "dateline.params"
  local check = upvalue(report.build, "check")
  compare("dateline.Report", { fields = keys_of(upvalue(check, "known")) })
  local check_spec = upvalue(params.list, "check_spec")
  compare("dateline.Parameter", { fields = keys_of(upvalue(check_spec, "spec_fields")) })
  local types = table.concat(upvalue(check_spec, "type_names"), "\"|\"")
  if not stubs:find("---@field type? \"" .. types .. "\"", 1, true) then
    complain("the types of parameters are \"%s\"", types)
  end
  local check_case = upvalue(upvalue(require("dateline.cases").list, "check"), "check_case")
  compare("dateline.Case", { fields = keys_of(upvalue(check_case, "case_parts")) })
  compare("dateline.Expected", { fields = keys_of(upvalue(check_case, "expect_parts")) })
end

local function check_json()
  local json = require "dateline.json"
  compare("dateline.JsonModule", {
    fields = { null = json.null and true },
    functions = { array = list_of(json.array, 1), encode = list_of(json.encode, 1) },
  })
end

local function check_plugins()
  local plugins, styles = require "dateline.plugins", require "dateline.style"
  local kinds, parts = upvalue(plugins.public, "kinds"), {}
  for _, kind in pairs(kinds) do
    parts[kind.part] = true
  end
  compare("dateline.Plugin", { fields = parts })
  local complete = upvalue(upvalue(styles.named, "from_plugin"), "complete")
  compare("dateline.HouseStyle", { fields = keys_of(upvalue(complete, "field_names")) })
  local host = require("dateline.plugin_host").new { name = "x", version = "1" }
  for _, things in pairs(classes["dateline.Host"]) do
    for name in pairs(things) do
      if not pcall(function() return host[name] end) then
        complain("dateline.Host: the stub has %s, the program has not", name)
      end
    end
  end
end

local function check_globals()
  for name in pairs(classes.globals.functions) do
    if name ~= "refuse" and not pcall(function() return environment[name] end) then
      complain("a script has no %s", name)
    end
  end
end

parse()
check_members()
check_document()
check_phrases()
check_crossings()
check_data()
check_date()
check_fact_parts()
check_shapes()
check_json()
check_plugins()
check_globals()
table.sort(complaints)
return table.concat(complaints, "\n")
