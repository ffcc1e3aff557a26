# tests/cli/plugin_powers.sh - what plugins may and may not do, and what they cost who does not use them.
. tests/cli/plugin_lib.sh

it_harms_nobody_who_does_not_use_it() {
  homes
  dateline run latest-developments --date 2024-10-18
  cp out without
  mkdir -p plugins/broken plugins/wrong "$XDG_DATA_HOME/dateline/plugins/broken"
  echo '{ nonsense' | tee plugins/broken/plugin.json \
    >"$XDG_DATA_HOME/dateline/plugins/broken/plugin.json"
  manifest plugins/wrong '{ "kind": "style", "name": "odd", "summary": "x" }'
  sed -i 's/"name": "plugins.wrong"/"name": "wrong"/' plugins/wrong/plugin.json
  echo 'error "never run"' >plugins/wrong/main.lua
  dateline run latest-developments --date 2024-10-18
  exits 0
  complains_of_nothing
  same out without
  dateline eval '1 + 1'
  exits 0
  dateline run latest-developments --style odd
  exits 4
  says_nothing
  complains 'plugins/wrong/main.lua:1: never run'
}

it_costs_nothing_when_nothing_of_it_is_used() {
  homes
  manifest mine '{ "kind": "renderer", "name": "shout", "summary": "x" }'
  echo 'return { renderers = { shout = function() return "" end } }' >mine/main.lua
  mkdir plugins
  mv mine plugins/
  # shellcheck disable=SC2086  # $day is several words
  opened() { python3 -B "$root/tests/support/opened.py" "$1" "$DATELINE" run $day --to "$2"; }
  [ "$(opened plugins html)" = '' ] || fail 'it looked for plugins'
  [ "$(opened plugins/mine html)" = '' ] || fail 'it read a manifest'
  [ "$(opened plugins/mine shout | tr '\n' ' ')" = 'main.lua plugin.json ' ] ||
    fail "not seen: $(opened plugins/mine shout)"
}

it_keeps_a_plugin_in_the_sandbox() {
  for attempt in 'io.open("x")' 'os.execute("x")' 'string.rep("x", 1e10)' 'undeclared = 1' \
    'string.upper = nil' 'require "plugin.mine"' 'require "../x"' 'require("native.plugins")' \
    'setmetatable(document, {})' 'document.title = "x"'; do
    one renderer shout "return { renderers = { shout = function(document) $attempt return '' end } }"
    run_mine --to shout
    exits 4
    complains 'mine/main.lua:1'
  done
  one renderer shout 'local kept
  return { renderers = { shout = function(document)
    kept = kept or document.first
    return kept.kind
  end } }'
  dateline run latest-developments --plugin mine --to shout --each date=2024-10-18..2024-10-19 \
    -o '{date}.txt'
  exits 4
  complains 'mine/main.lua:4: document: this document is finished'
}

it_gives_a_script_values_and_never_powers() {
  for value in 'host' 'host.read' 'function() end' '{ { host } }' '{ print }' \
    'setmetatable({}, {})'; do
    one function leak "local host = ... return { functions = { leak = function() return $value end } }"
    dateline eval 'require("plugin.mine").leak()' --plugin mine
    exits 4
    complains 'should give a value'
  done
  one function leak 'return { functions = { leak = function(t) t.x = 1 return t end } }'
  dateline eval '#require("plugin.mine").leak({ 1, 2 })' --plugin mine
  exits 0
  says 2
}

it_acts_only_by_capability_and_grant() {
  mkdir allowed
  echo secret >outside.txt
  echo fine >allowed/inside.txt
  ln -s ../outside.txt allowed/link
  ln -s .. allowed/up
  one function get "local host = ... return { functions = { get = function(p) return host.read(p) end } }"
  ask() { dateline eval "require('plugin.mine').get('$1')" --plugin mine; }
  ask allowed/inside.txt
  exits 4
  complains 'without asking for read-files'
  one function get "local host = ... return { functions = { get = function(p) return host.read(p) end } }" \
    '"read-files"'
  ask allowed/inside.txt
  exits 4
  complains 'which nobody has granted'
  dateline plugin grant ./mine --folder allowed
  exits 0
  ask allowed/inside.txt
  exits 0
  says fine
  for path in outside.txt allowed/link allowed/up/outside.txt allowed/../outside.txt /etc/passwd \
    allowed allowedx/y .; do
    ask "$path"
    [ "$status" -ne 0 ] || fail "$path was read"
    says_nothing
  done
  echo '-- changed' >>mine/main.lua
  ask allowed/inside.txt
  exits 4
  complains 'it has changed since'
}

