-- scripts/dateline/plugins.lua - what plugins add to a run. Each is loaded once, when something of
-- it is needed, and held to what its plugin.json declares.
--
-- A plugin's main.lua returns { renderers = { NAME = function }, styles = { NAME = table }, ... }.
-- It is given the host's table; what it gives a script are values, never functions.
local fail = require "dateline.fail"
local host = require "native.plugins"
local sorted_keys = require "dateline.keys"
local piece = require "dateline.piece"
local plugin_file = require "dateline.plugin_file"
local plugin_host = require "dateline.plugin_host"
local suggest = require "dateline.suggest"
local tools = require "native.tools"

local M = {}

-- The kinds that main.lua registers: where, and what each is.
local kinds = {
  check = { part = "checks", type = "function" },
  ["function"] = { part = "functions", type = "function" },
  importer = { part = "importers", type = "function" },
  phrase = { part = "phrases", type = "function" },
  publisher = { part = "publishers", type = "function" },
  renderer = { part = "renderers", type = "function" },
  style = { part = "styles", type = "table" },
}

local parts, kind_of_part = {}, {}
for kind, its in pairs(kinds) do
  parts[#parts + 1] = its.part
  kind_of_part[its.part] = kind
end
table.sort(parts)

-- ---- what a plugin registers ----

local function main_of(found)
  return found.label .. "/main.lua"
end

local function wrong(found, message, hint, expected)
  tools.fail {
    code = "script", message = ("the plugin %s %s"):format(found.name, message), hint = hint,
    expected = expected, file = main_of(found),
  }
end

local function check_part(found, part, registered)
  local kind = kind_of_part[part]
  if type(registered) ~= "table" then
    wrong(found, ("has %s that are no table"):format(part), nil, part .. " = { NAME = ... }")
  end
  local declared = found.provides[kind] or {}
  for _, name in ipairs(sorted_keys(registered)) do
    if not declared[name] then
      wrong(found,
        ("registers the %s '%s', which its plugin.json does not declare"):format(kind, name),
        suggest.hint(name, sorted_keys(declared)) or
        ('add { "kind": "%s", "name": "%s" } to "provides"'):format(kind, name))
    elseif type(registered[name]) ~= kinds[kind].type then
      wrong(found, ("has a %s '%s' that is a %s"):format(kind, name, type(registered[name])), nil,
        "a " .. kinds[kind].type)
    end
  end
end

local function check_declared(found, registered)
  for _, kind in ipairs(sorted_keys(found.provides)) do
    local its = kinds[kind]
    for _, name in ipairs(its and sorted_keys(found.provides[kind]) or {}) do
      if not (registered[its.part] or {})[name] then
        wrong(found, ("declares the %s '%s' in its plugin.json, and does not register it")
          :format(kind, name),
          ("main.lua returns { %s = { [\"%s\"] = ... } }"):format(its.part, name))
      end
    end
  end
end

local function check(found, registered)
  if type(registered) ~= "table" then
    wrong(found, "returned no table from main.lua", nil,
      "return { renderers = { NAME = function(document) ... end } }")
  end
  for _, part in ipairs(sorted_keys(registered)) do
    if not kind_of_part[part] then
      wrong(found, ("registers '%s', which is nothing a plugin has"):format(part),
        suggest.hint(part, parts), "one of " .. table.concat(parts, ", "))
    end
    check_part(found, part, registered[part])
  end
  check_declared(found, registered)
end

-- ---- loading ----

local loaded = {}

local function load(found)
  local plugin = loaded[found.name]
  if plugin then
    return plugin
  end
  plugin = { found = found }
  if not found.native then
    -- One of datasets and reports alone has no main.lua.
    plugin.registered = found.source == "" and {} or
      host.load(found.name, found.label, found.source)(plugin_host.new(found))
    check(found, plugin.registered)
  end
  loaded[found.name] = plugin
  return plugin
end

-- Who provides what, as the host said: it is asked once, not for each of many bulletins.
local answers = {}

-- The plugin that provides [kind] [name], loaded, and the thing itself; nil when none does.
local function provided(kind, name)
  local key = kind .. " " .. name
  if answers[key] == nil then
    answers[key] = host.find(kind, name) or false
  end
  if not answers[key] then
    return nil
  end
  local plugin = load(answers[key])
  local own = name:match ":(.*)$" or name                 -- "PLUGIN:NAME" says whose it is
  return plugin, plugin.registered and plugin.registered[kinds[kind].part][own]
end

local function must_provide(kind, name)
  local plugin, thing = provided(kind, name)
  if not thing then
    fail(("no plugin written in Lua provides the %s '%s'"):format(kind, name),
      "dateline plugins lists what there is", nil, "usage")
  end
  return thing, plugin
end

-- ---- what scripts get ----

local DEPTH_MAX = 16

-- A plugin gives scripts values, never functions: what it may do is its own.
local function value_of(plugin, name, value, depth)
  local kind = piece.kind_of(value)
  if kind == "function" or kind == "userdata" or kind == "thread" or depth > DEPTH_MAX or
    (kind == "table" and getmetatable(value) ~= nil) then
    wrong(plugin.found, ("gave a %s where %s should give a value"):format(
      depth > DEPTH_MAX and "table too deep" or kind, name), nil,
      "nil, a boolean, a number, a text, a date, a fact, a phrase, or a table of these")
  elseif kind ~= "table" then
    return value
  end
  local copy = {}
  for key, inner in pairs(value) do
    copy[value_of(plugin, name, key, depth + 1)] = value_of(plugin, name, inner, depth + 1)
  end
  return copy
end

local function wrap(plugin, name, fn)
  return host.framed(function(...)
    local results = table.pack(fn(...))
    for i = 1, results.n do
      results[i] = value_of(plugin, name, results[i], 1)
    end
    return table.unpack(results, 1, results.n)
  end)
end

local function native_function(found, name)
  return host.framed(function(...)
    return host.call(found.name, name, ...)
  end)
end

-- What `require "plugin.NAME"` gives a script: the plugin's phrases and functions.
function M.public(module)
  local name = module:gsub("^plugin%.", "")
  local found = host.find("plugin", name)
  if not found then
    fail(("there is no plugin '%s'"):format(name), "dateline plugins lists what there is")
  end
  local plugin, functions = load(found), {}
  for _, kind in ipairs { "phrase", "function" } do
    for _, declared in ipairs(sorted_keys(found.provides[kind] or {})) do
      functions[declared] = found.native and native_function(found, declared) or
        wrap(plugin, declared, plugin.registered[kinds[kind].part][declared])
    end
  end
  local names = sorted_keys(functions)
  return setmetatable({}, {
    __index = function(_, key)
      local fn = functions[key]
      if not fn then
        fail(("the plugin %s has no function '%s'"):format(name, tostring(key)),
          suggest.hint(key, names), #names > 0 and "one of " .. table.concat(names, ", ") or nil)
      end
      return fn
    end,
    __newindex = function()
      fail "what a plugin gives cannot be changed"
    end,
    __metatable = false,
  })
end

-- ---- what runs ask for ----

-- A house style, as its plugin wrote it; nil when no plugin has one of that name.
function M.style(name)
  local plugin, style = provided("style", name)
  return style, plugin and main_of(plugin.found)
end

-- [document] as bytes by the renderer [name]; [fragment]: as a part of something larger.
function M.render(name, document, fragment)
  local render, plugin = must_provide("renderer", name)
  local text = render(document, { fragment = fragment })
  if type(text) ~= "string" then
    wrong(plugin.found, ("gave a %s where the renderer '%s' should give a text")
      :format(type(text), name))
  end
  return text
end

-- What the check [name] finds in [document], a line each.
function M.check(name, document)
  local examine, plugin = must_provide("check", name)
  local findings = examine(document)
  if findings == nil then
    return ""
  elseif type(findings) ~= "table" then
    wrong(plugin.found, ("gave a %s where the check '%s' should give a list of texts")
      :format(type(findings), name))
  end
  local lines = {}
  for key, finding in pairs(findings) do
    if math.type(key) ~= "integer" or type(finding) ~= "string" then
      wrong(plugin.found, ("gave a %s for a finding of the check '%s'"):format(
        type(finding), name), nil, "a list of texts")
    end
    lines[#lines + 1] = name .. ": " .. finding:gsub("%c", " ") .. "\n"
  end
  return table.concat(lines)
end

local bulletin_names = {
  "date", "format", "key", "path", "report", "style", "summary", "text", "title",
}

-- A bulletin as a publisher sees it: a misspelt part is an error, not a nil.
local function strict_bulletin(bulletin)
  return setmetatable({}, {
    __index = function(_, key)
      if suggest.nearest(key, bulletin_names) ~= key then
        fail(("a bulletin has no '%s'"):format(tostring(key)), suggest.hint(key, bulletin_names),
          table.concat(bulletin_names, ", "))
      end
      return bulletin[key]
    end,
    __newindex = function()
      fail "a bulletin cannot be changed"
    end,
    __metatable = "dateline.Written",
  })
end

function M.publish(name, bulletin)
  must_provide("publisher", name)(strict_bulletin(bulletin))
end

-- What the publisher [name] would do, as lines "write PATH", "request POST URL", "read PATH".
function M.rehearse(name, bulletin)
  return plugin_host.rehearse(must_provide("publisher", name), strict_bulletin(bulletin))
end

-- The rows of a file, as an iterator (plugin_file.lua).
function M.import(name, path, text)
  local importer, plugin = must_provide("importer", name)
  local rows = importer(plugin_file.new(path, text))
  if type(rows) ~= "function" then
    wrong(plugin.found, ("gave a %s where the importer '%s' should give a function")
      :format(type(rows), name), nil, "a function that gives the next row each time, then nil")
  end
  return plugin_file.rows(path, rows)
end

-- Loads the plugin [name] to see whether all is well with it.
function M.verify(name)
  load(host.find("plugin", name))
end

return M
