# tests/cli/lists.sh - reports, datasets, releases and doctor, for people and for programs.
. tests/cli/lib.sh

it_lists_the_reports() {
  dateline reports
  exits 0
  complains_of_nothing
  says 'latest-developments'
  says 'Latest developments'
  dateline reports --to json
  exits 0
  query '.[] | select(.name == "latest-developments") | .parameters[0].name' date
  query '.[] | select(.name == "latest-developments") | .bundled' true
}

it_lists_reports_of_ones_own_and_warns_of_broken_ones() {
  mkdir reports
  echo 'return { title = "Mine", build = function() end }' >reports/mine.lua
  echo 'return {' >reports/broken.lua
  echo 'return {}' >reports/mine.test.lua
  dateline reports
  exits 0
  says 'reports/mine.lua'
  complains 'warning: reports/broken.lua:'
  ! grep -q 'mine.test' out || fail 'a test is listed'
  dateline reports --to json
  query '.[] | select(.name == "mine") | .title' Mine
  query '.[] | select(.name == "mine") | .bundled' false
}

it_lists_the_datasets() {
  dateline datasets
  exits 0
  complains_of_nothing
  says small-boats-weekly
  dateline datasets --to json
  query '.[] | select(.name == "small-boats-daily") | .to' 2026-08-20
  query '.[] | select(.name == "small-boats-daily") | .measures[0]' people
  query '.[] | select(.name == "small-boats-daily") | .publisher' 'Home Office'
  query '.[] | select(.name == "small-boats-weekly") | .to' 2026-08-16
  query '.[] | select(.name == "channel-deaths") | .grain' as_at
}

it_lists_the_releases_after_two_imports() {
  printf 'date,people,boats\n2024-10-16,10,1\n' >a.csv
  printf 'date,people,boats\n2024-10-16,11,1\n2024-10-17,5,1\n' >b.csv
  dateline import a.csv --kind window --db x.db --retrieved 2024-10-17 --published 2024-10-16
  dateline import b.csv --kind window --db x.db --retrieved 2024-10-18
  dateline releases --db x.db
  exits 0
  says a.csv
  says b.csv
  dateline releases small-boats-daily --db x.db --to json
  query length 2
  query '.[0].published' 2024-10-16
  query '.[1].published' null
  query '.[1].values_revised' 1
  query '.[1].retrieved' 2024-10-18T00:00:00Z
  query '.[1].sha256' "$(sha256sum <b.csv | cut -d ' ' -f 1)"
  dateline releases --db x.db --as-of 2024-10-17 --to json
  query length 1
}

it_prints_nothing_for_an_empty_list() {
  dateline releases --as-of 2001-01-01
  exits 0
  says_nothing
  dateline releases --as-of 2001-01-01 --to json
  query length 0
}

it_finds_all_well_or_names_what_is_not() {
  dateline doctor
  [ "$status" -le 1 ] || fail "exit status $status"
  says 'the bundled figures'
  says 'SQLite 3.'
  says 'Lua 5.4'
  if grep -q '^wrong' out; then exits 1; else exits 0; fi
  says 'scripts run, in a process of their own'
  dateline doctor --to json
  jq -e '.[] | select(.check == "worker") | .state == "ok"' out >/dev/null || fail 'no worker'
}

it_finds_a_damaged_store() {
  printf 'date,people,boats\n2024-10-16,10,1\n' >a.csv
  dateline import a.csv --kind window --db x.db
  sqlite3 x.db 'PRAGMA writable_schema = 1; DELETE FROM release' 2>/dev/null ||
    sqlite3 x.db 'PRAGMA foreign_keys = 0; DELETE FROM release'
  dateline doctor --db x.db
  exits 1
  grep -q '^wrong *store' out || fail 'the store is said to be well'
}

it_says_what_is_no_store() {
  echo 'not a database at all' >x.db
  dateline releases --db x.db
  exits 3
  complains x.db
  dateline releases --db none.db
  exits 3
  complains none.db
  [ ! -e none.db ] || fail 'none.db was made'
  dateline doctor --db none.db
  exits 1
}

run_cases "$@"
