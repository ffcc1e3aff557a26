-- tests/lua/run.lua - runs the claims about the words: lua5.4 tests/lua/run.lua [FILTER]
--
-- FILTER is a file's name (hedge) or a part of a claim; one that matches nothing fails.
package.path = "tests/lua/?.lua;" .. package.path
local check = require "support.check"
local fake = require "support.fake"

local files = {
  "number", "style", "hedge", "count", "compare", "share", "notable", "when", "edge_cases",
  "template", "document", "data", "report", "every_day",
}

local filter = arg[1]
local passed, failed = 0, 0

local function run_claim(file, claim)
  local ok, message = xpcall(claim.fn, function(message)
    return type(message) == "string" and message or debug.traceback(tostring(message), 2)
  end)
  if ok then
    passed = passed + 1
  else
    failed = failed + 1
    print(("%s: %s\n    %s"):format(file, claim.name, message))
  end
end

for _, file in ipairs(files) do
  check.claims = {}
  fake.restart "percent_word"
  require("test_" .. file)
  for _, claim in ipairs(check.claims) do
    if not filter or file == filter or claim.name:find(filter, 1, true) then
      fake.forget_reasons()
      run_claim(file, claim)
    end
  end
end

print(("%d passed, %d failed"):format(passed, failed))
if passed + failed == 0 then
  print("no claim matches " .. filter)
end
os.exit(failed == 0 and passed > 0)
