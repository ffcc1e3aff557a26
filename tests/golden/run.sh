#!/bin/bash
# tests/golden/run.sh - bulletins byte for byte. A case is a folder beside this file:
#
#   args                 what follows `dateline`, on one line
#   expected/STYLE.EXT   the output in that house style, in the format that has that ending
#   expected/status      the exit status, when it is not 0
#   expected/errors      what is told on standard error, when anything is
#
# and any inputs, which are copied to where the program runs. Each output must come out the same in
# other locales and time zones, without a home, with standard input closed, and from a database that
# holds what is bundled.
set -euo pipefail

usage() {
  cat <<'USAGE'
usage: tests/golden/run.sh [--accept] [CASE...]

Compares the named cases, else all of them, with what is expected; --accept writes what the program
says now as what is expected. For an output in another style or format, make an empty expected file
of that name and accept it. DATELINE is the program (build/release/dateline).
USAGE
}

accept=false
case ${1:-} in
--accept)
  accept=true
  shift
  ;;
--help | -h)
  usage
  exit 0
  ;;
-*)
  usage >&2
  exit 2
  ;;
esac

cd "$(dirname "$0")"
here=$PWD
root=$(cd ../.. && pwd)
program=${DATELINE:-$root/build/release/dateline}
[ -x "$program" ] || { echo "there is no program at $program"; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LC_ALL=C
unset DATELINE_DB

# Imports what is bundled, as it was obtained, into $1.
make_database() {
  local file dataset published retrieved options
  "$program" releases --to json >"$work/releases"
  while IFS=$'\t' read -r file dataset published retrieved; do
    options=(--dataset "$dataset" --retrieved "$retrieved" --db "$1")
    [ "$published" = - ] || options+=(--published "$published")
    "$program" import "$root/scripts/datasets/$file" "${options[@]}" >"$work/import"
  done < <(jq -r '.[] | [.file, .dataset, .published // "-", .retrieved] | @tsv' "$work/releases")
}

# The locales whose letters and numbers differ most from ours, compiled once where their sources are.
locale_folder=${DATELINE_BUILD:-$work}/locales
find_locales() {
  local name made
  mkdir -p "$locale_folder"
  for name in tr_TR de_DE; do
    made=$locale_folder/$name.UTF-8
    if [ ! -d "$made" ] && [ -e "/usr/share/i18n/locales/$name" ]; then
      localedef -i "$name" -f UTF-8 "$work/$name" >"$work/localedef" 2>&1 || true
      mv -T "$work/$name" "$made" 2>"$work/localedef" || [ -d "$made" ]  # another made it meanwhile
    fi
    [ ! -d "$made" ] || echo "$name.UTF-8"
  done
}

# run_in FOLDER COMMAND...: runs it there; what it said is in $work/out and err, its status too.
run_in() {
  local status=0
  (cd "$1" && shift && "$@") >"$work/out" 2>"$work/err" || status=$?
  echo "$status" >"$work/status"
}

closed_input() { "$@" <&-; }

# JSON on several lines, so that a difference is seen.
pieces() { sed 's/,"/,\n"/g'; }

# expect NAME FILE EXPECTED: what is in FILE is what is expected; no EXPECTED, nothing.
expect() {
  local expected=$3
  [ -e "$expected" ] || expected=/dev/null
  cmp -s "$2" "$expected" && return
  echo "  $1 is not what is expected:"
  diff -a <(pieces <"$expected") <(pieces <"$2") | head -n 10 | cut -c 1-300
  return 1
}

check_said() {
  local failed=0
  expect "$1: standard error" "$work/err" expected/errors || failed=1
  [ -e expected/status ] || echo 0 >"$work/zero"
  [ "$(cat "$work/status")" = "$(cat expected/status "$work/zero" 2>/dev/null | head -n 1)" ] || {
    echo "  $1: exit status $(cat "$work/status")"
    failed=1
  }
  return $failed
}

# Runs one output of the case in every setting.
check_output() {
  local output=$1 failed=0 setting
  shift
  declare -A settings=(
    [here]="env"
    [TZ]="env TZ=Asia/Kathmandu"
    [HOME]="env -u HOME"
    [input]="closed_input"
    [database]="env DATELINE_DB=$work/figures.db"
  )
  for setting in $locales; do
    settings[$setting]="env LOCPATH=$locale_folder LC_ALL=$setting"
  done
  for setting in "${!settings[@]}"; do
    # shellcheck disable=SC2086  # a setting is several words
    run_in "$work/case" ${settings[$setting]} "$program" "$@"
    expect "$output ($setting)" "$work/out" "expected/$output" || failed=1
    check_said "$output ($setting)" || failed=1
  done
  return $failed
}

accept_output() {
  local output=$1
  shift
  run_in "$work/case" "$program" "$@"
  cp "$work/out" "expected/$output"
  rm -f expected/errors expected/status
  [ ! -s "$work/err" ] || cp "$work/err" expected/errors
  [ "$(cat "$work/status")" = 0 ] || cp "$work/status" expected/status
}

format_of() {
  case $1 in
  *.md) echo markdown ;;
  *.html) echo html ;;
  *.txt) echo text ;;
  *.json) echo json ;;
  *) echo "expected/$1 has the ending of no format" >&2; return 1 ;;
  esac
}

# check_case CASE: in its folder.
check_case() {
  local output format failed=0 arguments
  read -ra arguments <args
  rm -rf "$work/case"
  cp -r . "$work/case"
  rm -rf "$work/case/expected"
  for output in expected/*.*; do
    output=${output#expected/}
    format=$(format_of "$output")
    if $accept; then
      accept_output "$output" "${arguments[@]}" --style "${output%.*}" --to "$format"
    else
      check_output "$output" "${arguments[@]}" --style "${output%.*}" --to "$format" || failed=1
    fi
  done
  return $failed
}

if [ $# -eq 0 ]; then
  mapfile -t cases < <(dirname -- */args)
  set -- "${cases[@]}"
fi
locales=$(find_locales)
$accept || make_database "$work/figures.db"

failed=0
for name in "$@"; do
  cd "$here/$name"
  if check_case; then
    echo "ok      $name"
  else
    echo "failed  $name (tests/golden/run.sh --accept $name, if that is as it should be)"
    failed=$((failed + 1))
  fi
done
echo "$(($# - failed)) passed, $failed failed"
[ "$failed" -eq 0 ]
