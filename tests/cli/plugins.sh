# tests/cli/plugins.sh - plugins listed, added, removed, checked and granted; homes are the test's own.
. tests/cli/lib.sh

# Before each case: homes in its own folder.
homes() {
  export XDG_DATA_HOME=$PWD/data XDG_CONFIG_HOME=$PWD/config
  kept=$XDG_DATA_HOME/dateline/plugins
}

# plugin FOLDER NAME VERSION [CAPABILITIES]: a Lua plugin that provides the report NAME.
plugin() {
  mkdir -p "$1/reports"
  cat >"$1/plugin.json" <<JSON
{ "manifest": 1, "name": "$2", "version": "$3", "summary": "Says $2", "license": "MIT", "api": 1,
  "provides": [{ "kind": "report", "name": "$2", "summary": "A report" }],
  "capabilities": [${4:-}] }
JSON
  echo "return { title = '$2', build = function(doc) doc:heading '$2' end }" >"$1/reports/$2.lua"
}

# phrase_plugin NAME LUA [CAPABILITIES]: a plugin in NAME/ with the phrase "say"; LUA is its main.lua.
phrase_plugin() {
  mkdir -p "$1"
  cat >"$1/plugin.json" <<JSON
{ "manifest": 1, "name": "$1", "version": "1.0.0", "summary": "x", "license": "MIT", "api": 1,
  "main": "main.lua", "provides": [{ "kind": "phrase", "name": "say" }],
  "capabilities": [${3:-}] }
JSON
  printf '%s\n' "$2" >"$1/main.lua"
}

it_lists_plugins_of_every_place_in_order() {
  homes
  plugin given given 1.0.0
  plugin plugins/beside beside 1.0.0
  plugin "$kept/kept" kept 1.0.0
  dateline plugins --plugin given
  exits 0
  complains_of_nothing
  says 'given '
  dateline plugins --plugin given --to json
  query '[.[0:3][].name] | join(" ")' 'given beside kept'
  query '[.[0:3][].origin] | join(", ")' "--plugin, beside the report, the user's folder"
  query '.[] | select(.name == "ods") | .origin' installed
  query '.[] | select(.name == "ods") | .provides[0] | "\(.kind) \(.name) \(.extensions[0])"' \
    'importer ods ods'
  query '.[] | select(.name == "ods") | .usable' true
  query '.[0].folder' given
  query '.[0].provides[0] | "\(.kind) \(.name)"' 'report given'
}

it_takes_the_option_more_than_once() {
  homes
  plugin b b 1.0.0
  plugin a a 1.0.0
  dateline plugins --plugin b --plugin=a --to json
  query '[.[0:2][].name] | join(" ")' 'b a'
  misuse '--plugin needs a value' plugins --plugin
}

it_looks_beside_the_reports() {
  homes
  mkdir reports
  plugin plugins/outside outside 1.0.0
  plugin reports/plugins/inside inside 1.0.0
  dateline plugins --to json
  query '[.[] | select(.origin == "beside the report") | .name] | join(" ")' inside
}

it_says_what_is_wrong_with_a_plugin_and_goes_on() {
  homes
  plugin plugins/broken broken 1.0
  dateline plugins
  exits 0
  complains_of_nothing
  says 'not usable'
  says 'plugins/broken/plugin.json:1:47: "version": '"'1.0' does not do"
  says 'expected: a semantic version: 1.0.0'
  dateline plugins --to json
  query '.[0].usable' false
  query '.[0].problem.line' 1
  query '.[0].problem.file' ./plugins/broken/plugin.json
  query '.[] | select(.name == "ods") | .usable' true
}

it_says_which_plugins_are_not_granted() {
  homes
  plugin asking asking 1.0.0 '"read-files"'
  dateline plugins --plugin asking
  exits 0
  says 'not granted'
  says 'hint: dateline plugin grant ./asking'
  dateline plugins --plugin asking --to json
  query '.[0] | "\(.capabilities[0]) \(.granted) \(.usable)"' 'read-files false false'
}

it_adds_a_plugin_that_then_is_there() {
  homes
  plugin source greetings 1.0.0
  dateline plugin add source
  exits 0
  complains_of_nothing
  says 'greetings 1.0.0'
  says 'provides  report greetings'
  says "$kept/greetings"
  dateline plugins --to json
  query '.[0] | "\(.name) \(.origin) \(.usable)"' "greetings the user's folder true"
}

