# tests/cli/repl.sh - the prompt: from a pipe, and typed at a terminal.
. "$(dirname "$0")/lib.sh"

typed() { printf '%s\n' "$@" >in && { "$DATELINE" repl --time-limit 300ms <in >out 2>err; status=$?; }; }

it_answers_with_what_a_fact_is() {
  typed 'c.people:on("2024-10-18")'
  exits 0
  says '647'
  says 'people, 18 October 2024'
  says 'people.on(2024-10-18)'
}

it_keeps_the_names_that_are_set() {
  typed 'd = date "2024-10-18"' 'phrase.count(c.people:on(d))'
  exits 0
  says '647 people'
}

it_tells_why_there_is_no_answer() {
  typed 'c.people:on("2030-01-01")'
  exits 0
  says 'not yet published'
}

it_reads_on_while_an_input_is_unfinished() {
  typed 'total = 0' 'for i = 1, 3 do' 'total = total + i' 'end' 'total'
  exits 0
  says '6'
  complains_of_nothing
}

it_goes_on_behind_an_error() {
  typed 'c.peple' '20 + 22'
  exits 0
  complains 'peple'
  says '42'
}

it_stops_an_endless_loop_and_starts_afresh() {
  typed 'while true do end' '20 + 22'
  exits 0
  complains 'time limit'
  complains 'starting afresh'
  says '42'
}

it_keeps_a_prompt_in_the_sandbox() {
  typed 'io' 'os.exit(3)' 'require "native.sql"' '20 + 22'
  exits 0
  complains 'io'
  says '42'
}

it_tells_all_of_the_last_answer() {
  typed '.why' 'c.people:year_to_date("2024-10-18")' 'x = 3' '.why'
  exits 0
  complains_of_nothing
  cat >expected <<'TEXT'
there was no answer yet, or it was nil
28,204
  people, 1 January to 18 October 2024
  people.year_to_date(2024-10-18)
28,204, people, 1 January to 18 October 2024
  people.year_to_date(2024-10-18)
  provisional: it may be revised
TEXT
  head -7 out >said
  same said expected
  grep -qE '^  release [0-9]+: Home Office, .*, published 2026-08-21$' out || fail 'no release'
  grep -qE '^    small-boats-daily.csv, sha256 [0-9a-f]{64}$' out || fail 'no file'
  typed 'c.people:on("2030-01-01")' '.why'
  [ "$(grep -c 'not yet published' out)" -eq 2 ] || fail 'the reason is not told again'
  typed 'c.people:on("2024-10-18") - c.people:on("2024-10-19")' '.why'
  [ "$(grep -cF 'people.on(2024-10-18) - people.on(2024-10-19)' out)" -eq 2 ] || fail 'no expression'
  typed '"text"' '.why'
  says 'not a fact'
}

it_tells_what_a_name_is() {
  typed '?year_to_date' '?same_point' '?phrase.milestone' '?people' '?yer_to_date' '?'
  exits 0
  complains_of_nothing
  says 'measure:year_to_date(date)'
  says '  The year to date at the same calendar date of another year.'
  says 'phrase.milestone(measure, date, step)'
  says '  measure: Measure|{before: Count, after: Count, step: integer}'
  says '  gives Fact? fact; string? reason'
  says 'c.people'
  says '  people who arrived, by day'
  says "nothing is called 'yer_to_date': did you mean 'year_to_date'?"
  says '?NAME tells what a name is'
}

it_knows_every_name_that_it_completes() {
  for name in on total year_to_date same_point month last since peak rank highest_since \
    first_reaching gap days mean latest coverage each where as_of count approx change percent \
    milestone date weekday list sentence literal rows value change format in_year para heading; do
    echo "?$name"
  done >in
  "$DATELINE" repl <in >out 2>err
  complains_of_nothing
  ! grep 'nothing is called' out || fail 'a name is not known'
}

it_edits_lines_completes_and_remembers_at_a_terminal() {
  command -v expect >/dev/null || return 0
  export XDG_STATE_HOME=$PWD/state TERM=xterm
  cat >session <<'EXPECT'
set timeout 10
log_file -noappend typed
spawn $env(DATELINE) repl
expect "> "
send "c.people:year_to_d\t(\"2024-10-18\")\r"
expect "28,204"
send ".why\r"
expect "sha256"
send "?gap\r"
expect "measure:gap"
send ".quit\r"
expect eof
EXPECT
  expect -f session >out 2>err || fail 'the session did not end'
  grep -q 'sha256' typed || fail '.why did not tell the source'
  grep -q 'measure:gap(date' typed || fail '?gap did not describe gap'
  grep -q '28,204' typed || fail 'TAB did not complete year_to_date'
  grep -q 'year_to_date' state/dateline/history || fail 'the history was not kept'
}

run_cases "$@"
