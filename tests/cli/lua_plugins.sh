# tests/cli/lua_plugins.sh - plugins written in Lua: each kind of thing they add.
. tests/cli/plugin_lib.sh

it_renders_by_name_and_by_the_ending_of_the_file() {
  homes
  manifest mine '{ "kind": "renderer", "name": "shout", "extensions": ["loud"], "summary": "x" }'
  cat >mine/main.lua <<'LUA'
local words = require "lib.words"
return { renderers = { shout = function(document, options)
  local out = { options.fragment and "part" or "whole" }
  for node in document:each() do
    out[#out + 1] = words.up(node.kind .. " " .. node.plain)
  end
  return table.concat(out, "\n") .. "\n"
end } }
LUA
  mkdir mine/lib
  echo 'return { up = function(text) return text:upper() end }' >mine/lib/words.lua
  run_mine --to shout
  exits 0
  complains_of_nothing
  says 'HEADING LATEST DEVELOPMENTS'
  says '647 PEOPLE'
  cp out shouted
  run_mine -o bulletin.loud
  exits 0
  same bulletin.loud shouted
  run_mine --to shout --fragment
  says part
  misuse "did you mean 'text'?" run latest-developments --to txt
}

it_hands_a_renderer_the_whole_document() {
  one renderer tree 'return { renderers = { tree = function(document)
    local out = {}
    local function walk(node, depth)
      local more = node.fact and (" %s=%s %s"):format(node.id, node.fact.value, node.fact.unit) or
        node.date and " " .. tostring(node.date) or node.level and " h" .. node.level or
        node.role and " " .. node.role or node.url and " " .. node.url or ""
      out[#out + 1] = ("  "):rep(depth) .. node.kind .. more
      for child in node:each() do
        if child.parent ~= node then error "another parent" end
        walk(child, depth + 1)
      end
    end
    walk(document, 0)
    out[#out + 1] = document:render("text", { fragment = true })
    return table.concat(out, "\n")
  end } }'
  run_mine --to tree
  exits 0
  says 'document 2024-10-18'
  says '  heading h1'
  says 'fact f1=647 person'
  says 'fact f3=28204 person'
  says '  aside source'
  says 'Source: Home Office'
}

it_brings_a_house_style() {
  one style ours 'return { styles = { ours = {
    base = "guardian", spell_max = 12, percent = " percent", date = "month-day" } } }'
  run_mine --style ours
  exits 0
  says 'in ten boats'
  says '8 percent higher'
  says 'to October 13'
  one style ours 'return { styles = { ours = { base = "guardain" } } }'
  run_mine --style ours
  exits 4
  complains "did you mean 'guardian'?"
  one style ours 'return { styles = { ours = { spel_max = 1 } } }'
  run_mine --style ours
  complains "did you mean 'spell_max'?"
  one style ours 'return { styles = { ours = { spell_max = "nine" } } }'
  run_mine --style ours
  complains 'expected: a whole number from 0 to 999'
}

it_gives_scripts_phrases_and_functions() {
  homes
  manifest mine '{ "kind": "phrase", "name": "all_told", "summary": "x" },
    { "kind": "function", "name": "twice", "summary": "x" }'
  cat >mine/main.lua <<'LUA'
local phrase = require "dateline.phrase"
return {
  phrases = { all_told = function(fact) return phrase.count(fact) .. " all told" end },
  functions = { twice = function(fact) return 2 * fact, { list = { fact } } end },
}
LUA
  cat >report.lua <<'LUA'
local c, mine = require "dateline.crossings", require "plugin.mine"
return { title = "x", build = function(doc)
  local people = c.people:on "2024-10-18"
  doc:para { "{people}, {twice}, {again}.", people = mine.all_told(people),
    twice = (mine.twice(people)), again = select(2, mine.twice(people)).list[1] }
end }
LUA
  dateline run report.lua --plugin mine --strict --fragment
  exits 0
  complains_of_nothing
  says '647 people all told, 1,294, 647.'
  dateline run report.lua --plugin mine --to json
  query '.ledger[1].expression' '2 * people.on(2024-10-18)'
  dateline eval 'require("plugin.mine").twise(1)' --plugin mine
  exits 4
  complains "did you mean 'twice'?"
  dateline eval 'require("plugin.nobodys")' --plugin mine
  exits 4
  complains "there is no plugin 'nobodys'"
}

