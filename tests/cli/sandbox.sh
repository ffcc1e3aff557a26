#!/bin/bash
# tests/cli/sandbox.sh - the attacks of tests/lua/sandbox/report on the program: each is the body of
# a report's build. Whatever happens, the folder and the database stay as they were, byte for byte.
. tests/cli/lib.sh

wall_ms=300        # where the clock is what is attacked
other_wall_ms=60000 # where something else must end it, however busy the machine
slack_ms=500       # beyond the limit, until the program has ended
case ${DATELINE_BUILD:-} in *sanitize*) slack_ms=6000 ;; esac

now_ms() { echo $(($(date +%s%N) / 1000000)); }

# Splits FILE into NAME/001.lua..., each a report, with what is expected of it beside it.
split_attacks() {
  local modules
  modules=$(cd "$root/scripts/dateline" && printf '%s ' *.lua | sed 's/\.lua//g')
  mkdir "$2"
  awk -v to="$2" -v modules="$modules" '
    function finish() { if (file) { print "end }" >file; close(file); close(note) } }
    /^--# / {
      finish()
      file = sprintf("%s/%03d.lua", to, ++n)
      note = sprintf("%s/%03d.txt", to, n)
      print "name " substr($0, 5) >note
      print "local c, phrase = require \"dateline.crossings\", require \"dateline.phrase\"" >file
      print "local data, sql = require \"dateline.data\", require \"dateline.sql\"" >file
      print "local date, kept = require \"dateline.date\", {}" >file
      print "local params = { date = { type = \"date\", default = \"latest\", help = \"\" } }" >file
      print "return { title = \"Attack\", params = params, build = function(doc, p)" >file
    }
    /^--= / { print "ends " substr($0, 5) >note }
    /^--~ / { print "hint " substr($0, 5) >note }
    /^--@ / { print "with " substr($0, 5) >note }
    { gsub("@MODULES@", modules) }
    file { print >file }
    END { finish() }
  ' "$root/tests/lua/sandbox/report/$1.lua"
}

# Reads what is noted of the attack FILE: its $name, $how and with what $text and $hint it ends, the
# arguments it is run $with.
read_note() {
  local note=${1%.lua}.txt
  name=$(sed -n 's/^name //p' "$note")
  how=$(sed -n 's/^ends //p' "$note")
  hint=$(sed -n 's/^hint //p' "$note")
  with=$(sed -n 's/^with //p' "$note")
  text=${how#* }
  [ "$text" != "$how" ] || text=
}

# Runs FILE under a limit of LIMIT ms and says what is wrong with its end, if anything.
judge() {
  local file=$1 limit_ms=$2 start took
  case $with in *--memory-limit*) ;; *) with="--memory-limit 32M $with" ;; esac
  start=$(now_ms)
  dateline run "$file" --db figures.db --time-limit "${limit_ms}ms" $with
  took=$(($(now_ms) - start))
  [ $took -le $((limit_ms + slack_ms)) ] || { echo "took $took ms" && return; }
  case $how in
    ok*) [ "$status" -eq 0 ] || echo "exit status $status" ;;
    error* | limit*)
      if [ "$status" -ne 4 ] && [ "$status" -ne 2 ]; then
        echo "exit status $status"
      elif ! grep -qF -- "$text" err; then
        echo 'another message'
      elif ! grep -qE "^$file:[0-9]+" err; then
        echo 'no line of the script'
      elif [ -n "$hint" ] && ! grep -qF -- "$hint" err; then
        echo 'another hint'
      elif [ "${how%% *}" = limit ] && ! grep -qE 'limit|at most' err; then
        echo 'no limit'
      fi
      ;;
  esac
}

