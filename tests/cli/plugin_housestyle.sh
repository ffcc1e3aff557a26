# tests/cli/plugin_housestyle.sh - the house style to copy from: its style, its phrase, its check.
. tests/cli/lib.sh

it_writes_in_its_style() {
  dateline run latest-developments --date 2024-10-18 --style example --strict
  exits 0
  complains_of_nothing
  says 'Altogether, 647 people made the crossing in ten boats'
  says 'almost 8 percent higher'
  says 'In the week to 13 Oct, 613 people'
  dateline run latest-developments --date 2024-10-17 --style example
  says 'Forty-eight people crossed the Channel in one small boat'
  echo 'return { title = "Figures", build = function(doc)
    local c, phrase = require "dateline.crossings", require "dateline.phrase"
    doc:heading { "{n} on Friday", n = phrase.count(c.people:on "2024-10-18") } end }' >figures.lua
  dateline run figures.lua --style example
  says '# 647 people on Friday'
}

it_shows_every_field_that_a_style_has() {
  local field
  grep -E '^---@field' "$root/scripts/types/plugin.lua" | grep -A 100 'base?' |
    sed -E 's/.*@field ([a-z_]+)\?.*/\1/' >fields
  [ "$(wc -l <fields)" -ge 10 ] || fail 'the stub lists no fields'
  while read -r field; do
    grep -qE "^  $field = " "$root/scripts/plugins/housestyle-example/main.lua" ||
      fail "the example lacks $field"
  done <fields
}

# house DATE: a report with its phrase, and words that it does not use.
house() {
  cat >house.lua <<'LUA'
local c, phrase = require "dateline.crossings", require "dateline.phrase"
local house = require "plugin.housestyle-example"
return {
  title = "House", params = { date = { type = "date" } },
  build = function(doc, p)
    doc:heading "Swarms at sea"
    doc:para { "{arrivals} on {day}.", day = phrase.weekday(p.date),
      arrivals = house.arrivals(c.people:on(p.date), c.boats:on(p.date)) }
    doc:para "Nothing here. It says *illegals*, and **migrants flood** in! Nothing more."
    doc:table { caption = "A flood of people", columns = { "Day" }, rows = { { "The invasion." } } }
    doc:para "Illegality, influxes and a flood in Kent are other words."
  end,
}
LUA
  dateline run house.lua --date "$1" --style example --check example-words "${@:2}"
}

it_has_a_phrase_that_keeps_its_figures() {
  house 2024-10-18
  says 'Altogether, 647 people in ten boats on Friday.'
  house 2024-10-17
  says 'Forty-eight people in one boat on Thursday.'
  house 2024-10-16
  says 'No people on Wednesday.'
  house 2024-10-18 --to json
  query '[.ledger[] | .expression] | join(" ")' 'people.on(2024-10-18) boats.on(2024-10-18)'
  house 2026-08-21
  exits 4
  complains 'not yet published'
}

it_finds_words_that_it_does_not_use() {
  house 2024-10-18
  exits 0
  complains "heading: 'Swarms' in \"Swarms at sea\"; say how many people"
  complains "paragraph: 'illegals' in \"It says illegals, and migrants flood in!\"; a person is not"
  complains "paragraph: 'migrants flood' in \"It says illegals, and migrants flood in!\"; say how"
  complains "caption: 'flood of people' in \"A flood of people\""
  complains "cell: 'invasion' in \"The invasion.\""
  [ "$(grep -c 'example-words: ' err)" -eq 5 ] || fail 'other findings than these'
  house 2024-10-18 --strict
  exits 4
  complains "'Swarms'"
  dateline run latest-developments --each date=2024-01-01..2024-12-31 --check example-words --strict
  exits 0
  complains_of_nothing
}

it_refuses_ordinals_that_have_no_words() {
  mkdir -p plugins
  cp -r "$root/scripts/plugins/housestyle-example" plugins/mine
  sed -i 's/"housestyle-example"/"mine"/; s/"example"/"mine"/' plugins/mine/plugin.json
  sed -i 's/styles = { example =/styles = { mine =/; s/ordinal_max = 10/ordinal_max = 13/' \
    plugins/mine/main.lua
  dateline run latest-developments --date 2024-01-01 --style mine
  exits 4
  complains "the house style 'mine' has a wrong 'ordinal_max'"
  complains 'expected: a whole number from 0 to 12'
  sed -i 's/ordinal_max = 13/ordinal_max = 12/' plugins/mine/main.lua
  dateline run latest-developments --date 2024-01-01 --style mine
  exits 0
}

run_cases "$@"