it_looks_a_bulletin_over() {
  one check short-words 'return { checks = { ["short-words"] = function(document)
    local findings = {}
    for word in document.plain:gmatch "%a+" do
      if #word > 9 then findings[#findings + 1] = word .. " is long" end
    end
    return findings
  end } }'
  run_mine --check short-words
  exits 0
  complains 'warning: reports/latest-developments.lua: short-words: individual is long'
  says '647 people'
  run_mine --check short-words --strict
  exits 4
  says_nothing
  misuse "no plugin provides the check 'shortwords'" run latest-developments --check shortwords
}

it_publishes_what_was_written() {
  one publisher tell 'local host = ...
  return { publishers = { tell = function(b)
    print(host.name, b.path, b.format, b.report, b.key, b.text:match "<title>[^<]*" or #b.text > 100)
    print(b.title, b.date, b.style, #b.summary > 10)
  end } }'
  run_mine -o x.html --publish tell
  exits 0
  complains 'mine	x.html	html	latest-developments		<title>Latest developments'
  complains 'Latest developments	2024-10-18	pa	true'
  run_mine --publish tell
  complains 'mine		markdown	latest-developments		true'
  dateline run latest-developments --plugin mine --each date=2024-10-18..2024-10-19 \
    -o '{date}.md' --publish tell
  complains '2024-10-18.md	markdown	latest-developments	2024-10-18'
  complains '2024-10-19.md	markdown	latest-developments	2024-10-19'
  one publisher tell 'return { publishers = { tell = function() error "the wire is down" end } }'
  run_mine -o y.html --publish tell
  exits 4
  complains 'mine/main.lua:1: the wire is down'
  [ -s y.html ] || fail 'what was written is gone'
  misuse "no plugin provides the publisher 'tel'" run latest-developments --plugin mine --publish tel
}

it_imports_files_of_a_kind_of_its_own() {
  homes
  manifest mine '{ "kind": "importer", "name": "bars", "extensions": ["bars"], "summary": "x" }'
  cat >mine/main.lua <<'LUA'
return { importers = { bars = function(file)
  local number, lines = 0, file.text:gmatch "([^\n]*)\n"
  return function()
    local line = lines()
    number = number + 1
    if not line then return nil end
    local row = { line = number }
    if not line:find "|" then
      file.fail("a line without a bar", { line = number, expected = "date|people|boats" })
    end
    for cell in (line .. "|"):gmatch "([^|]*)|" do
      row[#row + 1] = cell
    end
    return row
  end
end } }
LUA
  printf 'date|migrants arrived|boats arrived\n2024-10-18|647|10\n2024-10-19|0|0\n' >a.bars
  dateline import a.bars --plugin mine --db x.db
  exits 0
  dateline eval 'c.people:on "2024-10-18"' --db x.db
  says 647
  printf 'date|migrants arrived|boats arrived\n2024-10-18|many|10\n' >b.bars
  dateline import b.bars --plugin mine --db x.db
  exits 3
  complains "b.bars:2"
  complains "'many' is not a count"
  printf 'date|migrants arrived|boats arrived\n2024-10-18\n' >c.bars
  dateline import c.bars --plugin mine --db x.db
  exits 3
  complains 'c.bars:2: a line without a bar'
  complains 'expected: date|people|boats'
  printf 'return { importers = { bars = function() return function() return { 1.5 } end end } }' \
    >mine/main.lua
  dateline import a.bars --plugin mine --db x.db
  exits 4
  complains 'cell 1 of a row is a number'
}

it_brings_datasets_and_reports() {
  homes
  manifest mine '{ "kind": "dataset", "name": "ports", "summary": "x" },
    { "kind": "report", "name": "port-note", "summary": "x" }'
  echo 'return {}' >mine/main.lua
  (mkdir work && cd work && "$DATELINE" new dataset ports >/dev/null 2>&1)
  mkdir mine/datasets mine/reports
  mv work/ports.lua mine/datasets/
  cat >mine/reports/port-note.lua <<'LUA'
local data = require "dateline.data"
return { title = "Ports", build = function(doc)
  doc:para { "{n} in the ports.", n = data.open("ports").people:on "2024-01-01" }
end }
LUA
  printf 'date,people\n2024-01-01,5\n' >ports.csv
  dateline import ports.csv --dataset ports --plugin mine --db x.db
  exits 0
  dateline run port-note --plugin mine --db x.db
  exits 0
  says 'Five in the ports.'
  dateline reports --plugin mine --db x.db
  exits 0
  says 'mine/reports/port-note.lua'
  dateline reports --plugin mine --db x.db --to json
  query '.[] | select(.plugin == "mine") | .name' port-note
  misuse "did you mean 'latest-developments'?" run latest-development --plugin mine
}

it_holds_a_plugin_to_what_it_declares() {
  one renderer shout 'return {}'
  run_mine --to shout
  exits 4
  complains "declares the renderer 'shout' in its plugin.json, and does not register it"
  one renderer shout 'return { renderers = { shout = print, whisper = print } }'
  run_mine --to shout
  exits 4
  complains "registers the renderer 'whisper', which its plugin.json does not declare"
  complains 'add { "kind": "renderer", "name": "whisper" } to "provides"'
  one renderer shout 'return { renderer = { shout = print } }'
  run_mine --to shout
  complains "did you mean 'renderers'?"
  one renderer shout 'return { renderers = { shout = 5 } }'
  run_mine --to shout
  complains 'expected: a function'
  one renderer shout 'return'
  run_mine --to shout
  complains 'returned no table from main.lua'
  one renderer shout 'return { renderers = { shout = function() return 5 end } }'
  run_mine --to shout
  exits 4
  complains 'gave a number where the renderer'
  says_nothing
}

it_names_the_plugins_own_line() {
  one renderer shout 'return { renderers = {
  shout = function(document)
    return document.titel
  end } }'
  run_mine --to shout
  exits 4
  complains "mine/main.lua:3"
  complains "did you mean 'title'?"
  one renderer shout 'return { renderers = { shout = function( end } }'
  run_mine --to shout
  exits 4
  complains 'mine/main.lua:1'
  one renderer shout 'return { renderers = { shout = function()
    while true do end
  end } }'
  run_mine --to shout --time-limit 200ms
  exits 4
  complains 'mine/main.lua:2: time limit'
}

