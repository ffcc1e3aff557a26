# tests/cli/import.sh - files into the store: whole or not at all, and what is said about it.
. tests/cli/lib.sh

daily=$root/scripts/datasets/small-boats-daily.csv

# Three days of the daily series, as a window.
few_days() {
  printf 'date,people,boats\n2024-10-16,10,1\n2024-10-17,20,2\n2024-10-18,%s,3\n' "${1:-30}"
}

it_tells_what_a_file_changed() {
  few_days >a.csv
  dateline import a.csv --kind window --db x.db --retrieved 2024-10-19T12:00:00Z
  exits 0
  complains_of_nothing
  says 'small-boats-daily: 3 rows read, '
  says ' 0 revised'
  few_days 31 >b.csv
  dateline import b.csv --kind window --db x.db --retrieved 2024-10-20T12:00:00Z
  exits 0
  says '3 rows read, 0 values new, 1 revised, '
}

it_changes_nothing_when_a_file_comes_twice() {
  dateline import "$daily" --db x.db --retrieved 2026-08-21
  exits 0
  says '3,154 rows read'
  sqlite3 x.db .dump >before
  dateline import "$daily" --db x.db --retrieved 2026-08-22
  exits 0
  says 'small-boats-daily: already imported, nothing changed'
  sqlite3 x.db .dump >after
  same before after
}

it_names_file_row_column_text_and_what_was_expected_of_a_bad_row() {
  few_days >a.csv
  dateline import a.csv --kind window --db x.db
  exits 0
  cp x.db before.db
  few_days 3x0 >bad.csv
  dateline import bad.csv --kind window --db x.db
  exits 3
  says_nothing
  complains 'bad.csv:4'
  complains "'people'"
  complains '3x0'
  complains 'expected: '
  complains 'nothing was imported: 1 problem'
  complains '--keep-good-rows'
  same x.db before.db
}

it_holds_bad_rows_back_when_asked() {
  sed 's/^2024-10-18,647,/2024-10-18,6x7,/' "$daily" >bad.csv
  dateline import bad.csv --db x.db
  exits 3
  dateline import bad.csv --db x.db --keep-good-rows
  exits 0
  says '3,154 rows read'
  says '1 row held back'
  complains 'warning: bad.csv:'
  dateline eval 'c.people:on("2024-10-18")' --db x.db
  exits 1
  dateline eval 'c.people:on("2024-10-17")' --db x.db
  exits 0
}

it_holds_no_more_than_a_few_rows_back() {
  few_days 3x0 >bad.csv
  dateline import bad.csv --kind window --db x.db --keep-good-rows
  exits 3
  complains '1 of 3 rows cannot be read'
  ! grep -q 'hint: --keep-good-rows' err || fail 'it hints at what was asked'
}

it_changes_nothing_in_a_dry_run() {
  few_days >a.csv
  dateline import a.csv --kind window --db x.db --dry-run
  exits 0
  says '3 rows read'
  says 'dry run: nothing was written'
  [ ! -e x.db ] || fail 'x.db was made'
  dateline import a.csv --kind window --db x.db
  cp x.db before.db
  few_days 31 >b.csv
  dateline import b.csv --kind window --db x.db --dry-run
  exits 0
  says '1 revised'
  same x.db before.db
}

it_goes_on_behind_a_file_that_fails() {
  few_days >a.csv
  few_days 3x0 >bad.csv
  few_days 31 >c.csv
  dateline import a.csv bad.csv none.csv c.csv --kind window --db x.db
  exits 3
  says 'a.csv: small-boats-daily: 3 rows read'
  says 'c.csv: small-boats-daily: 3 rows read'
  complains 'none.csv'
  complains '2 of 4 files imported'
  dateline releases --db x.db --to json
  query length 2
}

it_tells_programs_in_json() {
  few_days >a.csv
  few_days 3x0 >bad.csv
  dateline import a.csv bad.csv --kind window --db x.db --to json --diagnostics json
  exits 3
  query '.files | length' 2
  query '.files[0].imported' true
  query '.files[0].rows_read' 3
  query '.files[1].imported' false
  query '.files[1].error.line' 4
  query '.files[1].problems[0].line' 4
  query '.files[1].problems[0].source' 3x0
  jq -es . err >/dev/null || fail 'standard error is not JSON'
}

it_says_what_a_file_is_when_it_is_no_table() {
  echo '<!DOCTYPE html><html></html>' >page.csv
  : >empty.csv
  dateline import page.csv --db x.db
  exits 3
  complains HTML
  dateline import empty.csv --db x.db
  exits 3
  complains empty
  printf 'a,b\n1,2\n' >other.csv
  dateline import other.csv --db x.db
  [ "$status" -ge 2 ] || fail 'it was imported'
  complains other.csv
}

it_leaves_no_database_behind_when_no_file_can_be_read() {
  dateline import none.csv --db x.db
  exits 3
  complains none.csv
  [ ! -e x.db ] || fail 'x.db was made'
}

it_starts_the_default_database_with_the_bundled_figures() {
  few_days 648 >a.csv
  dateline import a.csv --kind window --retrieved 2026-09-01
  exits 0
  complains 'created dateline.db'
  dateline run latest-developments --date 2024-10-18
  exits 0
  says 648
  few_days 649 >b.csv
  dateline import b.csv --kind window --retrieved 2026-09-02
  exits 0
  ! grep -q created err || fail 'it was created twice'
}

it_knows_what_was_known_as_of_a_day() {
  few_days 30 >a.csv
  few_days 31 >b.csv
  dateline import a.csv --kind window --db x.db --retrieved 2024-10-19T12:00:00Z
  dateline import b.csv --kind window --db x.db --retrieved 2024-10-21T12:00:00Z
  dateline eval 'c.people:on("2024-10-18")' --db x.db
  says 31
  dateline eval 'c.people:on("2024-10-18")' --db x.db --as-of 2024-10-20
  says 30
  dateline eval 'c.people:on("2024-10-18")' --db x.db --as-of 2024-10-18
  exits 1
}

it_imports_by_a_manifest_of_ones_own() {
  sed 's/name *= *"small-boats-daily"/name = "own-days"/' \
    "$root/scripts/datasets/small-boats-daily.lua" >own.lua
  few_days >a.csv
  dateline import a.csv --dataset own.lua --kind window --db x.db
  exits 0
  says 'own-days: 3 rows read'
  few_days 31 >b.csv
  dateline import b.csv --dataset own-days --kind window --db x.db
  exits 0
  says 'own-days: 3 rows read, 0 values new, 1 revised'
}

it_takes_the_database_named_by_the_environment() {
  few_days >a.csv
  export DATELINE_DB=env.db
  dateline import a.csv --kind window
  exits 0
  [ -e env.db ] && [ ! -e dateline.db ] || fail 'not the file named'
  dateline releases --to json
  query length 1
  dateline eval 'c.people:on("2024-10-18")'
  says 30
}

run_cases "$@"
