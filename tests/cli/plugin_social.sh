# tests/cli/plugin_social.sh - the plugin social: posts of whole sentences, on every day.
. tests/cli/lib.sh

every="date=2018-01-01..2026-08-20"

# hold DAYS FORMAT LIMIT STYLE: every post of those days against its bulletin.
hold() {
  dateline run latest-developments --each "$1" --style "$4" --to json
  exits 0
  mv out bulletins
  dateline run latest-developments --each "$1" --style "$4" --to "$2" --fragment
  exits 0
  complains_of_nothing
  mv out posts
  python3 -B "$root/tests/cli/plugin_social.py" bulletins posts "$3" >out 2>err || fail "$2 in $4"
}

it_is_true_short_and_whole_on_every_day() {
  hold "$every" social 280 pa
  says '3154 posts'
}

it_is_so_in_every_style_and_length() {
  local style
  for style in percent_word govuk guardian ap ons; do
    hold date=2022-06-01..2022-12-31 social 280 "$style"
    says '214 posts'
  done
  hold date=2023-11-01..2024-11-30 social-long 500 pa
  says '396 posts'
  hold date=2023-11-01..2024-11-30 social-long 500 ap
}

# post DATE [ARGUMENT...]
post() {
  local date=$1
  shift
  dateline run latest-developments --to social --date "$date" "$@"
}

it_says_the_exact_figure_behind_the_first_sentence() {
  post 2024-10-18
  exits 0
  complains_of_nothing
  cat >expected <<'TEXT'
More than 600 people crossed the Channel in small boats on Friday. Some 647 people made the crossing in 10 boats, pushing the total for the year above 28,000. There was an average of 65 people per boat.
Source: Home Office, provisional
TEXT
  same expected out
  post 2024-10-18 --fragment
  same expected out
}

it_reads_well_on_days_that_are_not_like_others() {
  post 2022-09-03
  says 'Some 1,305 people made the crossing in 27 boats, the highest number on a single day since records began in 2018'
  post 2024-01-01
  says 'No people crossed the Channel in small boats on Monday. It was the 16th day in a row without any.'
  post 2024-10-17 --style guardian
  says 'Forty-eight people crossed the Channel in one small boat on Thursday.'
  post 2024-02-29
  says 'No people crossed the Channel in small boats on Thursday.'
  # Compared with 28 February, which the bulletin says in a note: there is no room for that here.
  if grep -q 'same point' out; then fail 'a comparison without its note'; fi
}

it_names_every_source_it_uses() {
  dateline run latest-developments --to social-long --date 2024-10-17
  says 'reported by French coastguards'
  says 'Sources: Home Office, provisional; press of '
}

it_refuses_what_the_bulletin_refuses() {
  post 2026-08-21
  exits 1
  says_nothing
  complains 'not yet published'
}

# report TEMPLATE...: a report of these paragraphs; {n} is the day's count, {about} the same rounded,
# {when} a date.
report() {
  {
    echo 'local c, phrase = require "dateline.crossings", require "dateline.phrase"'
    echo 'local n, when = c.people:on "2024-10-18", phrase.date("2023-10-18", { year = true })'
    echo 'local values = { n = n, when = when, about = phrase.approx(n) }'
    echo 'return { title = "Try", build = function(doc) doc:heading "Try"'
    for template in "$@"; do
      echo "do local what = { [==[$template]==] }"
      echo 'for name in what[1]:gmatch "{(%a+)}" do what[name] = values[name] end doc:para(what) end'
    done
    echo 'end }'
  } >report.lua
  dateline run report.lua --to "${format:-social}" --style "${style:-pa}"
}

it_never_cuts_a_sentence() {
  local style=ap
  report 'On {when}, Dr. Smith of St. Ives met {n} people at 3 p.m. in No. 10. "It is so." They left.' \
    'This has no end'
  exits 0
  says 'On Oct. 18, 2023, Dr. Smith of St. Ives met 647 people at 3 p.m. in No. 10. "It is so." They left.'
  if grep -q 'no end' out; then fail 'half a sentence'; fi
  local rest
  rest=$(printf 'Word %.0s' {1..50})end
  for start in 'met Dr.' 'came by 3 p.m.' 'came to No.' 'came in Oct.' 'said "Is it so?" and' 'met J.'; do
    report "In all, {n} people $start $rest."
    exits 1
    complains 'as X counts them'
  done
  report "It was on {when} $rest that {n} people came."
  exits 1
}

