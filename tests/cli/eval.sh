# tests/cli/eval.sh - one expression, one SELECT.
. tests/cli/lib.sh

it_evaluates_an_expression() {
  dateline eval 'c.people:on("2024-10-18")'
  exits 0
  complains_of_nothing
  says 647
  dateline eval 'c.people:year_to_date("2024-10-18")' --to json
  exits 0
  query .kind fact
  query .value 28204
  query .exact 28204
  query .unit person
  query .text 28,204
}

it_says_no_when_the_data_cannot_say() {
  dateline eval 'c.people:on("2099-01-01")'
  exits 1
  says_nothing
  [ -s err ] || fail 'no reason is given'
  dateline eval 'c.people:on("2099-01-01")' --to json
  exits 1
  query .kind none
  complains_of_nothing
}

it_names_the_place_of_a_wrong_expression() {
  dateline eval 'c.people:on('
  exits 4
  says_nothing
  dateline eval 'c.people:year_to_dat("2024-10-18")'
  exits 4
  complains year_to_date
}

it_selects_rows() {
  query="SELECT date, people FROM small_boats_daily WHERE people > 1200 ORDER BY date"
  dateline sql "$query"
  exits 0
  complains_of_nothing
  says 2022-09-03
  says 1305
  dateline sql "$query" --to csv
  exits 0
  head -1 out | grep -q '^date,people' || fail 'no header'
  dateline sql "$query" --to json
  query 'map(select(.date == "2022-09-03"))[0].people' 1305
}

it_refuses_to_write_by_sql() {
  for statement in 'DELETE FROM observation' "ATTACH 'x.db' AS x" 'PRAGMA user_version = 1' \
    'SELECT 1; SELECT 2' ''; do
    dateline sql "$statement"
    [ "$status" -eq 4 ] || [ "$status" -eq 2 ] || fail "$statement: exit status $status"
    says_nothing
  done
  [ ! -e x.db ] || fail 'x.db was made'
}

it_names_the_place_in_the_sql() {
  dateline sql 'SELECT peopel FROM small_boats_daily'
  exits 4
  complains peopel
  complains people
}

run_cases "$@"