it_uses_native_renderers_checks_and_functions() {
  homes
  # shellcheck disable=SC2086  # $day is several words
  dateline run $day --to outline --check has-heading
  exits 0
  complains_of_nothing
  says '# LATEST DEVELOPMENTS'
  dateline run latest-developments --date 2024-10-18 -o x.outline
  exits 0
  says_nothing
  grep -qF '# LATEST DEVELOPMENTS' x.outline || fail 'the file is another'
  echo 'return { title = "x", build = function(doc) doc:para "Nothing." end }' >bare.lua
  dateline run bare.lua --check has-heading
  exits 0
  complains 'the bulletin has no heading'
  dateline run bare.lua --check has-heading --strict
  exits 4
}

# imports MESSAGE LUA: an importer whose rows are made by LUA, a function's body, fails so.
imports() {
  homes
  manifest mine '{ "kind": "importer", "name": "x", "extensions": ["x"], "summary": "x" }'
  echo "return { importers = { x = function(file)
    local sent = 0
    return function() sent = sent + 1 if sent > 2 then return nil end $2 end
  end } }" >mine/main.lua
  echo x >a.x
  dateline import a.x --plugin mine --db x.db
  [ "$status" -ne 0 ] || fail 'it was imported'
  complains "$1"
}

it_says_what_is_wrong_with_a_row() {
  imports "did you mean 'line'?" 'return { "date", linie = 3 }'
  imports "a row has no 'date'" 'return { date = "2024-10-18" }'
  imports "a row's line is no whole number" 'return { "date", line = -1 }'
  imports "a row's sheet is a number" 'return { "date", sheet = 3 }'
  imports "cell 2 of a row is a number" 'return { "date", 5.0 }'
  imports '5.0 is no integer' 'return { "date", 5.0 }'
  imports 'gave a string for a row' 'return "date"'
  imports "did you mean 'text'?" 'return { file.txt }'
  imports "the place has no 'lin'" 'file.fail("x", { lin = 3 })'
  imports 'file.fail takes a text' 'file.fail()'
  imports 'a.x:7:2: what is this' 'file.fail("what is this", { line = 7, column = 2 })'
}

