# tests/cli/params.sh - a report's parameters: typed, defaulted, described, refused with a hint.
. tests/cli/lib.sh

# A report that says what its parameters are, one a line.
given() {
  cat >all.lua <<'LUA'
local c = require "dateline.crossings"
return {
  title = "All",
  help = "One parameter of each type.",
  params = {
    day = { type = "date", default = "latest", of = c.departures, help = "the day" },
    from = { type = "date", default = "2024-01-01" },
    days = { type = "integer", default = 7, help = "how many" },
    share = { type = "number", default = 0.5 },
    which = { type = "choice", choices = { "people", "boats" }, default = "people" },
    maps = { type = "boolean", default = false },
    note = { type = "text" },
    of = { type = "dataset", default = "departures" },
    desk = { help = "the newsroom's desk", required = true },
  },
  build = function(doc, p)
    print(p.day.iso, p.from.iso, p.days + 1, p.share * 2, p.which, p.maps, p.note, p.of, p.desk)
    doc:para "Said."
  end,
}
LUA
}

prints() { printf "$1\n" >expected && same err expected; }

it_gives_build_what_was_given_and_else_the_defaults() {
  given
  dateline run all.lua --desk home
  exits 0
  prints '2024-10-19\t2024-01-01\t8\t1.0\tpeople\tfalse\tnil\tdepartures\thome'
  dateline run all.lua --desk home --day 2024-10-18 --from latest --days -3 --share 2 \
    --which boats --maps yes --note 'two words' --of events
  exits 0
  prints '2024-10-18\t2026-08-20\t-2\t4\tboats\ttrue\ttwo words\tevents\thome'
}

it_describes_each_as_text_and_as_json() {
  given
  dateline run all.lua --help
  exits 0
  cat >expected <<'TEXT'
All
One parameter of each type.

usage: dateline run all [--PARAM VALUE ...]

parameters:
  --day DATE                the day (default: latest)
  --days INTEGER            how many (default: 7)
  --desk TEXT               the newsroom's desk (required)
  --from DATE               (default: 2024-01-01)
  --maps BOOLEAN            (default: false)
  --note TEXT
  --of DATASET              (default: departures)
  --share NUMBER            (default: 0.5)
  --which people|boats      (default: people)
TEXT
  same out expected
  dateline run all.lua --help --to json
  exits 0
  query '[.parameters[].name] | join(" ")' 'day days desk from maps note of share which'
  query '[.parameters[].type] | join(" ")' \
    'date integer text date boolean text dataset number choice'
  query '.parameters[1].default' 7
  query '.parameters[2].required' true
  query '.parameters[8].choices | join(" ")' 'people boats'
}

