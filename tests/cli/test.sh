# tests/cli/test.sh - the cases beside a report: what passes, what fails and how it is told.
. tests/cli/lib.sh

# A report and its cases: cases.lua's text on standard input.
given() {
  mkdir -p reports
  cat >reports/day.lua <<'LUA'
local c = require "dateline.crossings"
local phrase = require "dateline.phrase"
return {
  title = "Day",
  params = { date = { type = "date", default = "latest" } },
  build = function(doc, p)
    local people, reason = c.people:on(p.date)
    if not people then
      refuse(reason)
    end
    doc:heading "DAY"
    doc:para { "{people} crossed on {day}.", people = phrase.count(people),
      day = phrase.date(p.date) }
  end,
}
LUA
  cat >reports/day.test.lua
}

it_passes_the_cases_of_the_bundled_report() {
  cp -r "$root/reports" .
  dateline test
  exits 0
  says 'latest-developments.test.lua'
  complains_of_nothing
}

it_says_what_the_bulletin_says_instead() {
  given <<'LUA'
return {
  { name = "right", params = { date = "2024-10-18" }, expect = { contains = "647 people" } },
  { name = "wrong", params = { date = "2024-10-18" }, expect = { contains = "648 people crossed",
    lacks = { "October" }, values = { ["c.people:on(p.date)"] = 648, ["c.peopl"] = 1 } } },
}
LUA
  dateline test
  exits 1
  says '  ok      right'
  says '  failed  wrong (reports/day.test.lua:3)'
  says 'the bulletin does not say "648 people crossed"'
  says 'it says "Some 647 people crossed'
  says 'c.people:on(p.date) is 647'
  says 'expected: 648'
  says "did you mean 'people'?"
  says '1 passed, 1 failed'
}

it_takes_a_refusal_for_one() {
  given <<'LUA'
return {
  { name = "refuses", params = { date = "2099-01-01" }, expect = { refuses = "not yet" } },
  { name = "refuses a wrong date", params = { date = "x" }, expect = { refuses = "is not a date" } },
  { name = "another reason", params = { date = "2099-01-01" }, expect = { refuses = "cake" } },
  { name = "unexpected", params = { date = "2099-01-01" }, expect = { contains = "people" } },
  { name = "missing", params = { date = "2024-10-18" }, expect = { refuses = true } },
}
LUA
  dateline test
  exits 1
  says '2 passed, 3 failed'
  says 'a refusal that says "cake"'
  says 'the report refused: '
  says 'the report did not refuse'
}

it_compares_with_a_golden_file_and_accepts_a_new_one() {
  given <<'LUA'
return { { name = "golden", params = { date = "2024-10-18" }, expect = { golden = "day.md" } } }
LUA
  dateline test
  exits 1
  says 'day.md is not there'
  dateline test --accept
  exits 0
  says 'reports/day.md written'
  dateline test
  exits 0
  sed -i 's/647/648/' reports/day.md
  dateline test
  exits 1
  says '- Some 648 people'
  says '+ Some 647 people'
  [ "$(grep -c 648 reports/day.md)" -eq 1 ] || fail 'the golden file was changed'
  dateline test --accept
  exits 0
  dateline test
  exits 0
}

it_runs_a_case_on_figures_of_its_own() {
  given <<'LUA'
return {
  { name = "text", params = { date = "2024-01-02" },
    data = { ["small-boats-daily"] = "date,people,boats\n2024-01-01,0,0\n2024-01-02,12,1\n" },
    expect = { contains = "12 people", values = {
      ["c.people:on('2024-10-18')"] = false, ["c.weekly.people:latest()"] = false } } },
  { name = "file", params = { date = "2024-01-02" }, data = { ["small-boats-daily"] = "day.csv" },
    expect = { contains = "11 people" } },
  { name = "bad", data = { ["small-boats-daily"] = "date,people,boats\n2024-01-01,x,0\n" },
    expect = { contains = "x" } },
}
LUA
  printf 'date,people,boats\n2024-01-02,11,1\n' >reports/day.csv
  dateline test
  exits 1
  says '2 passed, 1 failed'
  says "data.small-boats-daily.csv:2:2: column 'people': 'x'"
  [ "$(ls reports | wc -l)" -eq 3 ] || fail "reports holds $(ls reports)"
}