it_takes_rows_that_end_in_nothing() {
  homes
  manifest mine '{ "kind": "importer", "name": "x", "extensions": ["x"], "summary": "x" }'
  cat >mine/main.lua <<'LUA'
return { importers = { x = function()
  local rows = { { "date", "migrants arrived", "boats arrived" }, { "2024-10-18", 647, 10 },
    { "2024-10-19", 0, 0 }, { "2024-10-20", nil, 7 }, { "2024-10-21" } }
  local at = 0
  return function() at = at + 1 return rows[at] end
end } }
LUA
  echo x >a.x
  dateline import a.x --plugin mine --db x.db
  exits 3
  complains "a.x:4:2: column 'migrants arrived': an empty cell"
  complains "a.x:5:3: column 'boats arrived': an empty cell"
  sed -i 's/nil, 7/"[x]", 7/; s/{ "2024-10-21" }/{ "2024-10-21", 5, 1, n = 3 }/' mine/main.lua
  dateline import a.x --plugin mine --db x.db
  exits 0
  dateline eval 'c.boats:on "2024-10-20"' --db x.db
  says 7
}

it_blames_the_plugin_whose_native_code_fails() {
  homes
  dateline new plugin bad --native
  # breaks STATEMENT: the renderer does that first
  breaks() {
    sed -i "/^static int write_paragraphs/,/^}/ { /^{/ a $1
      }" bad/bad.c
    make -s -C bad DATELINE_CFLAGS="-I$root/core/include" 2>/dev/null || fail 'it does not build'
    dateline plugin grant ./bad
    exits 0
    dateline run latest-developments --plugin bad --to bad --time-limit 300ms
    exits 4
    says_nothing
    rm bad/bad.so
  }
  breaks '*(volatile int *)node = *(volatile int *)1;'
  complains 'the plugin bad crashed in its renderer bad (signal '
  sed -i 's/^\*(volatile.*/for (volatile int i = 0; i < 1; i = 0) continue;/' bad/bad.c
  breaks ''
  complains 'time limit: the plugin bad ran longer than 300 ms'
}

it_is_tested_by_cases_beside_its_reports() {
  homes
  manifest mine '{ "kind": "check", "name": "no-ports", "summary": "x" },
    { "kind": "publisher", "name": "keep", "summary": "x" },
    { "kind": "importer", "name": "bars", "extensions": ["bars"], "summary": "x" }' '"write-files"'
  cat >mine/main.lua <<'LUA'
local host = ...
return {
  checks = { ["no-ports"] = function(document)
    return document.plain:find "Dover" and { "a port is named" } or nil
  end },
  publishers = { keep = function(b)
    host.write("archive/" .. b.date.iso .. "." .. b.format, b.text)
  end },
  importers = { bars = function(file)
    local lines, number = file.text:gmatch "[^\n]+", 0
    return function()
      local line = lines()
      number = number + 1
      if not line then return nil end
      if not line:find "|" then file.fail("no bar", { line = number }) end
      local row = {}
      for cell in (line .. "|"):gmatch "([^|]*)|" do row[#row + 1] = cell end
      return row
    end
  end },
}
LUA
  mkdir mine/reports
  cat >mine/reports/day.lua <<'LUA'
local c = require "dateline.crossings"
return { title = "Day", params = { date = { type = "date", default = "2024-10-18" } },
  build = function(doc, p)
    doc:para { "{n} reached Dover.", n = c.people:on(p.date) }
  end }
LUA
  printf 'date|people|boats\n2024-10-18|5|1\n' >mine/reports/good.bars
  printf 'date|people|boats\n2024-10-18\n' >mine/reports/bad.bars
  cat >mine/reports/day.test.lua <<'LUA'
local daily = "small-boats-daily"
return {
  { name = "found", checks = { "no-ports" }, expect = { findings = "a port is named" } },
  { name = "kept", publish = "keep", format = "html",
    expect = { did = { "write archive/2024-10-18.html" } } },
  { name = "read", data = { [daily] = "good.bars" }, expect = { contains = "Five reached" } },
  { name = "refused", data = { [daily] = "bad.bars" }, expect = { refuses = "bad.bars:2: no bar" } },
  { name = "not found", checks = { "no-ports" }, expect = { findings = {} } },
  { name = "kept elsewhere", publish = "keep", expect = { did = "write archive/x" } },
  { name = "refused otherwise", data = { [daily] = "bad.bars" }, expect = { refuses = "two bars" } },
}
LUA
  dateline plugin grant ./mine --folder .
  dateline test mine/reports
  exits 1
  says '4 passed, 3 failed'
  says 'findings: no-ports: a port is named'
  says "what the publisher did: none is \"write archive/x\""
  says 'there is: write archive/2024-10-18.text'
  says 'bad.bars:2: no bar'
  [ ! -e archive ] || fail 'a test wrote'
}

run_cases "$@"
