# tests/cli/every_day.sh - the bulletin of every day there is, in every style and format, never says
# what no reader should meet.
. "$(dirname "$0")/lib.sh"

every="date=2018-01-01..2026-08-20"
styles="percent_word pa govuk guardian"

# never PATTERN WHAT FILE: no line of FILE matches the extended regular expression.
never() {
  local found
  found=$(grep -nEm3 -- "$1" "$3") || return 0
  fail "$2: $found"
}

# The bulletins as Markdown, checked line by line. Lint findings are errors under --strict.
read_markdown() {
  never '(^|[^0-9,.])1 (people|boats|deaths|days)\b' 'a plural of one' "$1"
  never '(^|[^-a-z])(one (people|boats|deaths|days)|(no|two) (person|boat|death|day))\b' 'a wrong number of a noun' "$1"
  never '(^|[^0-9,.])0(%| per cent)' 'no change told as a percentage' "$1"
  never '\b(nil|nan|inf|NaN|Inf|userdata|table:)\b' 'a value that is none' "$1"
  never '(^|[^v0-9.])[0-9,]+\.0([^0-9]|$)' 'a float' "$1"  # but "Licence v3.0"
  never '[^ ]  +[^ ]' 'a double space' "$1"
  never '(, ?[,.;]|\( ?\)|^- ?[,.;]| [,.;:]( |$)|\.\.)' 'an empty clause' "$1"
  never '[{}]' 'a brace of a template' "$1"
  never '^(- |> )?[A-Z][^|]*[^.:!?>)*|]$' 'a sentence without its full stop' "$1.prose"
  never '\b([A-Za-z]+) \1\b' 'a word twice' "$1"
  if [ "$2" != govuk ]; then
    never '^(- |> )?[0-9]' 'a sentence that starts with a figure' "$1"
    never '\. [0-9]' 'a sentence that starts with a figure' "$1"
  fi
}

it_reads_well_on_every_day_in_every_style() {
  local style
  for style in $styles; do
    dateline run latest-developments --each "$every" --style "$style" --strict
    exits 0
    grep -v '^#' out >out.prose
    [ "$(grep -c '^# LATEST DEVELOPMENTS' out)" -eq 3154 ] || fail "$style: not 3,154 bulletins"
    read_markdown out "$style"
  done
}

# The text of HTML, with what stands between tags.
it_says_the_same_in_html_on_every_day() {
  dateline run latest-developments --each "$every" --style percent_word --to html --fragment --strict
  exits 0
  sed -E 's/<[^>]*>//g; s/^[[:space:]]+//; s/&amp;/\&/g' out >plain
  cp plain plain.prose
  never '(^|[^0-9,.])1 (people|boats|deaths|days)\b' 'a plural of one' plain
  never '(^|[^0-9,.])0(%| per cent)' 'no change told as a percentage' plain
  never '\b(nil|nan|inf|userdata)\b' 'a value that is none' plain
  never '[^ ]  +[^ ]' 'a double space' plain
  never '(, ?[,.;]|\( ?\)| [,.;:]( |$)|\.\.)' 'an empty clause' plain
  never '^[0-9]' 'a sentence that starts with a figure' plain
  never '<data[^>]*></data>' 'a figure that shows nothing' out
  never 'value="(nan|inf|-?[0-9]+\.0+)"' 'a float' out
}

it_gives_one_bulletin_the_same_bytes_as_many() {
  dateline run latest-developments --each date=2024-10-17..2024-10-19 -o '{date}.md'
  exits 0
  local day
  for day in 17 18 19; do
    dateline run latest-developments --date "2024-10-$day"
    same out "2024-10-$day.md"
  done
}

run_cases "$@"
