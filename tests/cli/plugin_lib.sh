# tests/cli/plugin_lib.sh - sourced by the tests of plugins written in Lua: plugins made on the spot.
. tests/cli/lib.sh

day='latest-developments --date 2024-10-18'

# Before each case: homes in its own folder, and a plugin "mine" in mine/ that provides one of each.
homes() {
  export XDG_DATA_HOME=$PWD/data XDG_CONFIG_HOME=$PWD/config
}

# manifest NAME PROVIDES [CAPABILITIES]
manifest() {
  mkdir -p "$1"
  cat >"$1/plugin.json" <<JSON
{ "manifest": 1, "name": "$1", "version": "1.0.0", "summary": "x", "license": "MIT", "api": 1,
  "main": "main.lua", "provides": [$2], "capabilities": [${3:-}] }
JSON
}

# one KIND NAME LUA [CAPABILITIES]: the plugin "mine" with one provision; LUA is what main.lua holds.
one() {
  homes
  manifest mine "{ \"kind\": \"$1\", \"name\": \"$2\", \"summary\": \"x\" }" "${4:-}"
  printf '%s\n' "$3" >mine/main.lua
}

# shellcheck disable=SC2086  # $day is several words
run_mine() { dateline run $day --plugin mine "$@"; }
