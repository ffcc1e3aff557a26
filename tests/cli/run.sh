# tests/cli/run.sh - reports into bulletins: where they come from, in which format, what refuses.
. tests/cli/lib.sh

bulletin='run latest-developments --date 2024-10-18 --style percent_word'

it_runs_the_bundled_report_without_anything_at_hand() {
  dateline $bulletin
  exits 0
  complains_of_nothing
  says '28,204'
  says '# '
}

it_gives_the_format_of_to_or_of_the_files_ending() {
  dateline $bulletin --to html
  exits 0
  says '<!doctype html>'
  cp out page
  dateline $bulletin -o x.html
  exits 0
  says_nothing
  same page x.html
  dateline $bulletin -o x.html --to text
  exits 0
  cp x.html page
  dateline $bulletin --to text
  same out page
  dateline $bulletin --to json
  exits 0
  jq -e . out >/dev/null || fail 'no JSON'
  dateline $bulletin
  cp out page
  dateline $bulletin -o bulletin
  same page bulletin
  dateline $bulletin -o -
  same page out
}

it_refuses_an_ending_that_no_format_has() {
  misuse "no format has the ending '.docx'" $bulletin -o x.docx
  [ ! -e x.docx ] || fail 'x.docx was written'
}

it_gives_a_fragment() {
  dateline $bulletin --to html --fragment
  exits 0
  ! grep -q '<html' out || fail 'a page is around it'
}

it_says_no_for_a_day_not_yet_published() {
  dateline run latest-developments --date 2099-01-01
  exits 1
  says_nothing
  [ -s err ] || fail 'no reason is given'
  dateline run latest-developments --date 2099-01-01 -o x.md
  exits 1
  [ ! -e x.md ] || fail 'x.md was written'
}

it_says_clearly_that_a_day_is_before_the_series() {
  dateline run latest-developments --date 2017-12-31
  exits 1
  says_nothing
  complains '1 January 2018'
  ! grep -q refuse err || fail 'the script is shown'
}

it_names_a_wrong_date() {
  dateline run latest-developments --date 2024-02-30
  exits 2
  complains '2024-02-30'
}

it_runs_a_report_by_path_and_from_the_reports_folder() {
  mkdir reports
  cat >reports/mine.lua <<'LUA'
return { title = "Mine", build = function(doc) doc:heading "MINE"; doc:para "Here." end }
LUA
  dateline run reports/mine.lua
  exits 0
  says MINE
  cp out by-path
  dateline run mine
  exits 0
  same out by-path
  mv reports/mine.lua .
  dateline run mine.lua
  exits 0
  says MINE
}

it_prefers_the_report_in_the_reports_folder() {
  mkdir reports
  echo 'return { title = "Own", build = function(doc) doc:heading "OWN" end }' \
    >reports/latest-developments.lua
  dateline run latest-developments
  exits 0
  says OWN
}

it_names_the_line_of_a_script_error() {
  printf 'return {\n  title = "x",\n  build = function(doc) doc:nothing() end }\n' >bad.lua
  dateline run bad.lua
  exits 4
  complains 'bad.lua:3'
  says_nothing
  dateline run bad.lua --diagnostics=json
  exits 4
  cp err out
  query .code script
  query .line 3
}

it_tells_what_print_wrote_on_standard_error() {
  printf 'print "seen"\nreturn { title = "x", build = function(doc) doc:para "Text." end }\n' >p.lua
  dateline run p.lua
  exits 0
  complains seen
  ! grep -q seen out || fail 'print wrote to standard output'
}

it_stops_at_the_limits_given() {
  printf 'while true do end\n' >loop.lua
  dateline run loop.lua --time-limit 200ms
  exits 4
  complains 'loop.lua:1'
  printf 'local t = {}\nfor i = 1, 1e9 do t[i] = {i} end\n' >heap.lua
  dateline run heap.lua --memory-limit 4M
  exits 4
  printf 'local n = 0\nwhile true do n = n + 1 end\n' >count.lua
  dateline run count.lua --instruction-limit 100000
  exits 4
  complains 'count.lua:2'
}

it_warns_of_a_number_without_a_fact_and_refuses_it_when_strict() {
  echo 'return { title = "x", build = function(doc) doc:para "There were 12 boats." end }' >n.lua
  dateline run n.lua
  exits 0
  complains 'warning: n.lua'
  dateline run n.lua --strict
  exits 4
  says_nothing
  complains 12
}

it_makes_one_bulletin_a_day() {
  mkdir out.d
  dateline run latest-developments --each date=2024-02-27..2024-03-01 -o 'out.d/{date}.md'
  exits 0
  says_nothing
  [ "$(ls out.d | tr '\n' ' ')" = '2024-02-27.md 2024-02-28.md 2024-02-29.md 2024-03-01.md ' ] ||
    fail "out.d holds $(ls out.d)"
  dateline run latest-developments --date 2024-02-29
  same out out.d/2024-02-29.md
}

it_puts_a_rule_between_bulletins_on_standard_output() {
  dateline run latest-developments --each date=2024-10-17..2024-10-18
  exits 0
  [ "$(grep -c '^---$' out)" -eq 1 ] || fail 'not one rule'
  dateline run latest-developments --each date=2024-10-17..2024-10-18 --to json
  exits 0
  [ "$(jq -s length out)" -eq 2 ] || fail 'not two JSON values'
  dateline run latest-developments --each date=2024-10-17..2024-10-18 --to html --fragment
  exits 0
}

it_refuses_bulletins_that_would_run_into_one_another() {
  misuse 'every bulletin would replace the one before' \
    run latest-developments --each date=2024-10-17..2024-10-18 -o x.md
  complains "-o 'out/{date}.md'"
  misuse 'cannot stand behind one another' \
    run latest-developments --each date=2024-10-17..2024-10-18 --to html
}

it_stops_at_the_first_day_that_says_no() {
  mkdir out.d
  dateline run latest-developments --each date=2026-08-20..2026-08-22 -o 'out.d/{date}.md'
  exits 1
  [ -e out.d/2026-08-20.md ] && [ ! -e out.d/2026-08-21.md ] || fail "out.d holds $(ls out.d)"
}

run_cases "$@"