it_adds_archives_and_says_what_they_replace() {
  homes
  plugin hello-main hello 1.0.0
  tar czf old.tar.gz hello-main
  plugin new hello 1.1.0
  (cd new && zip -qr ../new.zip .)
  dateline plugin add old.tar.gz
  exits 0
  dateline plugin add new.zip
  exits 0
  says 'hello 1.0.0 -> 1.1.0'
  echo '{' >"$kept/hello/plugin.json"
  dateline plugin add old.tar.gz
  exits 0
  says 'hello (broken) -> 1.0.0'
}

it_says_when_what_it_adds_is_not_newer() {
  homes
  plugin mine mine 1.10.0
  dateline plugin add mine
  dateline plugin add mine
  says 'mine 1.10.0 -> 1.10.0'
  ! grep -q '(' out || fail 'the same plugin is another'
  echo '-- changed' >>mine/reports/mine.lua
  dateline plugin add mine
  says 'mine 1.10.0 -> 1.10.0 (the same version with other files)'
  plugin mine mine 1.9.0
  dateline plugin add mine
  exits 0
  says 'mine 1.10.0 -> 1.9.0 (an older version)'
  plugin mine mine 1.11.0
  dateline plugin add mine
  says 'mine 1.9.0 -> 1.11.0'
  ! grep -q '(' out || fail 'a newer version is remarked on'
}

it_tests_the_reports_of_a_plugins_folder() {
  homes
  plugin mine mine 1.0.0
  echo 'return { { name = "says it", expect = { contains = "Mine" } } }' >mine/reports/mine.test.lua
  for folder in mine ./mine mine/; do
    dateline test "$folder"
    exits 0
    says '1 passed'
  done
  cd mine || exit 1
  dateline test .
  exits 0
  says '1 passed'
  says 'reports/mine.test.lua'
  mkdir other other/reports
  cp reports/mine.* other/reports
  misuse 'there are no tests here' test other
}

it_says_when_a_library_is_older_than_its_sources() {
  homes
  cp -r "$DATELINE_BUILD/share/dateline/plugins/hello" native
  echo '// changed' >native/hello.c
  dateline plugin grant ./native
  exits 0
  touch -d '2 hours ago' native/hello.c
  dateline plugin check ./native
  exits 0
  complains_of_nothing
  touch -d '+2 hours' native/hello.c
  dateline plugin check ./native
  exits 0
  complains 'warning: hello.c is newer than hello.so: build it'
}

it_refuses_what_is_no_plugin_and_leaves_nothing() {
  homes
  mkdir nothing
  misuse 'nothing holds no plugin: there is no plugin.json in it' plugin add nothing
  misuse "'https://example.org/p.zip' is an address" plugin add https://example.org/p.zip
  dateline plugin add nowhere
  exits 3
  complains 'cannot open nowhere'
  plugin source hello 1.0.0
  ln -s /etc/passwd source/secret
  dateline plugin add source
  exits 3
  complains 'source/secret is neither a file nor a folder'
  rm source/secret source/reports/hello.lua
  dateline plugin add source
  exits 3
  complains "source/reports/hello.lua: the plugin's report is not there"
  [ -z "$(ls "$kept")" ] || fail 'something was left behind'
  [ "$(ls -A "$kept")" = .lock ] || fail 'something hidden was left behind'
}

it_reads_archives_only_with_libarchive_and_says_so() {
  homes
  plugin hello hello 1.0.0
  tar czf hello.tar.gz hello
  mkdir libraries
  : >libraries/libarchive.so.13
  LD_LIBRARY_PATH=$PWD/libraries dateline plugin add hello.tar.gz
  exits 3
  complains 'archives cannot be read here: '
  complains 'install libarchive'
  LD_LIBRARY_PATH=$PWD/libraries dateline plugin add hello
  exits 0
}

it_does_not_load_libarchive_at_the_start() {
  ! ldd "$DATELINE" | grep -q libarchive || fail 'the program links libarchive'
}

it_asks_to_grant_what_a_plugin_wants() {
  homes
  plugin source asking 1.0.0 '"read-files"'
  dateline plugin add source
  exits 0
  says 'asks for  read-files'
  complains 'now: dateline plugin grant asking --folder DIR'
}