# One attack. Where the clock decides it has a second chance: the machine may have been busy.
check_attack() {
  local name how text hint with limit_ms=$other_wall_ms wrong
  read_note "$1"
  case $how in any | limit | 'limit time'*) limit_ms=$wall_ms ;; esac
  wrong=$(judge "$1" $limit_ms)
  [ -z "$wrong" ] || [ $limit_ms -gt $wall_ms ] || wrong=$(judge "$1" $limit_ms)
  [ -z "$wrong" ] || fail "$name: $wrong"
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

# A database is data too: what its views would do is refused as if a script had written it.
it_trusts_no_view_of_a_database_it_is_given() {
  "$DATELINE" import "$root/scripts/datasets/small-boats-daily.csv" --dataset small-boats-daily \
    --db figures.db >out 2>err || fail 'import'
  sqlite3 figures.db "create view a as select load_extension('x') as x;
    create view b as select writefile('made', 'x') as x; create view c as select date('now') as x;
    create view d as select randomblob(9) as x; create view e as select * from pragma_database_list;
    create view f as select 1 as x" || fail 'sqlite3'
  for view in a b c d e; do
    dateline sql "select * from $view" --db figures.db
    [ "$status" -eq 4 ] || fail "$view: exit status $status"
    says_nothing
  done
  dateline sql 'select x from f' --db figures.db
  exits 0
  [ ! -e made ] || fail 'a view wrote a file'
}

# What a page that cannot be read holds is not left out in silence.
it_never_takes_a_damaged_page_for_the_end_of_the_rows() {
  "$DATELINE" import "$root/scripts/datasets/small-boats-daily.csv" --dataset small-boats-daily \
    --db figures.db >out 2>err || fail 'import'
  cat >rows.lua <<'LUA'
local sql = require "dateline.sql"
return { title = "Rows", build = function(doc)
  local days = 0
  for _ in sql.rows "SELECT period FROM observation ORDER BY series, period" do days = days + 1 end
  print("days: " .. days)
  doc:para "All."
end }
LUA
  dateline run rows.lua --db figures.db
  exits 0
  complains 'days: 9462'
  local pages damaged=0
  pages=$(($(stat -c %s figures.db) / 4096))
  for ((page = 40; page < pages; page += 7)); do
    cp figures.db bad.db
    dd if=/dev/zero of=bad.db bs=4096 seek=$page count=1 conv=notrunc 2>/dev/null
    dateline run rows.lua --db bad.db
    if [ "$status" -eq 0 ]; then
      complains 'days: 9462' # that page was not needed
    else
      says_nothing
      damaged=$((damaged + 1))
    fi
  done
  [ $damaged -gt 0 ] || fail 'no page was needed'
}

# The old file is as it was, and nothing lies beside it.
check_kept() {
  [ "$(cat "$1")" = old ] || fail "$2: $1 was changed"
  [ "$(find . -name '.dateline*' | wc -l)" -eq 0 ] || fail "$2: a temporary file is left"
}

it_leaves_the_old_file_when_a_report_fails_half_way() {
  local end
  for end in 'error "wrong"' 'refuse "not yet"' 'while true do end' 'doc:nothing()' \
    'local t = {} for i = 1, 1e9 do t[i] = i end' 'for _ = 1, 1e9 do print(("x"):rep(1e5)) end' \
    'doc:para(("x "):rep(2e6))' 'require("dateline.sql").rows "DROP TABLE day"' \
    'doc:para { "{x}", x = nil }'; do
    echo old >x.html
    echo old >x.facts.json
    printf 'return { title = "x", build = function(doc)\ndoc:para "Before."\n%s\nend }\n' "$end" \
      >half.lua
    dateline run half.lua -o x.html --facts --time-limit 300ms --memory-limit 16M --output-limit 1M
    [ "$status" -ne 0 ] || fail "$end: exit status 0"
    check_kept x.html "$end"
    check_kept x.facts.json "$end"
  done
}

