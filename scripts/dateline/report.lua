-- scripts/dateline/report.lua - runs one report: what it returned is checked, its parameters are
-- resolved, its document is built.
local document = require "dateline.document"
local params = require "dateline.params"
local reason = require "dateline.reason"
local styles = require "dateline.style"
local suggest = require "dateline.suggest"
local tools = require "native.tools"

local M = {}

local known = { "title", "params", "build", "help", "style", "lang" }

local function wrong(message, expected, hint)
  tools.fail { code = "script", message = message, expected = expected, hint = hint }
end

local shape = "return { title = \"...\", params = { ... }, build = function(doc, p) ... end }"

-- Refuses what is no report, naming the part that is missing or misspelt.
local function check(report)
  if type(report) ~= "table" then
    wrong("the script returned " .. (report == nil and "nothing" or type(report)) .. ", no report",
      shape)
  end
  local names = {}
  for key in pairs(report) do
    names[#names + 1] = tostring(key)
  end
  table.sort(names)
  for _, name in ipairs(names) do
    local found = false
    for _, one in ipairs(known) do
      found = found or one == name
    end
    if not found then
      local near = suggest.nearest(name, known)
      wrong("a report has no part called '" .. name .. "'", shape,
        near and "did you mean '" .. near .. "'?")
    end
  end
  if type(report.build) ~= "function" then
    wrong("the report has no build function", shape)
  elseif type(report.title) ~= "string" or report.title == "" then
    wrong("the report has no title", shape)
  elseif report.params ~= nil and type(report.params) ~= "table" then
    wrong("the report's params are no table", shape)
  end
end

-- Builds the document of [report] with the [arguments] given as text, into [builder]. Gives the
-- parameters as the report saw them.
function M.build(report, arguments, builder, name)
  check(report)
  reason.forget()
  local p = params.resolve(report.params or {}, arguments)
  styles.choose(report.style)
  builder:meta {
    title = report.title, lang = report.lang or "en-GB", report = name,
    style = styles.current().name, date = p.date,
  }
  report.build(document.new(builder, p.date), p)
  return p
end

-- The report's account of itself, for `run REPORT --help`.
function M.describe(report, name, json)
  check(report)
  local list = params.list(report.params or {})
  if json then
    return params.describe_json(report, name, list)
  end
  return params.describe_text(report, name, list)
end

return M