it_grants_until_a_file_changes() {
  homes
  mkdir figures
  plugin source asking 1.0.0 '"read-files"'
  dateline plugin add source
  misuse "asks for read-files: beneath which folders?" plugin grant asking
  complains 'dateline plugin grant asking --folder DIR'
  misuse "'nowhere' is no folder" plugin grant asking --folder nowhere
  dateline plugin grant asking --folder figures --folder source
  exits 0
  says 'asking 1.0.0 is granted'
  says "to read files beneath $PWD/figures, $PWD/source"
  says "sha256 $(jq -r '.grants[0].sha256' "$XDG_CONFIG_HOME/dateline/grants.json")"
  dateline plugin check asking
  exits 0
  says 'asking 1.0.0: nothing is wrong'
  dateline plugins --to json
  query '.[0].granted' true
  echo '-- changed' >>"$kept/asking/reports/asking.lua"
  dateline plugin check asking
  exits 1
  complains 'it has changed since'
  says_nothing
}

it_grants_for_all_but_tests_and_golden_files() {
  homes
  plugin mine mine 1.0.0 '"network"'
  dateline plugin grant ./mine
  exits 0
  echo 'return { { name = "all", expect = { golden = "mine.md" } } }' >mine/reports/mine.test.lua
  dateline test --accept mine/reports
  exits 0
  [ -e mine/reports/mine.md ] || fail 'no golden file was written'
  echo changed >mine/README.md
  dateline plugin check ./mine
  exits 0
  dateline plugin grant --help
  says 'golden files'
}

it_runs_nothing_of_a_plugin_that_could_change_unseen() {
  homes
  phrase_plugin mine 'local word = require "tests.word"
return { phrases = { say = function() return word end } }'
  mkdir mine/tests
  echo 'return "x"' >mine/tests/word.lua
  dateline plugin check ./mine
  exits 1
  complains 'mine/main.lua:1'
  mkdir mine/lib
  mv mine/tests/word.lua mine/lib
  sed -i 's/tests.word/lib.word/' mine/main.lua
  dateline plugin check ./mine
  exits 0
}

it_says_which_folder_or_file_a_plugin_did_not_find() {
  homes
  mkdir -p arch/.hidden/sub outside
  ln -s ../outside arch/link
  phrase_plugin mine 'local host = ...
local function say(path, text)
  return text and (host.write(path, text) or "") or host.read(path)
end
return { phrases = { say = say } }' '"read-files", "write-files"'
  dateline plugin grant ./mine --folder arch
  exits 0
  for arguments in '"arch/sub/x.txt"' '"./arch/sub/x.txt"' '"arch/sub/x.txt", "text"' \
    '"arch/sub/deeper/x.txt", "text"'; do
    dateline eval "require('plugin.mine').say($arguments)" --plugin mine
    exits 3
    complains 'the folder '
    complains 'arch/sub is not there'
  done
  dateline eval 'require("plugin.mine").say("arch/none.txt")' --plugin mine
  complains "cannot open $PWD/arch/none.txt: No such file"
  for path in arch/.hidden/x arch/.x arch/.hidden/sub/x; do
    dateline eval "require('plugin.mine').say('$path')" --plugin mine
    exits 4
    complains "may not reach '$path'"
    complains 'names that start with a dot are not allowed'
  done
  # What is there behind a link, and what is not, look the same.
  dateline eval 'require("plugin.mine").say("arch/link/none/x")' --plugin mine
  ! grep -q 'is not there' err || fail 'it looked behind a link'
}

it_grants_the_root_for_all_there_is() {
  homes
  mkdir arch
  echo fine >arch/x.txt
  phrase_plugin mine 'local host = ...
return { phrases = { say = function(path, text)
  return text and (host.write(path, text) or "") or host.read(path)
end } }' '"read-files", "write-files"'
  dateline plugin grant ./mine --folder /
  exits 0
  says 'to read files beneath /'
  dateline eval "require('plugin.mine').say('$PWD/arch/x.txt')" --plugin mine
  exits 0
  says fine
  dateline eval "require('plugin.mine').say('arch/y.txt', 'written')" --plugin mine
  exits 0
  [ "$(cat arch/y.txt)" = written ] || fail 'it was not written'
  dateline eval "require('plugin.mine').say('/none/x')" --plugin mine
  complains 'the folder /none is not there'
}