it_never_cuts_a_date() {
  mkdir -p plugins/calendar
  echo '{ "manifest": 1, "name": "calendar", "version": "1.0.0", "summary": "Months", "license": "MIT",
    "api": 1, "main": "main.lua", "provides": [{ "kind": "style", "name": "calendar", "summary": "Numbered" }] }' \
    >plugins/calendar/plugin.json
  cat >plugins/calendar/main.lua <<'LUA'
local months = {}
for i = 1, 12 do months[i] = "Month" .. i .. "." end
return { styles = { calendar = { day_months = months } } }
LUA
  local style=calendar rest
  report 'On {when}, {n} people came.'
  says 'On Month10. 18, 2023, 647 people came.'
  rest=$(printf 'word %.0s' {1..50})end
  report "In all, {n} people came on {when} $rest."
  exits 1
  complains 'as X counts them'
}

it_has_the_exact_figure_before_all_else() {
  local rest
  rest=$(printf 'word %.0s' {1..40})end
  report "{about} came: $rest." 'In all, {n} people came.'
  exits 0
  [ "$(head -n 1 out)" = 'In all, 647 people came.' ] || fail 'the exact figure should go first'
}

it_leaves_out_what_leans_on_a_sentence_left_out() {
  local long
  long=$(printf 'word %.0s' {1..60})
  report "In all, {n} people came. Long $long. They leaned on it." 'This stands by itself.'
  says 'In all, 647 people came. This stands by itself.'
  if grep -q leaned out; then fail 'it leans on nothing'; fi
}

it_never_shouts() {
  report 'Look, {n} people came!' 'See #channel, {n} people.' 'Ask @home, {n} people.' \
    'Smile 🚤, {n} people.' 'Buy $PEOPLE, {n} people.' 'It was calm, with {n} people.'
  exits 0
  says 'It was calm, with 647 people.'
  [ "$(head -n 1 out)" = 'It was calm, with 647 people.' ] || fail 'a loud sentence'
  report 'Look, {n} people came!'
  exits 1
  says_nothing
  complains 'no sentence with a figure that can be posted'
}

it_counts_as_the_sites_do() {
  local wide narrow
  # 47 characters besides: "In all, 647 people ", ".", the line end, and the source.
  narrow=$(printf 'a%.0s' {1..227})
  report "In all, {n} people $narrow."
  exits 0
  [ "$(tr -d '\n' <out | wc -m)" -eq 279 ] || fail 'it should be 280 long, with the line end'
  report "In all, {n} people ${narrow}a."
  exits 1
  complains '281 characters as X counts them, of at most 280'
  complains '(--to social-long has room for 500)'
  wide=$(printf '漢%.0s' {1..113})
  report "In all, {n} people $wide."
  exits 0
  report "In all, {n} people ${wide}漢."
  exits 1
  complains '281 characters as X counts them'
  # A link takes 23 however short it is.
  report "In all, {n} people ${narrow:23} gov.uk."
  exits 1
  complains 'as X counts them'
  report "In all, {n} people ${narrow:24} gov.uk."
  exits 0
  local format=social-long
  report "In all, {n} people $narrow$narrow."
  exits 1
  complains '507 characters as Mastodon counts them, of at most 500'
  report "In all, {n} people $narrow${narrow:7}."
  exits 0
}

it_needs_a_figure() {
  report 'There is none here.'
  exits 1
  complains 'no sentence with a figure that can be posted'
}

it_posts_hostile_text_without_its_marks() {
  cp "$root"/tests/golden/hostile-text/report.lua .
  dateline run report.lua --to social
  exits 0
  says 'Some 647 people crossed, says <i>who</i>.'
  if grep -q '[!#@]' out; then fail 'a mark that means something there'; fi
}

run_cases "$@"