# refuses OPTION VALUE MESSAGE [HINT]
refuses() {
  misuse "--$1: '$2' is not $3" run all.lua --desk home --"$1" "$2"
  complains '  expected: '
  [ $# -lt 4 ] || complains "  hint: $4"
}

it_refuses_a_value_of_another_type_with_what_was_expected() {
  given
  refuses day 18/10/2024 'a date' "did you mean '2024-10-18'?"
  refuses day 20241018 'a date' "did you mean '2024-10-18'?"
  refuses day 2023-02-29 'a date' 'that month has 28 days'
  refuses day yesterday 'a date'
  refuses from 2024-13-01 'a date'
  refuses days 3.5 'a whole number'
  refuses days 0x10 'a whole number'
  refuses days 99999999999999999999 'a whole number'
  refuses share 1,5 'a number' "did you mean '1.5'?"
  refuses share 1e3 'a number'
  refuses which boat 'one of the choices' "did you mean 'boats'?"
  complains 'expected: one of people, boats'
  refuses maps perhaps 'yes or no'
  refuses of departure 'a dataset' "did you mean 'departures'?"
  complains 'expected: one of channel-deaths, departures,'
}

it_refuses_a_name_that_is_not_declared() {
  given
  misuse "this report has no parameter 'dayss'" run all.lua --desk home --dayss 3
  complains "did you mean '--days'?"
  misuse 'this report needs --desk' run all.lua
  complains "expected: the newsroom's desk"
  echo 'return { title = "x", build = function(doc) doc:para "Said." end }' >none.lua
  misuse "this report has no parameter 'day'" run none.lua --day 2024-10-18
  complains 'expected: no parameters'
}

it_tells_of_a_parameter_that_build_misspells() {
  printf 'return { title = "x", params = { days = { type = "integer" } },\n%s\n' \
    '  build = function(doc, p) print(p.days) print(p.dyas) end }' >misspelt.lua
  dateline run misspelt.lua
  exits 4
  complains "misspelt.lua:2:50: the report declares no parameter 'dyas'"
  complains "did you mean 'days'?"
  echo 'return { title = "x", build = function(doc, p) print(p.x) end }' >none.lua
  dateline run none.lua
  complains "none.lua:1:56: the report declares no parameter 'x'"
  complains 'expected: params = { ... } in the report'
}

# declares DECLARATION PLACE MESSAGE [HINT]: refused where it stands, also by --help.
declares() {
  printf 'return { title = "x", params = {\n  %s\n}, build = function() end }\n' "$1" >wrong.lua
  dateline run wrong.lua
  exits 4
  complains "wrong.lua:$2: parameter $3"
  [ $# -lt 4 ] || complains "$4"
  cp err first
  dateline run wrong.lua --help
  exits 4
  same err first
}

it_refuses_a_declaration_where_it_stands() {
  declares 'x = { type = "interger" }' 2:17 "'x': there is no type 'interger'" \
    "did you mean 'integer'?"
  declares 'x = { defualt = 3 }' 2:9 "'x': a declaration has no part 'defualt'" \
    "did you mean 'default'?"
  declares 'x = "integer"' 2:3 "'x': is declared by a table"
  declares 'x = { type = "choice" }' 2:3 "'x': a choice needs choices"
  declares 'x = { type = "choice", choices = { 1 } }' 2:3 "'x': the choice 1 is no text"
  declares 'x = { type = "date", of = "people" }' 2:24 "'x': its 'of' is no measure"
  declares 'x = { required = "yes" }' 2:9 "'x': its 'required' is neither true nor false"
  declares '{ type = "date" }' 1:1 "'1': it has no name"
  declares 'Day = { type = "date" }' 2:3 "'Day': a name is of lower-case letters"
}

it_refuses_a_default_that_could_not_be_given() {
  declares 'x = { type = "date", default = "31/12/2024" }' 2:35 \
    "'x': its default '31/12/2024' is not a date" "did you mean '2024-12-31'?"
  declares 'x = { type = "date", default = 2024 }' 2:3 "'x': its default 2024 is not a date"
  declares 'x = { type = "integer", default = "many" }' 2:38 \
    "'x': its default 'many' is not a whole number"
  declares 'x = { type = "integer", default = 3.5 }' 2:3 \
    "'x': its default 3.5 is not a whole number"
  declares 'x = { type = "integer", default = true }' 2:3 "'x': its default true is not a whole"
  declares 'x = { type = "choice", choices = { "arrivals" }, default = "arrival" }' 2:63 \
    "'x': its default 'arrival' is not one of the choices" "did you mean 'arrivals'?"
  declares 'x = { type = "boolean", default = "maybe" }' 2:38 \
    "'x': its default 'maybe' is not yes or no"
  declares 'x = { default = 3 }' 2:3 \
    "'x': its default 3 is not a text" 'write it in quotation marks: "3"'
  declares 'x = { type = "dataset", default = "departure" }' 2:38 \
    "'x': its default 'departure' is not a dataset" "did you mean 'departures'?"
}

it_takes_the_last_day_of_the_latest_week() {
  cat >weekly.lua <<'LUA'
local c, phrase = require "dateline.crossings", require "dateline.phrase"
return {
  title = "Week",
  params = { week = { type = "date", default = "latest", of = c.weekly.prevented } },
  build = function(doc, p)
    doc:para { "{n} by {day}.", n = c.weekly.prevented:week_ending(p.week), day = phrase.date(p.week) }
  end,
}
LUA
  dateline eval 'c.weekly.prevented:latest().date == date "2026-08-16"'
  says true
  dateline run weekly.lua --fragment
  exits 0
  says 'by August 16, 2026.'
}

run_cases "$@"