it_keeps_the_folders_when_a_changed_plugin_is_granted_again() {
  homes
  mkdir figures
  plugin mine mine 1.0.0 '"read-files"'
  dateline plugin grant ./mine --folder figures
  echo '-- changed' >>mine/reports/mine.lua
  dateline plugin check ./mine
  complains 'it has changed since'
  grep -q 'hint: dateline plugin grant ./mine$' err || fail 'the folders are asked for'
  dateline plugin grant ./mine
  exits 0
  says "the folders as before: $PWD/figures"
  dateline plugin check ./mine
  exits 0
  [ "$(jq '.grants | length' "$XDG_CONFIG_HOME/dateline/grants.json")" = 1 ] || fail 'both are kept'
}

it_removes_only_its_own_grant_and_revokes_one_or_all() {
  homes
  plugin mine mine 1.0.0 '"network"'
  dateline plugin add mine
  echo '-- changed' >>mine/reports/mine.lua
  dateline plugin grant mine
  dateline plugin grant ./mine
  dateline plugins --plugin mine --to json
  query '[.[] | select(.name == "mine") | .granted] | join(" ")' 'true false'
  dateline plugin check mine
  exits 0
  dateline plugin remove mine
  dateline plugin check ./mine
  exits 0
  cp -r mine other
  echo '-- changed again' >>other/reports/mine.lua
  dateline plugin grant ./other
  dateline plugin revoke ./mine
  exits 0
  says 'what ./mine was granted is revoked'
  dateline plugin check ./mine
  exits 1
  dateline plugin check ./other
  exits 0
  dateline plugin grant ./mine
  dateline plugin revoke mine
  says 'what mine was granted is revoked'
  dateline plugin check ./mine
  exits 1
  dateline plugin check ./other
  exits 1
}

it_grants_nothing_where_nothing_is_asked_for() {
  homes
  plugin plugins/plain plain 1.0.0
  dateline plugin grant plain
  exits 0
  says 'plain 1.0.0 needs no grant: it asks for nothing'
  misuse 'asks for no files: --folder is not for it' plugin grant plain --folder .
  dateline plugin grant ods
  exits 0
  says 'needs no grant: it was installed with the program'
  [ ! -e "$XDG_CONFIG_HOME" ] || fail 'a grant was recorded'
}

it_revokes_what_was_granted() {
  homes
  plugin source asking 1.0.0 '"read-files"'
  dateline plugin add source
  dateline plugin grant asking --folder .
  dateline plugin revoke asking
  exits 0
  says 'what asking was granted is revoked'
  dateline plugins --to json
  query '.[0].granted' false
  dateline plugin revoke asking
  exits 0
  says 'asking was granted nothing'
}

it_removes_a_plugin_and_its_grants() {
  homes
  plugin source asking 1.0.0 '"read-files"'
  dateline plugin add source
  dateline plugin grant asking --folder .
  dateline plugin remove asking
  exits 0
  says 'asking 1.0.0 is removed'
  [ "$(ls -A "$kept")" = .lock ] || fail 'something was left behind'
  [ "$(jq '.grants | length' "$XDG_CONFIG_HOME/dateline/grants.json")" = 0 ] || fail 'a grant stays'
  dateline plugin add source
  complains 'now: dateline plugin grant asking'
}

it_removes_a_broken_plugin() {
  homes
  mkdir -p "$kept/torn"
  echo '{' >"$kept/torn/plugin.json"
  dateline plugin remove torn
  exits 0
  says 'torn is removed'
  [ ! -e "$kept/torn" ] || fail 'it is there still'
}

it_removes_only_the_users_own() {
  homes
  plugin plugins/beside beside 1.0.0
  misuse "the plugin 'ods' stands in " plugin remove ods
  complains '(installed)'
  misuse "the plugin 'beside' stands in ./plugins/beside (beside the report)" plugin remove beside
  [ -e plugins/beside/plugin.json ] || fail 'it is gone'
}

it_names_the_plugin_that_was_meant() {
  homes
  plugin plugins/greetings greetings 1.0.0
  for command in remove check grant revoke; do
    misuse "no plugin 'greetigns'" plugin "$command" greetigns
    complains "did you mean 'greetings'?"
    misuse "no plugin 'xyzzy'" plugin "$command" xyzzy
    complains 'dateline plugins lists them'
  done
}

