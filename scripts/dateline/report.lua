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
    wrong(report == nil and "the script returns nothing, and should return its report"
      or ("the script returns a %s, and should return its report"):format(type(report)), shape)
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
  if report.build ~= nil and type(report.build) ~= "function" then
    wrong(("the report's 'build' is a %s, no function"):format(type(report.build)), shape)
  elseif not report.build then
    wrong("the report has no build function", shape)
  elseif type(report.title) ~= "string" or report.title == "" then
    wrong("the report has no title", shape)
  elseif report.params ~= nil and type(report.params) ~= "table" then
    wrong("the report's 'params' is no table", "params = { date = { type = \"date\" } }")
  end
end

-- Builds the document of [report] with the [arguments] given as text, into [builder]. Gives the
-- parameters as the report saw them.
function M.build(report, arguments, builder, name)
  check(report)
  reason.forget()
  local p = params.resolve(report.params or {}, arguments)
  local day = rawget(p, "date")  -- not every report is about one
  styles.choose(report.style)
  builder:meta {
    title = report.title, lang = report.lang or "en-GB", report = name,
    style = styles.current().name, date = day,
  }
  report.build(document.new(builder, day), p)
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
