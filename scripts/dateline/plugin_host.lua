-- scripts/dateline/plugin_host.lua - the host as a Lua plugin sees it: `local host = ...`.
--
-- What needs a capability is asked of the host, which refuses what was not granted. In a test what
-- a publisher does is noted down instead: nothing is written, nothing is sent.
local fail = require "dateline.fail"
local host = require "native.plugins"
local suggest = require "dateline.suggest"

local M = {}

-- What was done in a rehearsal, as lines "write PATH"; nil: what is done is done.
local noted

local function act(plugin, action, line, ...)
  if noted then
    noted[#noted + 1] = action .. " " .. line
    return ""
  end
  return host.act(plugin, action, ...)
end

-- Runs [f] with what it does noted down, and gives the notes.
function M.rehearse(f, ...)
  noted = {}
  f(...)
  local notes = noted
  noted = nil
  return notes
end

local function check_text(what, value)
  if type(value) ~= "string" then
    fail(("%s is a %s"):format(what, type(value)), nil, "a text")
  end
  return value
end

local function check_keys(what, map, names)
  for key in pairs(map) do
    if suggest.nearest(key, names) ~= key then
      fail(("%s has no '%s'"):format(what, tostring(key)), suggest.hint(key, names),
        table.concat(names, ", "))
    end
  end
end
M.check_keys = check_keys

local methods = { "DELETE", "GET", "PATCH", "POST", "PUT" }
local option_names = { "body", "headers", "method" }

local function read_options(options)
  if type(options) ~= "table" then
    fail(("the options of host.request are a %s"):format(type(options)), nil,
      "{ method = \"POST\", body = ..., headers = { ... } }")
  end
  check_keys("host.request", options, option_names)
  local body = options.body == nil and "" or check_text("the body", options.body)
  local method = options.method or (options.body and "POST" or "GET")
  if suggest.nearest(method, methods) ~= method then
    fail(("host.request knows no method '%s'"):format(tostring(method)),
      suggest.hint(method, methods), table.concat(methods, ", "))
  end
  return method, body
end

local function read_headers(headers)
  local lines = {}
  if headers ~= nil and type(headers) ~= "table" then
    fail(("the headers are a %s"):format(type(headers)), nil,
      "{ [\"Content-Type\"] = \"text/plain\" }")
  end
  for name, value in pairs(headers or {}) do
    lines[#lines + 1] = check_text("a header's name", name) .. ": " ..
      check_text("the header " .. name, value)
  end
  return lines
end

-- The table that the plugin [found] is given.
function M.new(found)
  local actions = { name = found.name, version = found.version }
  function actions.read(path)
    check_text("the path of host.read", path)
    return act(found.name, "read", path, path)
  end
  function actions.write(path, text)
    check_text("the path of host.write", path)
    check_text("what host.write is given", text)
    act(found.name, "write", path, path, text)
  end
  function actions.request(url, options)
    check_text("the address of host.request", url)
    local method, body = read_options(options or {})
    local headers = read_headers((options or {}).headers)
    return act(found.name, "request", method .. " " .. url, url, method, body,
      table.unpack(headers))
  end
  local names = {}
  for name, action in pairs(actions) do
    names[#names + 1] = name
    actions[name] = type(action) == "function" and host.framed(action) or action
  end
  table.sort(names)
  return setmetatable({}, {
    __index = function(_, key)
      local action = actions[key]
      if action == nil then
        fail(("the host has no '%s'"):format(tostring(key)), suggest.hint(key, names))
      end
      return action
    end,
    __newindex = function()
      fail "the host's table cannot be changed"
    end,
    __metatable = "dateline.Host",
  })
end

return M
