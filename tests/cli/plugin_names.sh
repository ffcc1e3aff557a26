# tests/cli/plugin_names.sh - whose renderer, check, publisher or style a name means, and what it may have
# meant.
. tests/cli/plugin_lib.sh

# twins: two plugins, each with a renderer, a check, a publisher and a style of the same names.
twins() {
  for name in first second; do
    mkdir -p "plugins/$name"
    cat >"plugins/$name/plugin.json" <<JSON
{ "manifest": 1, "name": "$name", "version": "1.0.0", "summary": "x", "license": "MIT", "api": 1,
  "provides": [{ "kind": "renderer", "name": "html", "extensions": ["${name}s"] },
    { "kind": "renderer", "name": "short-title", "extensions": ["${name}t"] },
    { "kind": "check", "name": "tidy" }, { "kind": "publisher", "name": "desk" },
    { "kind": "style", "name": "ours" }, { "kind": "report", "name": "hello" }] }
JSON
    cat >"plugins/$name/main.lua" <<LUA
local function say() return "$name\n" end
return { renderers = { html = say, ["short-title"] = say }, styles = { ours = { base = "pa" } },
  checks = { tidy = function() return { "by $name" } end },
  publishers = { desk = function() print "sent by $name" end } }
LUA
    mkdir -p "plugins/$name/reports"
    echo "return { title = '$name', build = function(doc) doc:heading '$name' end }" \
      >"plugins/$name/reports/hello.lua"
  done
}

it_uses_what_the_plugin_that_is_named_provides() {
  homes
  twins
  # shellcheck disable=SC2086  # $day is several words
  run() { dateline run $day "$@"; exits 0; }
  run --to short-title
  says first
  for name in first second; do
    run --to "$name:html"
    says "$name"
    run --to "$name:short-title"
    says "$name"
    run -o "x.${name}t"
    [ "$(cat "x.${name}t")" = "$name" ] || fail "another wrote x.${name}t"
    run --check "$name:tidy"
    complains "by $name"
    run --publish "$name:desk"
    complains "sent by $name"
    run --style "$name:ours"
    dateline run "$name:hello" --to text
    exits 0
    says "${name^}"
  done
  run --to html
  says '<html'
  # shellcheck disable=SC2086
  misuse "no format 'third:html'" run $day --to third:html
}

it_says_what_is_not_reached_by_its_name() {
  homes
  twins
  dateline plugins
  says "note: the plugin first: --to html means the program's own; this one is --to first:html"
  says 'note: the plugin second: --check tidy means that of the plugin first'
  says '--publish second:desk'
  says 'usable (ships)'
  dateline plugins --to json
  query '.[0].provides[] | select(.name == "short-title") | .clashes | length' 0
  query '.[1].provides[] | select(.name == "short-title") | .clashes | length' 1
  dateline plugin check second
  exits 0
  complains 'warning: --style ours means that of the plugin first; this one is --style second:ours'
  dateline plugin check first
  complains 'warning: --to html'
  ! grep -q tidy err || fail 'the first of its name clashes'
}

# Each house style of the program's, as the program names them.
it_knows_the_names_of_the_programs_styles() {
  homes
  dateline run latest-developments --date 2024-10-18 --style nobodys-own
  local styles
  styles=$(sed -n 's/.*expected: one of //p' err | tr -d ,)
  [ "$(echo "$styles" | wc -w)" -gt 3 ] || fail 'no styles are named'
  for style in $styles; do
    one style "$style" "return { styles = { $style = {} } }"
    dateline plugin check ./mine
    complains "--style $style means the program's own"
  done
}

it_suggests_names_of_plugins_too() {
  homes
  twins
  for arguments in '--to shrt-title' '-o x.firstx' '--check tidi' '--publish dask' \
    '--to second:short-titel'; do
    # shellcheck disable=SC2086
    misuse 'did you mean ' run $day $arguments
  done
  # shellcheck disable=SC2086
  misuse "did you mean 'short-title'?" run $day --to short-titel
  # shellcheck disable=SC2086
  misuse "no format has the ending '.zzzzzz'" run $day -o x.zzzzzz
  complains 'name one: --to markdown, html'
  complains ', short-title'
}

run_cases "$@"
