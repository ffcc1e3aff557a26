# tests/cli/native_plugins.sh - plugins of compiled code: what they may do, and what is said of their
# faults.
. tests/cli/plugin_lib.sh

it_confines_a_library_from_its_first_instruction() {
  homes
  export DATELINE_SECRET=1
  local all='write append remove mkdir socket local-socket system fork environment ptrace'
  : >there
  cc -DALONE -I"$root/core/include" -o alone "$root/tests/native/early.c"
  [ "$(./alone)" = "1.0.0 $all" ] || fail "what is tried is nothing harmful: $(./alone)"
  rm -r made-by-a-plugin folder-of-a-plugin elsewhere
  : >there
  mkdir early
  cat >early/plugin.json <<'JSON'
{ "manifest": 1, "name": "early", "version": "1.0.0", "summary": "x", "license": "MIT", "api": 1,
  "library": "early", "capabilities": ["run-native"], "provides": [
  { "kind": "importer", "name": "early", "extensions": ["early"] },
  { "kind": "renderer", "name": "early" }, { "kind": "function", "name": "early" } ] }
JSON
  cc -shared -fPIC -I"$root/core/include" -o early/early.so "$root/tests/native/early.c"
  chmod go-w early/early.so
  dateline plugin grant ./early
  exits 0
  dateline plugin check ./early
  exits 0
  dateline eval 'require("plugin.early").early()' --plugin early
  exits 0
  says 'all was refused'
  # shellcheck disable=SC2086  # $day is several words
  dateline run $day --plugin early --to early
  exits 0
  says 'all was refused'
  : >a.early
  dateline import a.early --plugin early
  exits 3
  complains 'all was refused'
  # shellcheck disable=SC2086
  dateline run $day --plugin early --to early  # the store is a file now
  exits 0
  says 'all was refused'
  # shellcheck disable=SC2012  # names without surprises
  [ "$(ls | tr '\n' ' ')" = 'a.early alone config dateline.db early err out there ' ] ||
    fail "something was made or is gone: $(ls)"
  [ ! -s there ] || fail 'a file was written to'
}

it_loads_libraries_from_the_plugins_folder_and_the_systems_alone() {
  homes
  mkdir -p mine/lib far
  cat >mine/plugin.json <<'JSON'
{ "manifest": 1, "name": "mine", "version": "1.0.0", "summary": "x", "license": "MIT", "api": 1,
  "library": "mine", "capabilities": ["run-native"],
  "provides": [{ "kind": "function", "name": "early" }] }
JSON
  echo 'int x(void); int x(void) { return 1; }' >x.c
  echo 'int x(void); int y(void); int y(void) { return x(); }' >y.c
  cc -shared -fPIC -o far/libx.so x.c
  cc -shared -fPIC -o mine/mine.so y.c -Lfar -lx "-Wl,-rpath,$PWD/far"
  chmod go-w mine/mine.so
  dateline plugin grant ./mine
  dateline plugin check ./mine
  exits 1
  complains 'cannot be loaded: libx.so: cannot open shared object file'
  complains "libraries are found in the plugin's own folder"
  cp far/libx.so mine/lib
  # shellcheck disable=SC2016  # the loader's word, not the shell's
  cc -shared -fPIC -o mine/mine.so y.c -Lfar -lx '-Wl,-rpath,$ORIGIN/lib'
  chmod go-w mine/mine.so mine/lib/libx.so
  dateline plugin grant ./mine
  dateline plugin check ./mine
  exits 1
  complains 'the library exports no dtl_plugin_query'  # it was loaded
}

# knows NAME MARK: the plugin NAME, granted, with an importer of *.log files that start with MARK.
knows() {
  mkdir "$1"
  cat >"$1/plugin.json" <<JSON
{ "manifest": 1, "name": "$1", "version": "1.0.0", "summary": "x", "license": "MIT", "api": 1,
  "library": "$1", "capabilities": ["run-native"],
  "provides": [{ "kind": "importer", "name": "$1", "extensions": ["log"] }] }
JSON
  cc -shared -fPIC -I"$root/core/include" "-DNAME=\"$1\"" "-DMARK=\"$2\"" -o "$1/$1.so" \
    "$root/tests/native/probing.c"
  chmod go-w "$1/$1.so"
  dateline plugin grant "./$1"
  exits 0
}

# reads FILE MESSAGE: what comes of its import.
reads() {
  dateline import "$1" --plugin first --plugin second
  exits 3
  complains "$2"
}

it_asks_importers_whose_a_file_is() {
  homes
  knows first one
  knows second two
  echo 'one' >a.log
  echo 'two' >b.log
  echo 'both' >c.log
  echo 'neither' >d.log
  reads a.log 'read by first'
  reads b.log 'read by second'
  reads c.log 'read by first'  # of equals the first
  reads d.log 'd.log:1: no dataset'
  ! grep -q 'read by' err || fail 'one read what neither knows'
  cp b.log b.unheard-of
  cp b.log b
  reads b.unheard-of 'read by second'
  reads b 'read by second'
  dateline import a.log --plugin second  # which is alone in taking the ending
  exits 3
  complains 'read by second'
}

