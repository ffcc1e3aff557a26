# tests/cli/modules.sh - modules that reports require: beside them, and in scripts/ beside reports/.
. tests/cli/lib.sh

# report FILE MODULE: a report that says what the module gives.
report() {
  mkdir -p "$(dirname "$1")"
  printf 'local m = require "%s"\nreturn { title = "x", build = function(doc) doc:para(m.say) end }\n' \
    "$2" >"$1"
}

# module FILE TEXT: a module that gives a text.
module() {
  mkdir -p "$(dirname "$1")"
  printf 'return { say = "%s" }\n' "$2" >"$1"
}

it_finds_a_module_in_scripts_beside_reports() {
  report reports/x.lua ports
  module scripts/ports.lua 'From scripts.'
  dateline run x
  exits 0
  says 'From scripts.'
  dateline run "$PWD/reports/x.lua"
  exits 0
  says 'From scripts.'
  (cd reports && dateline run x.lua && exits 0 && says 'From scripts.') || exit 1
  report deep.lua tables.ports
  module scripts/tables/ports.lua 'From deeper.'
  dateline run deep.lua
  exits 0
  says 'From deeper.'
  mkdir other
  mv deep.lua scripts other
  dateline run other/deep.lua
  exits 0
  says 'From deeper.'
}

it_takes_the_module_beside_the_report_before_the_shared_one() {
  report reports/x.lua ports
  module reports/ports.lua 'From beside.'
  module scripts/ports.lua 'From scripts.'
  dateline run x
  exits 0
  says 'From beside.'
}

it_lets_a_shared_module_require_what_stands_beside_the_report() {
  report reports/x.lua shared
  echo 'return require "own"' | install -D /dev/stdin scripts/shared.lua
  module reports/own.lua 'From beside.'
  dateline run x
  exits 0
  says 'From beside.'
}

it_lets_no_module_stand_for_one_of_the_library() {
  report reports/x.lua dateline.date
  module scripts/dateline/date.lua 'Not this.'
  module reports/dateline/date.lua 'Nor this.'
  dateline run x
  exits 4
  complains "reports/x.lua:2"
  ! grep -q 'this\.' out || fail 'the library was replaced'
}

it_says_where_it_looked_for_a_module() {
  report reports/x.lua prots
  dateline run x
  exits 4
  complains "reports/x.lua:1:20: there is no module 'prots'"
  complains 'beside the report and in scripts/ beside reports/'
}

it_names_the_module_that_was_meant() {
  report reports/x.lua prots
  module reports/harbours.lua 'Harbours.'
  module scripts/ports.lua 'Ports.'
  dateline run x
  exits 4
  complains "did you mean 'ports'?"
  report reports/x.lua harbuors
  dateline run x
  complains "did you mean 'harbours'?"
  report reports/x.lua crossings
  dateline run x
  complains "did you mean 'dateline.crossings'?"
}

it_refuses_modules_that_require_each_other() {
  report reports/x.lua a
  mkdir scripts
  echo 'return require "b"' >scripts/a.lua
  echo 'return require "a"' >reports/b.lua
  dateline run x
  exits 4
  complains "reports/b.lua:1"
  complains "the module 'a' requires itself"
}

it_names_the_file_and_line_of_an_error_in_a_shared_module() {
  report reports/x.lua ports
  mkdir scripts
  printf 'local c = require "dateline.crossings"\nreturn { say = c.peple }\n' >scripts/ports.lua
  dateline run x
  exits 4
  complains "scripts/ports.lua:2:18: there is no crossing measure 'peple'"
  complains "did you mean 'people'?"
  printf 'return {\n' >scripts/ports.lua
  dateline run x
  exits 4
  complains 'scripts/ports.lua:'
}

it_keeps_a_shared_module_in_the_sandbox() {
  report reports/x.lua ports
  mkdir scripts
  for try in 'leak = 1' 'os.exit(3)' 'io.open("x")' 'require "../reports/x"' 'require "native.sql"'; do
    echo "$try" >scripts/ports.lua
    dateline run x
    exits 4
    complains 'scripts/ports.lua:1'
  done
}

it_follows_no_link_out_of_scripts() {
  report reports/x.lua ports
  module elsewhere/ports.lua 'From elsewhere.'
  mkdir scripts
  ln -s ../elsewhere/ports.lua scripts/ports.lua
  dateline run x
  exits 4
  complains "the module 'ports' cannot be read"
  rm -r scripts
  ln -s elsewhere scripts
  dateline run x
  exits 4
  complains "there is no module 'ports'"
}

it_gives_each_report_its_own_copy() {
  mkdir -p reports scripts
  echo 'local n = 0
return { next = function() n = n + 1 return ("Counted to %s."):format(({ "one", "two" })[n]) end }' \
    >scripts/counter.lua
  for name in first second; do
    echo 'local counter = require "counter"
return { title = "x", build = function(doc) doc:para(counter.next()) end }' >reports/$name.lua
    echo 'return { { name = "counts", expect = { contains = "Counted to one." } } }' \
      >reports/$name.test.lua
  done
  dateline test
  exits 0
}

run_cases "$@"
