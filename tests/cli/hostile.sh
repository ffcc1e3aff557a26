#!/bin/bash
# tests/cli/hostile.sh - text that is data stays text: from the command line, in file names and in
# messages, through every renderer.
. tests/cli/lib.sh

hostile=(
  '<script>document.title = 1</script>'
  '" onerror="alert(1)' "' onfocus='alert(1)" '<img src=x onerror=alert(1)>'
  ']( javascript:alert(1))' '[x](javascript:alert(1))' '![x](https://x.org/x.png)'
  'a | b' '`ticks`' '<!-- no comment -->' '&amp; &lt;b&gt; &#60;' '</style></title></script>'
  '*stars* _lines_ ~tildes~' '# no heading' '- no item' '1. no item' '> no quote' '---' '{n} {{x}}'
  '%s %n' '=cmd|x' $'\xed\xa0\x80 lone' $'\xff\xfe' $'\u202Eright to left' $'\u2066apart\u2069'
  $'\e[31mred\e[0m' $'bell\a\b\x7f' $'a\rb' $'a\nb' $'tab\there' $'\ufeffmark' $'\u2028line'
)

# With sanitizers everything takes several times as long: every second text, and fuzzing has all.
if grep -qx 'CMAKE_BUILD_TYPE:STRING=Sanitize' "$DATELINE_BUILD/CMakeCache.txt"; then
  for i in "${!hostile[@]}"; do
    [ $((i % 2)) -eq 0 ] || unset "hostile[i]"
  done
fi

write_report() {
  cat >"$1" <<'LUA'
local phrase = require "dateline.phrase"
return {
  title = "Echo",
  params = { who = { type = "text", default = "harmless", help = "Who." } },
  build = function(doc, p)
    local w = phrase.literal(p.who)
    doc:heading { "Of {w}", w = w }
    doc:para { "Said {w}, *{w}* and [{w}](https://example.org/{w}).", w = w }
    doc:list { { "{w}", w = w }, { "Not {w}", w = p.who } }
    doc:table { caption = p.who, columns = { "Who", { title = p.who } }, rows = { { w, p.who } } }
    doc:note { "Note {w}.", w = w }
    doc:sources { "From {w}.", w = w }
  end,
}
LUA
}

# The elements of a page and their attributes, in order; addresses by their scheme. What is in a script
# or style must be the same, whatever the text.
html_shape() {
  python3 - "$1" <<'PY'
import html.parser
import sys


class Shape(html.parser.HTMLParser):
    def handle_starttag(self, tag, attributes):
        shown = [f"{name}={value.split(':')[0]}" if name in ("href", "src") else name
                 for name, value in attributes]
        print("open", tag, *shown)

    def handle_endtag(self, tag):
        print("close", tag)

    def handle_comment(self, data):
        print("comment", data)

    def handle_decl(self, decl):
        print("declaration", decl)

    def unknown_decl(self, data):
        print("unknown", data)

    def handle_pi(self, data):
        print("instruction", data)


with open(sys.argv[1], encoding="utf-8", errors="strict", newline="") as page:
    Shape(convert_charrefs=True).feed(page.read())
PY
}

# What a reader makes of Markdown, without its texts: elements in order.
markdown_shape() {
  "$@" | sed -n 's/^ *<\([a-z_/]*\).*/\1/p' | grep -vE '^/?(text|softbreak)$'
}

# Of control characters only newlines and tabs, and no direction changes.
check_shows_all() {
  ! LC_ALL=C grep -qP '[\x00-\x08\x0b-\x1f\x7f]' "$1" || fail "$2: a control character came through"
  ! grep -qP '\xe2\x80[\xaa-\xae]|\xe2\x81[\xa6-\xa9]' "$1" || fail "$2: a direction came through"
  iconv -f UTF-8 -t UTF-8 "$1" >/dev/null || fail "$2: not UTF-8"
}