it_writes_only_beneath_what_was_granted() {
  mkdir allowed
  echo old >outside.txt
  ln -s ../outside.txt allowed/link
  ln -s .. allowed/up
  one publisher keep "local host = ... return { publishers = { keep = function(b)
    host.write('PATH', b.text) end } }" '"write-files"'
  dateline plugin grant ./mine --folder allowed
  for path in allowed/link allowed/up/outside.txt outside.txt ../x; do
    sed -i "s|host.write('[^']*'|host.write('$path'|" mine/main.lua
    dateline plugin grant ./mine --folder allowed
    run_mine --publish keep
    exits 4
    complains "may not reach '$path'"
  done
  [ "$(cat outside.txt)" = old ] || fail 'a file outside was changed'
  sed -i "s|host.write('[^']*'|host.write('allowed/bulletin.md'|" mine/main.lua
  dateline plugin grant ./mine --folder allowed
  run_mine --publish keep
  exits 0
  same out allowed/bulletin.md
}

it_sends_requests_for_who_may() {
  mkdir served
  cat >serve.py <<'PY'
import http.server
import sys

class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        with open("served/got", "wb") as got:
            got.write(self.headers["X-Desk"].encode() + b"\n" + body)
        self.send_response(404 if self.path == "/none" else 302 if self.path == "/moved" else 200)
        self.send_header("Location", "http://127.0.0.1:1/")
        self.end_headers()
        self.wfile.write(b"taken")

    def log_message(self, *arguments):
        pass

server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
print(server.server_port, flush=True)
server.serve_forever()
PY
  python3 -B serve.py >port &
  server=$!
  trap 'kill $server' EXIT
  for _ in $(seq 100); do [ -s port ] && break || sleep 0.05; done
  one publisher post "local host = ... return { publishers = { post = function(b)
    print('answer: ' .. host.request('http://127.0.0.1:$(cat port)/PATH', {
      body = b.text, headers = { ['X-Desk'] = 'news' } })) end } }" '"network"'
  run_mine --publish post
  exits 2
  complains 'asks for network, which nobody has granted'
  [ ! -e served/got ] || fail 'it was sent all the same'
  dateline plugin grant ./mine
  run_mine --publish post
  exits 0
  complains 'answer: taken'
  { echo news; cat out; } | cmp -s - served/got || fail 'something else was sent'
  for path in none moved; do
    sed -i "s|/[A-Za-z]*', {|/$path', {|" mine/main.lua
    dateline plugin grant ./mine
    run_mine --publish post
    exits 3
    complains 'answered with the status'
  done
  sed -i "s|http://127[^']*|file:///etc/passwd|" mine/main.lua
  dateline plugin grant ./mine
  run_mine --publish post
  exits 3
}

# tries MESSAGE LUA: what main.lua's function get does fails so, at its line.
tries() {
  one function get "local host = ... return { functions = { get = function(file) $2 end } }"
  dateline eval 'require("plugin.mine").get()' --plugin mine
  exits 4
  complains 'mine/main.lua:1:'
  complains "$1"
}

it_says_what_a_plugin_misspells() {
  tries "host.request has no 'methd'" 'host.request("http://127.0.0.1:1/", { methd = "POST" })'
  tries "did you mean 'method'?" 'host.request("http://127.0.0.1:1/", { methd = "POST" })'
  tries "the options of host.request are a string" 'host.request("http://127.0.0.1:1/", "POST")'
  tries "knows no method 'PSOT'" 'host.request("http://127.0.0.1:1/", { method = "PSOT" })'
  tries 'the body is a number' 'host.request("http://127.0.0.1:1/", { body = 5 })'
  tries "a header's name is a number" 'host.request("http://127.0.0.1:1/", { headers = { "X" } })'
  tries 'what host.write is given is a nil' 'host.write("x")'
  tries 'the path of host.read is a nil' 'host.read()'
  tries "did you mean 'read'?" 'host.raed("x")'
  tries "a plugin has no 'io'" 'io.open("x")'
  tries 'ask for read-files' 'io.open("x")'
  tries "there is no module 'lib.nothing'" 'require "lib.nothing"'
  tries 'lib.words is lib/words.lua' 'require "lib.nothing"'
  tries "there is no module 'dateline.plugins'" 'require "dateline.plugins"'
}

it_lets_a_plugin_refuse() {
  one renderer shout 'return { renderers = { shout = function() refuse "not fit to print" end } }'
  run_mine --to shout
  exits 1
  complains 'not fit to print'
  says_nothing
  one check strict 'return { checks = { strict = function() return { { message = "a" } } end } }'
  run_mine --check strict
  exits 4
  complains "gave a table for a finding of the check 'strict'"
  one publisher tell 'return { publishers = { tell = function(b) print(b.txt) end } }'
  run_mine --publish tell
  exits 4
  complains "did you mean 'text'?"
}

run_cases "$@"
