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

run_cases "$@"
