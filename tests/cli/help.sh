# tests/cli/help.sh - help is on everything, short, on standard output.
. tests/cli/lib.sh

commands='run import eval sql reports datasets releases doctor new plugins plugin'

it_lists_the_commands_when_alone() {
  dateline
  exits 0
  complains_of_nothing
  for command in $commands; do says "  $command "; done
  cp out alone
  dateline --help
  same out alone
  dateline -h
  same out alone
  dateline help
  same out alone
  dateline help help
  same out alone
  dateline help --help
  same out alone
}

it_helps_with_every_command() {
  for command in $commands; do
    dateline "$command" --help
    exits 0
    complains_of_nothing
    says "usage: dateline $command "
    says 'example:'
    says '--diagnostics text|json'
    cp out long
    dateline "$command" -h
    same out long
    dateline help "$command"
    same out long
  done
}

it_keeps_help_within_a_screen() {
  for command in $commands; do
    dateline "$command" --help
    exits 0
    [ "$(wc -l <out)" -le 40 ] || fail "$command: over 40 lines"
    [ "$(wc -L <out)" -le 92 ] || fail "$command: a line is over 92 columns"
  done
}

it_gives_an_example_that_works_for_each_command() {
  cp "$root/scripts/datasets/small-boats-daily.csv" .
  for command in $commands; do
    dateline "$command" --help
    example=$(sed -n '/^example:/{n;s/^ *dateline //p}' out)
    [ -n "$example" ] || fail "$command: no example"
    eval "dateline $example"
    [ "$command" = doctor ] || exits 0
    [ "$status" -le 1 ] || fail "dateline $example: exit status $status"
  done
}

it_helps_even_when_the_rest_is_wrong() {
  dateline run --help --no-such-thing
  exits 0
  says 'usage: dateline run'
  dateline import --help
  exits 0
}

it_describes_a_report() {
  dateline run latest-developments --help
  exits 0
  says 'date'
  says 'the day the bulletin is about'
  dateline run latest-developments --help --to json
  exits 0
  query '.name' latest-developments
  query '.parameters[0].name' date
}

it_tells_its_version() {
  dateline --version
  exits 0
  grep -qE '^dateline [0-9]+\.[0-9]+\.[0-9]+$' out || fail 'no version'
  complains_of_nothing
}

run_cases "$@"