it_writes_each_bulletin_whole_until_the_one_that_fails() {
  cat >half.lua <<'LUA'
local date = require "dateline.date"
return { title = "x", params = { date = { type = "date", default = "latest", help = "" } },
  build = function(doc, p)
    doc:para "Whole."
    if p.date == date "2024-10-19" then error "wrong" end
  end }
LUA
  mkdir to
  echo old >to/2024-10-19.md
  dateline run half.lua --each date=2024-10-17..2024-10-20 -o 'to/{date}.md'
  exits 4
  check_kept to/2024-10-19.md 'half way'
  same to/2024-10-17.md to/2024-10-18.md
  grep -q 'Whole\.' to/2024-10-18.md || fail 'the second is not whole'
  [ ! -e to/2024-10-20.md ] || fail 'it went on'
}

it_writes_to_files_alone() {
  local bulletin='run latest-developments --date 2024-10-18'
  echo old >target.html
  ln -s target.html link.html
  ln -s /etc/none dangling.html
  mkdir folder.html
  mkfifo pipe.html
  for to in link.html dangling.html folder.html pipe.html /dev/null /dev/full; do
    dateline $bulletin -o $to --to html
    exits 3
    says_nothing
    check_kept target.html $to
  done
  [ ! -e /etc/none ] && [ -L link.html ] && [ -p pipe.html ] || fail 'something was replaced'
  ln target.html hard.html # replaced, not written into
  dateline $bulletin -o hard.html
  exits 0
  check_kept target.html 'a hard link'
}

it_leaves_the_old_file_on_a_full_disk() {
  local bulletin='run latest-developments --date 2024-10-18'
  echo old >x.html
  (ulimit -f 4 && exec "$DATELINE" $bulletin -o x.html 2>/dev/null) && fail 'no failure seen'
  check_kept x.html 'a file that may not grow'
  # A disk of two pages, where one may make one.
  cat >fill.sh <<'SH'
mount -t tmpfs -o size=8k none disk && cd disk && echo old >x.html || exit 77
"$DATELINE" run latest-developments --date 2024-10-18 -o x.html
[ $? -eq 3 ] && [ "$(ls -A)" = x.html ] && [ "$(cat x.html)" = old ] || exit 78
SH
  mkdir disk
  status=0
  unshare -rm bash fill.sh 2>err || status=$?
  [ "$status" -ne 78 ] || fail 'the full disk'
  [ "$status" -ne 0 ] || complains 'No space left on device'
}

it_gives_exact_values_to_programs() {
  dateline sql "select 9007199254740993 as i, -9223372036854775808 as j, null as n, 0.1 as r,
    '<script>' as t" --to json
  exits 0
  grep -q '9007199254740993' out || fail 'the integer was rounded'
  grep -q -e '-9223372036854775808' out || fail 'the smallest integer was rounded'
  query '.[0].n' null
  query '.[0].r' 0.1
  dateline eval '9007199254740993' --to json
  says 9007199254740993
}

# Whether the file has a test of that name.
has_test() {
  case $1 in
    *.lua) grep -qxF -- "--# $2" "$root/$1" ;;
    *.sh) grep -qxF -- "$2() {" "$root/$1" || grep -qF -- "$2() { " "$root/$1" ;;
    *) grep -qF -e "TEST($2)" -e "DENIED(${2%_is_denied}," "$root/$1" ||
      grep -qF "WITHOUT_MEMORY(${2%_run_out_of_memory_as_an_ordinary_error}," "$root/$1" ;;
  esac
}

it_has_every_test_that_the_index_names() {
  local theme file name count=0
  while read -r theme file name; do
    case $theme in '#'* | '') continue ;; esac
    has_test "$file" "$name" || fail "$theme: $file has no '$name'"
    count=$((count + 1))
  done <"$root/tests/lua/sandbox/index.txt"
  [ $count -gt 80 ] || fail "only $count tests are named"
  ! has_test tests/lua/sandbox/loops.lua 'a test that is not there' || fail 'anything is found'
}

run_cases "$@"
