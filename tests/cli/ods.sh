# tests/cli/ods.sh - a publisher's own spreadsheet, where one is at hand: both its tables, in one go.
. "$(dirname "$0")/lib.sh"

sample=${DATELINE_SAMPLES:-$root/../shared/samples}/ho_timeseries_pub2026-08-21.ods
if [ ! -e "$sample" ]; then
  echo "skipped: no spreadsheet at hand"
  exit 77
fi

it_imports_each_table_that_a_dataset_knows() {
  dateline import "$sample" --db figures.db --retrieved 2026-08-21
  exits 0
  says 'small-boats-daily (SB_01): 3,154 rows read'
  says 'small-boats-weekly (SB_02): 450 rows read'
  dateline sql 'select sum(people) as n from small_boats_daily where date < "2025-01-01"' \
    --to json --db figures.db
  dateline eval 'c.people:year(2024)' --db figures.db
  says '36,816'
  dateline eval 'c.uncontrolled:on("2022-10-18")' --db figures.db
  exits 1
  complains 'not collected'
}

it_knows_the_file_again() {
  dateline import "$sample" --db figures.db --retrieved 2026-08-21
  dateline import "$sample" --db figures.db --retrieved 2026-08-22
  exits 0
  says 'already imported'
}

it_refuses_a_damaged_one_and_stores_nothing() {
  head -c 30000 "$sample" >cut.ods
  dateline import cut.ods --db figures.db
  exits 3
  complains 'cut.ods'
  dateline releases --db figures.db
  says_nothing
}

run_cases "$@"
