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

run_cases "$@"
