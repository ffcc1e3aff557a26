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
send ".quit\r"
expect eof
EXPECT
  expect -f session >out 2>err || fail 'the session did not end'
  grep -q '28,204' typed || fail 'TAB did not complete year_to_date'
  grep -q 'year_to_date' state/dateline/history || fail 'the history was not kept'
}

run_cases "$@"
