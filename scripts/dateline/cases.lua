-- scripts/dateline/cases.lua - the cases an analyst keeps beside a report: read, and judged.
--
--   { name = "a day of none", params = { date = "2024-02-29" }, style = "pa", as_of = "2024-03-08",
--     data = { ["small-boats-daily"] = "date,people,boats\n2024-02-29,0,0\n" },
--     expect = { contains = "No one", lacks = { "nil" }, golden = "none.md", warnings = 0,
--       values = { ["c.people:on(p.date)"] = 0 }, refuses = "not yet published" } }
--   { name = "all of May", each = "date", from = "2024-05-01", to = "2024-05-31",
--     check = function(text, p) return nil or "what is wrong" end }
--   { name = "as a post", format = "social", checks = { "house-words" }, publish = "archive",
--     expect = { contains = "647", findings = {}, did = { "write archive/2024-10-18.txt" } } }
local dates = require "native.date"
local fail = require "dateline.fail"
local sorted_keys = require "dateline.keys"
local suggest = require "dateline.suggest"
local tools = require "native.tools"

local M = {}

local case_parts = {
  "name", "params", "style", "as_of", "data", "expect", "each", "from", "to", "check", "format",
  "checks", "publish",
}
local expect_parts = {
  "contains", "lacks", "golden", "values", "refuses", "warnings", "findings", "did",
}

local shape = "{ name = \"...\", params = { ... }, expect = { contains = { ... } } }"

local function check_parts(what, map, parts)
  for _, key in ipairs(sorted_keys(map)) do
    if suggest.nearest(key, parts) ~= key then
      fail(("%s has no part called '%s'"):format(what, key), suggest.hint(key, parts),
        table.concat(parts, ", "))
    end
  end
end

local function day(what, key, value)
  local date = dates.parse(value)
  if not date then
    fail(("%s: '%s' is no date"):format(what, key), nil, "a date such as \"2024-10-18\"")
  end
  return date
end

local function check_table(what, key, value)
  if value ~= nil and type(value) ~= "table" then
    fail(("%s: '%s' is a %s"):format(what, key, type(value)), nil, "a table")
  end
end

local function check_span(what, case)
  if not case.each then
    if case.from or case.to then
      fail(what .. ": 'from' and 'to' need 'each'", "each = \"date\" names what varies")
    end
    return
  end
  if not (case.from and case.to) then
    fail(what .. ": 'each' needs 'from' and 'to'", nil, "two dates")
  elseif day(what, "to", case.to) < day(what, "from", case.from) then
    fail(what .. ": 'from' is after 'to'")
  end
end

-- What is expected of a check or a publisher needs one.
local function check_needs(what, case)
  local expect = case.expect or {}
  if expect.findings ~= nil and not case.checks then
    fail(what .. ": 'findings' are of checks", "add checks = { \"NAME\" }")
  elseif expect.did ~= nil and not case.publish then
    fail(what .. ": 'did' is of a publisher", "add publish = \"NAME\"")
  end
end

local function check_case(index, case)
  if type(case) ~= "table" then
    fail(("case %d is a %s"):format(index, type(case)), nil, shape)
  elseif type(case.name) ~= "string" or case.name == "" then
    fail(("case %d has no name"):format(index), nil, shape)
  end
  local what = ("case '%s'"):format(case.name)
  check_parts(what, case, case_parts)
  for _, key in ipairs { "params", "data", "expect", "checks" } do
    check_table(what, key, case[key])
  end
  check_needs(what, case)
  check_span(what, case)
  if case.as_of then
    day(what, "as_of", case.as_of)
  end
  if not (case.expect or case.check) then
    fail(what .. " expects nothing", "add expect = { ... } or check = function(text, p) ... end")
  elseif case.check ~= nil and type(case.check) ~= "function" then
    fail(what .. ": 'check' is no function", nil, "function(text, p) ... end")
  end
  check_parts(what .. ": expect", case.expect or {}, expect_parts)
  check_table(what, "values", case.expect and case.expect.values)
end

