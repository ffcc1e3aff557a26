# tests/cli/new.sh - what `dateline new` writes works at once, and writes over nothing.
. tests/cli/lib.sh

it_makes_a_report_that_runs_and_passes_its_own_tests() {
  dateline new report weekly-note
  exits 0
  says weekly-note.lua
  complains 'dateline run weekly-note.lua'
  dateline run weekly-note.lua --date 2024-10-18 --strict
  exits 0
  complains_of_nothing
  says 'Weekly note'
  says '647 people'
  dateline test weekly-note.lua
  exits 0
}

it_puts_a_report_into_the_reports_folder_where_there_is_one() {
  mkdir reports
  dateline new report mine
  exits 0
  says reports/mine.lua
  dateline run mine
  exits 0
}

it_tells_an_editor_about_the_api() {
  dateline new report mine
  jq -e '."workspace.library" == [".dateline/types"]' .luarc.json >/dev/null || fail 'no library'
  diff -r .dateline/types "$root/scripts/types" >/dev/null || fail 'other types'
  echo old >.dateline/types/dateline.lua
  dateline new report other
  exits 0
  diff -r .dateline/types "$root/scripts/types" >/dev/null || fail 'old types'
}

it_leaves_a_projects_own_editor_settings() {
  echo '{}' >.luarc.json
  dateline new report mine
  exits 0
  [ "$(cat .luarc.json)" = '{}' ] || fail 'the settings were changed'
  [ ! -e .dateline ] || fail 'types were written'
}

it_writes_over_nothing() {
  echo mine >weekly.lua
  misuse "'weekly.lua' is there already" new report weekly
  [ "$(cat weekly.lua)" = mine ] || fail 'the file was changed'
  [ ! -e weekly.test.lua ] || fail 'half of it was written'
  ln -s /dev/null linked.lua
  misuse "'linked.lua' is there already" new report linked
}

it_makes_a_dataset_that_imports() {
  dateline new dataset ports
  exits 0
  printf 'date,people\n2024-01-01,5\n2024-01-02,-\n' >ports.csv
  dateline import ports.csv --dataset ports.lua
  exits 0
  dateline eval 'data.open("ports").people:on("2024-01-01")'
  exits 0
  says 5
}

it_makes_a_plugin_that_passes_its_own_tests() {
  dateline new plugin ours
  exits 0
  says ours/main.lua
  complains 'dateline test ours/reports'
  dateline test ours/reports
  exits 0
  says '2 passed'
  dateline plugin check ./ours
  exits 0
  dateline run latest-developments --date 2024-10-18 --to ours --plugin ours
  exits 0
  says 'f1: 647'
  misuse "'ours/plugin.json' is there already" new plugin ours
  misuse '--native is for plugins' new report mine --native
}

it_makes_a_native_plugin_that_builds_and_passes_its_own_tests() {
  export XDG_CONFIG_HOME=$PWD/config
  (cd "$root" && cmake --install "$DATELINE_BUILD" --prefix "$OLDPWD/installed" >/dev/null)
  dateline new plugin fast --native
  exits 0
  says fast/fast.c
  ! PKG_CONFIG_LIBDIR=$PWD/none make -s -C fast >out 2>err || fail 'it builds without Dateline'
  complains 'pkg-config does not find dateline: PKG_CONFIG_PATH=PREFIX/lib/pkgconfig make'
  [ "$(PKG_CONFIG_PATH=$PWD/installed/lib/pkgconfig pkg-config --cflags dateline | wc -w)" = 1 ] ||
    fail 'other folders than its own are included'
  PKG_CONFIG_PATH=$PWD/installed/lib/pkgconfig make -s -C fast CFLAGS='-O1 -Wall -Wextra -Werror' \
    || fail 'it does not build'
  dateline plugin grant ./fast
  exits 0
  dateline test fast/reports
  exits 0
  says '2 passed'
}

it_says_what_can_be_made_and_how_it_may_be_called() {
  misuse "did you mean 'report'?" new reprot x
  misuse "such as 'weekly-note'" new report 'Weekly Note.lua'
  misuse 'cannot be a name' new report ../x
  misuse 'KIND NAME is missing' new report
}

run_cases "$@"