it_checks_a_property_over_days() {
  given <<'LUA'
return {
  { name = "fine", each = "date", from = "2024-02-01", to = "2024-02-29",
    check = function(text, p) return p.date.month ~= 2 and "no February" or nil end },
  { name = "not fine", each = "date", from = "2024-10-17", to = "2024-10-19",
    check = function(text, p) if p.date.day == 18 then return "a Friday: " .. text end end },
  { name = "broken", params = { date = "2024-10-18" }, check = function(text) return text.x.y end },
}
LUA
  dateline test
  exits 1
  says '1 passed, 2 failed'
  says '2024-10-18: a Friday: '
  says "reports/day.test.lua:6"
}

it_names_what_is_misspelt_in_a_case() {
  given <<'LUA'
return { { name = "x", expects = { contains = "people" } } }
LUA
  dateline test
  exits 1
  says "case 'x' has no part called 'expects'"
  says "did you mean 'expect'?"
}

it_fails_a_script_that_does_not_run_and_runs_the_others() {
  given <<'LUA'
return { { name = "right", expect = { contains = "people" } } }
LUA
  cp reports/day.lua reports/broken.lua
  echo 'return {{' >reports/broken.test.lua
  echo 'while true do end' >reports/endless.test.lua
  cp reports/day.lua reports/endless.lua
  echo 'return { { name = "no report", expect = { contains = "x" } } }' >reports/alone.test.lua
  dateline test --time-limit 200ms
  exits 1
  says 'broken.test.lua:'
  says 'endless.test.lua:1: time limit'
  says "no report 'reports/alone.lua'"
  says '  ok      right'
}

it_runs_a_case_in_the_sandbox() {
  given <<'LUA'
return { { name = "x", expect = { contains = io.open("/etc/passwd"):read() } } }
LUA
  dateline test
  exits 1
  says "a report has no 'io'"
}

it_runs_what_is_named() {
  given <<'LUA'
return {
  { name = "one", expect = { contains = "people" } },
  { name = "two", expect = { contains = "people" } },
}
LUA
  for path in reports reports/ reports/day.lua reports/day.test.lua day; do
    dateline test "$path"
    exits 0
    says '2 passed'
  done
  dateline test --only two
  says '1 passed'
  misuse "no case has 'three' in its name" test --only three
  misuse "there are no tests for 'nothing'" test nothing
  rm -r reports
  misuse 'there are no tests here' test
}

it_tells_programs() {
  given <<'LUA'
return {
  { name = "one <&\">", expect = { contains = "people" } },
  { name = "two", expect = { contains = "<cake>" } },
}
LUA
  dateline test --to json
  exits 1
  query .passed 1
  query .failed 1
  query '.cases[1].name' two
  query '.cases[1].line' 3
  query '.cases[1].problems[0].message' 'the bulletin does not say "<cake>"'
  dateline test --to junit
  exits 1
  python3 - <<'PY' || fail 'not the XML expected'
import xml.etree.ElementTree as tree
root = tree.parse("out").getroot()
assert root.get("tests") == "2" and root.get("failures") == "1"
cases = root.findall("testsuite/testcase")
assert cases[0].get("name") == 'one <&">'
assert "<cake>" in cases[1].find("failure").text
PY
}

it_refuses_a_case_of_too_many_checks() {
  echo 'return { title = "x", build = function(doc) doc:para "Nothing." end }' >r.lua
  echo 'local many = {} for i = 1, 65 do many[i] = "x" end
    return { { name = "many", checks = many, expect = { findings = {} } } }' >r.test.lua
  dateline test r.test.lua
  exits 1
  says 'the case names 65 checks, and 64 are allowed'
}

run_cases "$@"