-- What a test script returned, checked: a list of cases with names of their own.
local function check(cases)
  if type(cases) ~= "table" then
    fail("the script returned " .. (cases == nil and "nothing" or "a " .. type(cases)), nil,
      "return { " .. shape .. ", ... }")
  end
  local seen = {}
  for index = 1, #cases do
    check_case(index, cases[index])
    local name = cases[index].name
    if seen[name] then
      fail(("two cases are called '%s'"):format(name))
    end
    seen[name] = true
  end
  for _, key in ipairs(sorted_keys(cases)) do
    if not cases[tonumber(key)] then
      fail(("'%s' is no case: they come one after the other"):format(key), nil,
        "return { " .. shape .. ", ... }")
    end
  end
end

local function pair_list(map)
  local parts = {}
  for _, key in ipairs(sorted_keys(map or {})) do
    parts[#parts + 1] = ("{\"name\":%s,\"value\":%s}"):format(
      tools.quote(key), tools.quote(tostring(map[key])))
  end
  return "[" .. table.concat(parts, ",") .. "]"
end

-- The cases as the host needs them before it runs one: a JSON array.
function M.list(cases)
  check(cases)
  local parts = {}
  for i, case in ipairs(cases) do
    local fields = { '"name":' .. tools.quote(case.name) }
    for _, key in ipairs { "style", "as_of", "each", "from", "to", "format" } do
      if case[key] then
        fields[#fields + 1] = ('"%s":%s'):format(key, tools.quote(tostring(case[key])))
      end
    end
    local refuses = case.expect and case.expect.refuses
    if refuses then
      fields[#fields + 1] = '"refuses":' .. (refuses == true and "true" or
        tools.quote(tostring(refuses)))
    end
    if case.expect and case.expect.golden then
      fields[#fields + 1] = '"golden":' .. tools.quote(tostring(case.expect.golden))
    end
    local checks = {}
    for _, name in ipairs(case.checks or {}) do
      checks[#checks + 1] = tools.quote(tostring(name))
    end
    fields[#fields + 1] = '"checks":[' .. table.concat(checks, ",") .. "]"
    fields[#fields + 1] = '"params":' .. pair_list(case.params)
    fields[#fields + 1] = '"data":' .. pair_list(case.data)
    parts[i] = "{" .. table.concat(fields, ",") .. "}"
  end
  return "[" .. table.concat(parts, ",") .. "]\n"
end

-- ---- judging ----

local function list_of(value)
  return type(value) == "table" and value or { value }
end

local function words_of(text)
  local set, count = {}, 0
  for word in text:lower():gmatch "[%w]+" do
    if not set[word] then
      set[word], count = true, count + 1
    end
  end
  return set, count
end

-- Goes through the sentences of [text], and what stands on a line of its own.
local function sentences(text)
  return (text:gsub("([%.!?]) ", "%1\n") .. "\n"):gmatch "%s*(.-)%s*\n"
end

-- The sentence that shares most words with [wanted], to look at beside it.
local function nearest_sentence(text, wanted)
  local set, count = words_of(wanted)
  local best, most = nil, 0
  for sentence in sentences(text) do
    local shared = 0
    for word in pairs((words_of(sentence))) do
      shared = shared + (set[word] and 1 or 0)
    end
    if shared > most then
      best, most = sentence, shared
    end
  end
  return best and most * 2 >= count and best:match "^%s*(.-)$" or nil
end

-- The sentence that holds [words], if one does.
local function sentence_with(text, words)
  for sentence in sentences(text) do
    if sentence:find(words, 1, true) then
      return sentence
    end
  end
end

local function judge_text(expect, text, complain)
  for _, wanted in ipairs(list_of(expect.contains)) do
    if not text:find(tostring(wanted), 1, true) then
      local near = nearest_sentence(text, tostring(wanted))
      complain { message = ("the bulletin does not say \"%s\""):format(wanted),
        hint = near and ("it says \"%s\""):format(near) }
    end
  end
  for _, unwanted in ipairs(list_of(expect.lacks)) do
    if text:find(tostring(unwanted), 1, true) then
      local sentence = sentence_with(text, tostring(unwanted))
      complain { message = ("the bulletin says \"%s\""):format(unwanted),
        hint = sentence and ("in \"%s\""):format(sentence) }
    end
  end
end

-- How a value is shown beside what was expected.
local function shown(value)
  return type(value) == "string" and ('"%s"'):format(value) or tostring(value)
end

-- A fact is told by its number, its figure as text, or a date; false: the data cannot say.
local function is_same(value, wanted)
  if wanted == false then
    return value == nil or value == false
  elseif type(wanted) == "number" and type(value) == "userdata" then
    return value.kind == "number" and value.value == wanted
  elseif type(wanted) == "string" then
    return tostring(value) == wanted
  end
  return value == wanted
end

local function judge_values(values, p, evaluate, complain)
  for _, expression in ipairs(sorted_keys(values)) do
    local wanted = values[expression]
    local ok, value, reason = evaluate(expression, p)
    if not ok then
      complain { message = ("%s: %s"):format(expression, value), expected = shown(wanted),
        hint = reason }
    elseif not is_same(value, wanted) then
      complain {
        message = ("%s is %s"):format(expression,
          value == nil and "nil" .. (reason and ": " .. tostring(reason) or "") or shown(value)),
        expected = wanted == false and "nil: the data cannot say" or shown(wanted),
      }
    end
  end
end

local function judge_refusal(expect, outcome, complain)
  local wanted = expect.refuses
  if outcome.refused and not wanted then
    complain { message = "the report refused: " .. outcome.refused,
      hint = "if it should, expect it: refuses = \"...\"" }
  elseif wanted and not outcome.refused then
    complain { message = "the report did not refuse",
      expected = wanted == true and "a refusal" or ("a refusal that says \"%s\""):format(wanted) }
  elseif wanted and wanted ~= true and not outcome.refused:find(tostring(wanted), 1, true) then
    complain { message = "the report refused, and said: " .. outcome.refused,
      expected = ("a refusal that says \"%s\""):format(wanted) }
  end
end

-- Each of [wanted] must stand in one of the [lines]; where none is wanted, there must be none.
local function judge_lines(what, wanted, lines, complain)
  wanted = list_of(wanted)
  local all = table.concat(lines, "; ")
  if #wanted == 0 and #lines > 0 then
    complain { message = ("%s: %s"):format(what, all), expected = "none" }
  end
  for _, text in ipairs(wanted) do
    local found = false
    for _, line in ipairs(lines) do
      found = found or line:find(tostring(text), 1, true) ~= nil
    end
    if not found then
      complain { message = ("%s: none is \"%s\""):format(what, text),
        hint = all ~= "" and "there is: " .. all or "there is none" }
    end
  end
end

-- What a publisher would do with the bulletin; nothing is written and nothing is sent.
local function judge_publisher(case, expect, outcome, complain)
  local bulletin = outcome.about
  bulletin.text, bulletin.path, bulletin.format = outcome.text, "", case.format or "text"
  local notes = require("dateline.plugins").rehearse(case.publish, bulletin)
  if expect.did ~= nil then
    judge_lines("what the publisher did", expect.did, notes, complain)
  end
end

-- Judges one bulletin of [case]. outcome: { text =, p =, warnings =, findings =, about = } or
-- { refused = reason }.
-- evaluate(expression, p) gives true and values, or false and a message; complain { message =,
-- expected =, hint = } tells the host.
function M.judge(case, outcome, evaluate, complain)
  local expect = case.expect or {}
  -- Of many days some may have no data; one that must refuse does so on every day.
  judge_refusal(expect, outcome, complain)
  if not outcome.refused then
    judge_text(expect, outcome.text, complain)
    if expect.warnings and outcome.warnings > expect.warnings then
      complain { message = ("%d warnings: %s"):format(outcome.warnings, outcome.warned),
        expected = ("at most %d"):format(expect.warnings) }
    end
    if expect.findings ~= nil then
      local lines = {}
      for line in outcome.findings:gmatch "[^\n]+" do
        lines[#lines + 1] = line
      end
      judge_lines("findings", expect.findings, lines, complain)
    end
    if case.publish then
      judge_publisher(case, expect, outcome, complain)
    end
    local complaint = case.check and case.check(outcome.text, outcome.p)
    if complaint then
      complain { message = tostring(complaint) }
    end
  end
  judge_values(expect.values or {}, outcome.p, evaluate, complain)
end

-- The case [index] of a test script's result.
function M.at(cases, index)
  check(cases)
  return cases[index]
end

return M
