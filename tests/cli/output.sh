# tests/cli/output.sh - results are written whole, or the failure is seen.
. tests/cli/lib.sh

bulletin='run latest-developments --date 2024-10-18'

it_fails_when_standard_output_is_full() {
  status=0
  "$DATELINE" $bulletin >/dev/full 2>err || status=$?
  exits 3
  complains 'No space left on device'
  for command in --help 'datasets --to json' 'eval 1' "sql select(1)"; do
    status=0
    "$DATELINE" $command >/dev/full 2>err || status=$?
    exits 3
  done
}

it_fails_when_standard_output_is_closed() {
  status=0
  "$DATELINE" $bulletin 2>err >&- || status=$?
  exits 3
  complains 'cannot write standard output'
}

it_writes_no_result_into_a_file_that_took_the_place_of_standard_output() {
  dateline import "$root/scripts/datasets/departures.csv" --db x.db
  cp x.db before.db
  status=0
  "$DATELINE" releases --db x.db 2>err >&- || status=$?
  exits 3
  same x.db before.db
}

it_ends_quietly_when_nobody_reads_on() {
  mkfifo pipe
  (exec <pipe) &
  exec 3>pipe
  wait
  status=0
  "$DATELINE" run latest-developments --each date=2024-01-01..2024-03-01 >&3 2>err || status=$?
  exec 3>&-
  exits 3
  complains_of_nothing
}

it_works_with_all_standard_descriptors_closed() {
  status=0
  "$DATELINE" $bulletin -o x.md <&- >&- 2>&- || status=$?
  exits 0
  grep -q '28,204' x.md || fail 'x.md is wrong'
}

it_refuses_to_write_through_a_link() {
  echo kept >target.md
  ln -s target.md link.md
  dateline $bulletin -o link.md
  exits 3
  complains 'it is a symbolic link'
  [ "$(cat target.md)" = kept ] && [ -L link.md ] || fail 'the target was changed'
  mkdir folder.md
  dateline $bulletin -o folder.md
  exits 3
  dateline $bulletin -o /dev/null
  exits 3
}

it_says_that_a_folder_must_be_there() {
  dateline $bulletin -o none/x.md
  exits 3
  complains 'No such file or directory'
  complains 'mkdir -p none'
}

it_leaves_the_old_file_when_the_run_fails() {
  echo old >x.md
  dateline run latest-developments --date 2099-01-01 -o x.md
  exits 1
  [ "$(cat x.md)" = old ] || fail 'x.md was changed'
  [ "$(ls -A | grep -c '^\.dateline')" -eq 0 ] || fail 'a temporary file is left'
}

it_writes_the_facts_beside() {
  dateline $bulletin -o x.html --facts
  exits 0
  [ -s x.html ] || fail 'no x.html'
  jq -e . x.facts.json >/dev/null || fail 'x.facts.json is not JSON'
  grep -q 28204 x.facts.json || fail 'x.facts.json lacks the total'
  misuse '--facts needs -o FILE' $bulletin --facts
}

it_shows_no_control_codes_on_a_terminal() {
  command -v script >/dev/null || return 0
  script -qec "'$DATELINE' eval '\"a\\27[31mb\"'" /dev/null >out </dev/null
  ! grep -q $'\e' out || fail 'an escape code came through'
  says '\x1b'
}

run_cases "$@"