it_shows_a_parameter_as_the_text_it_is() {
  write_report echo.lua
  local to text
  for to in html markdown text json; do
    dateline run echo.lua --to $to
    exits 0
    mv out "harmless.$to"
  done
  html_shape harmless.html >shape.html
  markdown_shape cmark-gfm -e table -t xml harmless.markdown >shape.gfm
  markdown_shape cmark -t xml harmless.markdown >shape.cmark
  grep -q '^table_cell' shape.gfm || fail 'no table was read'
  grep -q '^link' shape.cmark || fail 'no link was read'
  grep -q '^open a href=https' shape.html || fail 'no link stands on the page'
  for text in "${hostile[@]}"; do
    dateline run echo.lua --who="$text" --to html
    exits 0
    html_shape out >found
    same found shape.html
    dateline run echo.lua --who="$text"
    exits 0
    check_shows_all out "$text"
    markdown_shape cmark-gfm -e table -t xml out >found
    same found shape.gfm
    markdown_shape cmark -t xml out >found
    same found shape.cmark
    dateline run echo.lua --who="$text" --to text
    exits 0
    check_shows_all out "$text"
    [ "$(wc -l <out)" -ge "$(wc -l <harmless.text)" ] || fail "$text: lines are gone"
    dateline run echo.lua --who="$text" --to json
    exits 0
    jq -e . out >/dev/null || fail "$text: no JSON"
    [ "$(jq -c '[.. | objects | keys]' out)" = "$(jq -c '[.. | objects | keys]' harmless.json)" ] ||
      fail "$text: another structure"
  done
}

# In messages, as text and as JSON.
check_message() {
  local what=$1
  shift
  dateline "$@"
  [ "$status" -ne 0 ] || fail "$what: no error"
  [ -s err ] || fail "$what: no message"
  check_shows_all err "$what"
  dateline --diagnostics=json "$@"
  jq -es 'all(.message | length > 0)' err >/dev/null || fail "$what: the diagnostics are not JSON"
}

it_shows_it_in_messages() {
  write_report echo.lua
  local text
  for text in "${hostile[@]}"; do
    check_message "$text" run echo.lua --date="$text"
    check_message "$text" run latest-developments --date="$text"
    check_message "$text" run latest-developments --style="$text"
    check_message "$text" run "no $text"
    check_message "$text" eval "error(${text@Q})"
    check_message "$text" sql "select $text from none"
    check_message "$text" import "none $text.csv"
    check_message "$text" "$text"
  done
}

it_takes_any_file_name() {
  local text name
  for text in "${hostile[@]}"; do
    name=${text//\//_}
    write_report "$name.lua"
    dateline run "./$name.lua" -o "./$name.html"
    exits 0
    [ -s "$name.html" ] || fail "$text: nothing was written"
    printf 'error "wrong"\n' >"$name.lua"
    check_message "$text" run "./$name.lua"
    printf 'date,people\n2024-10-18,x\n' >"$name.csv"
    check_message "$text" import "./$name.csv" --dataset small-boats-daily --db x.db
  done
  [ "$(find . -name '.dateline*' | wc -l)" -eq 0 ] || fail 'a temporary file is left'
}

# No way of writing the scheme lets one through; each is told with its line.
it_drops_links_that_would_run() {
  local address to
  cat >links.lua <<'LUA'
return {
  title = "Links",
  params = { address = { type = "text", help = "Where to." } },
  build = function(doc, p)
    doc:para { "Go [there]({to}).", to = p.address }
  end,
}
LUA
  for address in 'javascript:alert(1)' 'JaVaScRiPt:x' $'java\tscript:x' $'java\nscript:x' \
    $'\tjavascript:x' $'\x01javascript:x' 'javascript&colon;x' '&#106;avascript:x' 'java&Tab;script:x' \
    'data:text/html,<script>' 'DATA:x' 'vbscript:x' $'vb\rscript:x' 'file:///etc/passwd' \
    $'\u00a0javascript:x' $'\uff4aavascript:x' $'java\u00adscript:x'; do
    for to in html markdown text json; do
      dateline run links.lua --address="$address" --to $to
      exits 0
      complains 'left out'
      complains '(links.lua:5)'
      check_shows_all err "$address"
      ! grep -qiE 'href="[^#]|\]\(|"url"' out || fail "$address: a link is there"
      says there
    done
  done
  dateline run links.lua --address 'HTTPS://example.org/?a&b'
  exits 0
  complains_of_nothing
  says '](HTTPS://example.org/?a'
}

run_cases "$@"
