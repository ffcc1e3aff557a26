# tests/cli/plugin_pandoc.sh - the plugin pandoc, read by the real one: as it reads our Markdown, and
# in the formats that people want.
. tests/cli/lib.sh

for tool in pandoc jq; do
  command -v "$tool" >/dev/null || { echo "these tests need $tool"; exit 1; }
done
normalise=$root/tests/cli/plugin_pandoc.jq

day() { dateline run latest-developments --date 2024-10-18 "$@"; }

# Pandoc composes letters and their accents when it reads a text, not when it reads a tree.
composed() {
  python3 -c 'import sys, unicodedata
for line in open(0, encoding="utf-8"): sys.stdout.buffer.write(unicodedata.normalize("NFC", line).encode())'
}

# agrees NAME: ours.json is read as theirs.md is, by pandoc with the further arguments. GFM itself
# has no emoji: those are GitHub's.
agrees() {
  local name=$1
  shift
  jq -Sf "$normalise" ours.json | composed >ours
  pandoc -f gfm-emoji "$@" -t json theirs.md | jq -Sf "$normalise" >theirs
  jq '.meta.title, .blocks' ours >ours.body
  jq '.meta.title, .blocks' theirs >theirs.body
  [ "$(jq length theirs.body | tail -n 1)" -gt 0 ] || fail "$name: nothing to compare"
  same theirs.body ours.body || fail "$name"
}

# every_golden FUNCTION [COUNT]: for each golden report, in each of its styles or the first COUNT; one
# that is no single bulletin is left out.
every_golden() {
  local args case style count=0 arguments
  for args in "$root"/tests/golden/*/args; do
    case=$(dirname "$args")
    if [ -e "$case/expected/status" ] || grep -q -- --each "$args"; then continue; fi
    read -ra arguments <"$args"
    cp "$case"/*.lua . 2>/dev/null
    while read -r style; do
      "$1" "$(basename "$case") $style" "${arguments[@]}" --style "$style"
      count=$((count + 1))
    done < <(basename -a "$case"/expected/*.* | sed 's/\..*//' | sort -u | head -n "${2:-99}")
  done
  [ "$count" -ge 9 ] || fail "only $count golden reports"
}

compare_fragment() {
  local name=$1
  shift
  dateline "$@" --to pandoc --fragment -o ours.json
  exits 0
  dateline "$@" --to markdown -o theirs.md
  exits 0
  [ "$(jq -c .meta ours.json)" = '{}' ] || fail "$name: a fragment has metadata"
  agrees "$name"
}

it_is_read_as_the_markdown_is() {
  every_golden compare_fragment
}

# Pandoc itself makes metadata of the title in the same way.
compare_whole() {
  local name=$1
  shift
  dateline "$@" --to pandoc -o ours.json
  exits 0
  dateline "$@" --to markdown -o theirs.md
  exits 0
  agrees "$name" --shift-heading-level-by=-1
}

it_reads_marks_as_the_markdown_has_them() {
  cat >marks.lua <<'LUA'
local c, phrase = require "dateline.crossings", require "dateline.phrase"
return { title = "Marks", build = function(doc)
  local n, around = phrase.count(c.people:on "2024-10-18"), phrase.literal "  around  "
  doc:para { "One  **bold {n}** and **{a}**_{a}_**x**{n}`co  de` [a **b** {n}](https://example.org/x_y?a=1&b=%20).",
    n = n, a = around }
  doc:para { "{a}", a = around }
  doc:para { "**{a}**", a = around }
  doc:heading { "Ünï {n} \u{A0} *x*", level = 2, n = n }
  doc:heading { "Ünï {n} \u{A0} *x*", level = 4, n = n }
  doc:list { ordered = true, "a", { "{a}", a = around } }
  doc:list { "x" }
  doc:list { "y" }
  doc:table { caption = "**A** caption", columns = { "A", { title = "B", align = "centre" } },
    rows = { { around, n }, { "x|y", "`z|`" } } }
  doc:table { caption = "{n}", columns = { { title = "", align = "end" } }, rows = {} }
  doc:note "**Note**: x"
  doc:note "Another."
end }
LUA
  dateline run marks.lua --to pandoc --fragment -o ours.json
  exits 0
  dateline run marks.lua --to markdown --fragment -o theirs.md
  agrees marks
}

it_writes_what_no_report_makes() {
  lua5.4 "$root/tests/cli/plugin_pandoc.lua" "$root" >out || fail 'the plugin does not run'
  pandoc -f json -t native out >native || fail 'pandoc does not take it'
  same "$root/tests/cli/plugin_pandoc.native" native
}

it_has_the_title_as_metadata_when_whole() {
  every_golden compare_whole 1
}

it_says_the_same_words_in_plain_text() {
  day --to pandoc --fragment
  pandoc -f json -t plain out | tr -s '[:space:]' '\n' >ours
  day --to markdown
  pandoc -f gfm -t plain out | tr -s '[:space:]' '\n' >theirs
  same theirs ours
  grep -q 28,204 ours || fail 'the figure is not there'
}

it_has_title_language_and_date() {
  day --to pandoc --style guardian
  exits 0
  complains_of_nothing
  query '."pandoc-api-version" | join(".")' 1.22
  query '.meta | keys | join(" ")' 'date lang title'
  query '[.meta.date.c[] | .c // " "] | join("")' '18 October 2024'
  query '[.meta.title.c[] | .c // " "] | join("")' 'LATEST DEVELOPMENTS'
  query '.meta.lang.c[0].c' en-GB
  cp out ours
  day --to pandoc3 --style guardian
  query '."pandoc-api-version" | join(".")' 1.23
  jq 'del(."pandoc-api-version")' ours >a
  jq 'del(."pandoc-api-version")' out >b
  same a b
}