it_checks_a_folder_and_tells_each_finding() {
  homes
  plugin mine hello 1.0.0
  dateline plugin check mine
  exits 0
  says 'hello 1.0.0: nothing is wrong'
  dateline plugin check ./mine/
  exits 0
  sed -i 's/"capabilities"/"main": "main.lua", "capabilities"/' mine/plugin.json
  rm mine/reports/hello.lua
  dateline plugin check ./mine
  exits 1
  says_nothing
  complains "./mine/main.lua: the plugin's script is not there"
  complains "./mine/reports/hello.lua: the plugin's report is not there"
  dateline plugin check ./mine --diagnostics=json
  [ "$(jq -s length err)" = 2 ] || fail 'not each finding is one object'
  echo '{' >mine/plugin.json
  dateline plugin check ./mine
  exits 1
  complains './mine/plugin.json:2:1: '
  misuse "'nowhere/at/all' is no folder" plugin check nowhere/at/all
}

it_runs_a_lua_plugin_to_compare_it_with_its_manifest() {
  homes
  mkdir mine
  cat >mine/plugin.json <<'JSON'
{ "manifest": 1, "name": "mine", "version": "1.0.0", "summary": "x", "license": "MIT", "api": 1,
  "main": "main.lua", "provides": [{ "kind": "phrase", "name": "shout" }] }
JSON
  echo 'return { phrases = { shout = function(text) return text end } }' >mine/main.lua
  dateline plugin check ./mine
  exits 0
  complains_of_nothing
  echo 'return { phrases = {} }' >mine/main.lua
  dateline plugin check ./mine
  exits 1
  complains shout
  echo 'return {' >mine/main.lua
  dateline plugin check ./mine
  exits 1
  complains 'mine/main.lua:2: the script ends too early'
}

it_grants_no_library_that_is_not_built_yet() {
  homes
  cp -r "$DATELINE_BUILD/share/dateline/plugins/hello" native
  rm native/hello.so
  dateline plugin grant ./native
  exits 3
  complains "native/hello.so: the plugin's library is not there"
  complains 'hint: build it'
  dateline plugin add native
  exits 3
  [ ! -e "$XDG_CONFIG_HOME" ] || fail 'a grant was recorded'
}

it_loads_a_native_plugin_only_when_it_was_granted() {
  homes
  cp -r "$DATELINE_BUILD/share/dateline/plugins/hello" native
  sed -i 's/"name": "hello"/"name": "other"/' native/plugin.json
  dateline plugin check ./native
  exits 1
  complains 'asks for run-native, which nobody has granted'
  ! grep -q 'the library says' err || fail 'it was loaded'
  dateline plugin grant ./native
  exits 0
  says 'to run compiled code'
  dateline plugin check ./native
  exits 1
  complains "the library says that it is the plugin 'hello', and plugin.json says 'other'"
  cp "$DATELINE_BUILD/share/dateline/plugins/hello/plugin.json" native
  dateline plugin grant ./native
  dateline plugin check ./native
  exits 0
}

# Whoever lists plugins while one is replaced sees one of the two, whole.
it_never_shows_neither_while_it_replaces() {
  homes
  plugin one swapped 1.0.0
  plugin two swapped 2.0.0
  dateline plugin add one
  (for i in 1 2 3 4 5 6 7 8; do
    "$DATELINE" plugin add two && "$DATELINE" plugin add one
  done >adding 2>&1 || echo failed >adding.failed) &
  while kill -0 $! 2>/dev/null; do
    dateline plugins --to json
    query '[.[] | select(.name == "swapped" and .usable)] | length' 1
  done
  [ ! -e adding.failed ] || fail "$(cat adding)"
}

it_adds_for_two_at_once() {
  homes
  plugin one first 1.0.0
  plugin two second 1.0.0
  for i in 1 2 3 4 5; do
    "$DATELINE" plugin add one >/dev/null &
    "$DATELINE" plugin add two >/dev/null || fail 'the second is not added'
    wait $! || fail 'the first is not added'
  done
  dateline plugins --to json
  query '[.[0:2][].name] | join(" ")' 'first second'
}

it_helps_with_each_command() {
  dateline plugin
  exits 0
  complains_of_nothing
  for command in add remove check grant revoke; do
    dateline plugin
    says "  $command "
    dateline plugin "$command" --help
    exits 0
    says "usage: dateline plugin $command "
    cp out long
    dateline help plugin "$command"
    same out long
    misuse 'is missing' plugin "$command"
  done
  misuse "no command 'plugin ad'" plugin ad
  complains "did you mean 'add'?"
  misuse "no command 'plugin xyzzy'" help plugin xyzzy
  complains 'dateline plugin --help lists the commands'
}

run_cases "$@"