it_passes_over_a_probe_that_crashes() {
  homes
  knows first one
  printf 'Date,People,Boats\n2026-08-30,5,1\n' >figures
  printf 'crash\n' >other
  dateline import figures --dataset small-boats-daily --kind window --plugin first
  exits 0
  dateline import other --plugin first
  exits 3
  complains 'other:1: '
  ! grep -q 'crashed' err || fail 'a question is no fault of the file'
}

# tide FAULT: the plugin tide, granted, with the fault (tests/native/tide.c).
tide() {
  homes
  mkdir -p tide
  cat >tide/plugin.json <<'JSON'
{ "manifest": 1, "name": "tide", "version": "1.0.0", "summary": "x", "license": "MIT", "api": 1,
  "library": "tide", "capabilities": ["run-native"], "provides": [
  { "kind": "importer", "name": "daybook", "extensions": ["daybook"] },
  { "kind": "renderer", "name": "tsv" }, { "kind": "check", "name": "shore" },
  { "kind": "function", "name": "gauge" } ] }
JSON
  cc -shared -fPIC -I"$root/core/include" "-DFAULT=$1" -o tide/tide.so "$root/tests/native/tide.c"
  chmod go-w tide/tide.so
  dateline plugin grant ./tide
  exits 0
}

# shellcheck disable=SC2086  # $day is several words
run_tide() { dateline run $day --plugin tide "$@"; }
gauge_tide() { dateline eval 'require("plugin.tide").gauge()' --plugin tide; }

it_tells_what_a_plugin_remarks_even_if_it_then_fails() {
  for fault in NONE FAILS; do
    tide $fault
    run_tide --to tsv
    complains 'warning: the plugin tide: the tide is low'
    run_tide --check shore
    complains 'warning: '
    complains 'the tide is low'
    gauge_tide
    complains 'warning: the plugin tide: the tide is low'
  done
  complains 'there is no water'
}

it_tests_reports_whose_plugin_remarks() {
  tide NONE
  mkdir reports
  cat >reports/low.lua <<'LUA'
return { title = "Low", build = function(doc) doc:para(require("plugin.tide").gauge()) end }
LUA
  cat >reports/low.test.lua <<'LUA'
return { { name = "x", format = "tsv", expect = { contains = "the tide is low" } } }
LUA
  dateline test --plugin tide
  exits 0
}

it_names_no_option_where_none_changes_a_limit() {
  one importer greedy ''
  sed -i 's/"name": "greedy"/&, "extensions": ["x"]/' mine/plugin.json
  echo 1 >a.x
  for code in '("x"):rep(600 << 20)' 'while true do print(("x"):rep(1000)) end'; do
    echo "return { importers = { greedy = function() $code end } }" >mine/main.lua
    case $code in while*) ;; *) sed -i 's/function() /&local s = /' mine/main.lua ;; esac
    dateline import a.x --plugin mine
    exits 3
    complains ' limit: '
    ! grep -q -- '--[a-z]*-limit' err || fail 'an option is named that import has not'
  done
  dateline import --help
  says 'A plugin has 60 s for a file'
}

it_says_what_was_running_when_a_plugin_crashed() {
  tide CRASHES
  run_tide --to tsv
  exits 4
  complains 'the plugin tide crashed in its renderer tsv (signal 6, abort)'
  run_tide --check shore
  complains 'the plugin tide crashed in its check shore (signal 6, abort)'
  gauge_tide
  complains 'the plugin tide crashed in its function gauge (signal 6, abort)'
  echo 1 >a.daybook
  local functions='CRASHES_IN_OPEN open CRASHES next CRASHES_IN_CLOSE close'
  while read -r fault function; do
    tide "$fault"
    dateline import a.daybook --plugin tide
    exits 4
    complains "a.daybook: the plugin tide crashed in $function of its importer daybook (signal 6"
  done < <(xargs -n 2 <<<"$functions")
  printf '#include <stdlib.h>\n__attribute__((constructor)) static void at_load(void) { abort(); }' >x.c
  cc -shared -fPIC -o tide/tide.so x.c
  chmod go-w tide/tide.so
  dateline plugin grant ./tide
  run_tide --to tsv
  exits 4
  complains 'the plugin tide crashed while it was loaded (signal 6, abort)'
}

it_refuses_values_that_are_none() {
  # gives FAULT MESSAGE: what comes of the function's value
  gives() {
    tide "$1"
    gauge_tide
    exits 4
    complains "the plugin tide: its function gauge gave $2"
    says_nothing
  }
  gives NOT_UTF8 'a text that is no valid UTF-8 from byte 4'
  gives NULL_TEXT 'a text of 5 bytes that is nowhere'
  gives BAD_DENOMINATOR 'a fraction whose denominator is -3'
  complains 'expected: a denominator above 0'
  gives UNKNOWN_KIND 'a value of the unknown kind 77'
  tide NULL_WRITE
  run_tide --to tsv
  exits 4
  complains 'the plugin tide wrote 5 bytes that are nowhere'
  says_nothing
}

run_cases "$@"