it_keeps_what_markdown_cannot_say() {
  day --to pandoc
  query '[.. | objects | select(.t == "Span") | .c[0] | select(.[2][3] == ["data-fact", "f3"])][0]
    | [.[1][0], (.[2][] | join("="))] | join(" ")' \
    'fact data-value=28204 data-unit=person data-expression=people.year_to_date(2024-10-18) data-fact=f3'
  query '[.. | objects | select(.t == "Span") | .c[0] | select(.[1] == ["date"])][0][2][0]
    | join("=")' 'data-date=2024-10-18'
  query '[.blocks[] | select(.t == "Div") | .c[0][1][0]] | join(" ")' 'note source'
  cp "$root"/tests/golden/every-element/report.lua .
  dateline run report.lua --date 2024-10-18 --to pandoc
  query '[.. | objects | select(.t == "Span") | .c[0][2][0] | select(.[0] == "data-value") | .[1]]
    | map(select(contains("."))) | .[0:3] | join(" ")' '7.99509879 64.7 52.333333333'
  query '[.blocks[] | select(.t == "Table") | .c[1][1][0].c | map(.c // " ") | join("")] | join("; ")' \
    'The week, day by day; Nothing to show'
  query '[.blocks[] | select(.t == "Table") | .c[4][0][1]] | join(" ")' '1 0'
  query '.blocks[] | select(.t == "Table") | [.c[2][][0].t] | join(" ")' \
    "AlignDefault AlignRight AlignRight AlignCenter AlignDefault
AlignDefault AlignDefault"
  query '[.blocks[] | select(.t == "Header") | "\(.c[0]) \(.c[1][0])"] | join(", ")' \
    '1 a-heading-of-647, 2 a-heading-of-647-1, 3 a-heading-of-647-2, 4 a-heading-of-647-3, 5 a-heading-of-647-4'
}

it_names_the_sources_of_a_report_that_does_not() {
  cat >bare.lua <<'LUA'
local c = require "dateline.crossings"
return { title = "Bare & <new>", build = function(doc)
  doc:para { "{n} people; see [this](https://example.org/a|b?é).", n = c.people:on "2024-10-18" }
  doc:heading { "Below", level = 3 }
  doc:heading { "Above", level = 1 }
end }
LUA
  dateline run bare.lua --to pandoc --fragment -o ours.json
  dateline run bare.lua --to markdown --fragment -o theirs.md
  agrees bare
  dateline run bare.lua --to pandoc
  query '.blocks[-1].c | "\(.[0][1][0]): \([.[1][] | .. | objects | .c? | strings] | join(" "))"' \
    'source: Source Home Office, Migrants detected crossing the English Channel in small boats , published 21 August 2026 . Provisional. Open Government Licence v3.0. Crown copyright. Contains public sector information licensed under the Open Government Licence v3.0.'
}

it_becomes_documents_that_open_again() {
  local format
  day --to pandoc -o day.json
  pandoc -f json -s -t plain --columns=10000 day.json | tr -s '[:space:]' '\n' >expected
  for format in docx odt epub; do
    pandoc -f json day.json -o "day.$format" 2>err || fail "$format"
    complains_of_nothing
    pandoc "day.$format" -s -t plain --columns=10000 2>err | tr -s '[:space:]' '\n' >out
    [ "$(grep -cxF -f expected out)" -gt 200 ] || fail "$format lost its words"
    if [ "$format" = docx ]; then same expected out; fi
  done
  unzip -p day.docx word/document.xml | grep -q 'w:val="Source"' || fail 'Word has no style Source'
  unzip -p day.docx docProps/core.xml | grep -q 'LATEST DEVELOPMENTS</dc:title>' || fail 'no title'
}

it_becomes_pages_and_sources() {
  day --to pandoc -o day.json
  for format in html latex rst plain docbook asciidoc; do
    pandoc -f json -s -t "$format" day.json >out 2>err || fail "$format"
    complains_of_nothing
    says '28,204'
    says 'LATEST DEVELOPMENTS'
  done
  pandoc -f json -s -t html day.json >out
  says 'lang="en-GB"'
  says 'data-fact="f3">28,204</span>'
  [ -z "$(grep -o ' id="[^"]*"' out | sort | uniq -d)" ] || fail 'an id twice'
}

it_keeps_hostile_text_text() {
  local format
  cp "$root"/tests/golden/hostile-text/report.lua .
  dateline run report.lua --to pandoc -o hostile.json
  exits 0
  for format in html latex rst plain; do
    pandoc -f json -s -t "$format" hostile.json >out 2>err || fail "$format"
    complains_of_nothing
  done
  pandoc -f json -t html hostile.json >out
  says '&lt;img src=x onerror=alert(1)&gt;'
  if grep -qiE '<(script|img|i|b)\b|href="(javascript|data):|<[a-z][^>]* on[a-z]+=' out; then
    fail 'markup came through'
  fi
  pandoc -f json -t latex hostile.json >out
  says '\textbackslash backslashes\textbackslash{}'
  pandoc -f json hostile.json -o hostile.docx
  pandoc hostile.docx -t plain --columns=10000 >out
  says "<img src=x onerror=alert(1)>"
  says "=cmd|' /C calc'!A0"
}

run_cases "$@"
