#!/bin/bash
# tests/cli/sandbox.sh - the attacks of tests/lua/sandbox/report on the program: each is the body of a
# report's build. Whatever happens, the folder and the database stay as they were, byte for byte.
. tests/cli/lib.sh

wall_ms=500
slack_ms=500 # beyond the limit, until the program has ended
case ${DATELINE_BUILD:-} in *sanitize*) slack_ms=6000 ;; esac

now_ms() { echo $(($(date +%s%N) / 1000000)); }

# Splits FILE into NAME/001.lua..., each a report, with what is expected of it beside it.
split_attacks() {
  mkdir "$2"
  awk -v to="$2" '
    function finish() { if (file) { print "end }" >file; close(file); close(note) } }
    /^--# / {
      finish()
      file = sprintf("%s/%03d.lua", to, ++n)
      note = sprintf("%s/%03d.txt", to, n)
      print "name " substr($0, 5) >note
      print "local c, phrase = require \"dateline.crossings\", require \"dateline.phrase\"" >file
      print "local data, sql = require \"dateline.data\", require \"dateline.sql\"" >file
      print "local date = require \"dateline.date\"" >file
      print "return { title = \"Attack\", build = function(doc, p)" >file
    }
    /^--= / { print "ends " substr($0, 5) >note }
    /^--~ / { print "hint " substr($0, 5) >note }
    file { print >file }
    END { finish() }
  ' "$root/tests/lua/sandbox/report/$1.lua"
}

# One attack: how it ends is in the note beside it.
check_attack() {
  local file=$1 note=${1%.lua}.txt name how text hint start took
  name=$(sed -n 's/^name //p' "$note")
  how=$(sed -n 's/^ends //p' "$note")
  hint=$(sed -n 's/^hint //p' "$note")
  text=${how#* }
  [ "$text" = "$how" ] && text=
  start=$(now_ms)
  dateline run "$file" --db figures.db --time-limit "${wall_ms}ms" --memory-limit 32M
  took=$(($(now_ms) - start))
  [ $took -le $((wall_ms + slack_ms)) ] || fail "$name: took $took ms"
  case $how in
    ok*) [ "$status" -eq 0 ] || fail "$name: exit status $status" ;;
    error* | limit*)
      [ "$status" -eq 4 ] || [ "$status" -eq 2 ] || fail "$name: exit status $status"
      grep -qF -- "$text" err || fail "$name: another message"
      grep -qE "^$file:[0-9]+" err || fail "$name: no line of the script"
      [ -z "$hint" ] || grep -qF -- "$hint" err || fail "$name: another hint"
      case $how in limit*) grep -qE 'limit|at most' err || fail "$name: no limit" ;; esac
      ;;
  esac
}

# Everything there but the test's own files and the memory that readers of the database share.
contents() {
  find . -type f ! -name out ! -name err ! -name '*-shm' ! -name before ! -name after \
    -exec sha256sum {} + | sort
}

attacks() {
  "$DATELINE" import "$root/scripts/datasets/small-boats-daily.csv" --dataset small-boats-daily \
    --db figures.db >out 2>err || fail 'import'
  split_attacks "$1" cases
  contents >before
  for file in cases/*.lua; do
    check_attack "$file"
  done
  contents >after
  diff before after || fail 'something was changed'
  dateline run latest-developments --date 2024-10-18
  exits 0
}

it_keeps_what_it_hands_out_from_harm() { attacks userdata; }
it_bounds_a_document() { attacks document; }
it_only_reads_through_sql() { attacks sql; }

run_cases "$@"
