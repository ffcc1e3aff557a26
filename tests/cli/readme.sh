# tests/cli/readme.sh - the README is true: its commands run, its reports too, each line of its Lua has
# a value, its C compiles, and what it shows is what the program says.
. tests/cli/lib.sh

readme=$root/README.md
PATH=$(dirname "$DATELINE"):$PATH

# Writes the README's code blocks into files: 01.sh, 02.lua, ...; a block without a language is .txt,
# a Lua block that starts with "-- NAME.lua - " is NAME.lua, and one whose fence names a path is that.
extract() {
  awk '
    /^```/ && !inside {
      inside = 1
      fresh = split(substr($0, 4), words, " ") < 2
      ending = words[1]
      if (!fresh) {
        file = words[2]
        folder = file
        sub("/[^/]*$", "", folder)
        system("mkdir -p " folder)
      }
      next
    }
    /^```/ { inside = 0; close(file); next }
    !inside { next }
    fresh {
      fresh = 0
      file = sprintf("%02d.%s", ++count, ending == "" ? "txt" : ending)
      if (ending == "lua" && $1 == "--" && $2 ~ /^[a-z-]+\.lua$/ && $3 == "-") file = $2
    }
    { print >file }' "$readme"
  ln -s "$root/scripts" scripts
}

it_shows_what_the_program_really_says() {
  extract
  local shown command
  shown=$(compgen -G '*.txt' | head -n 1)
  read -r _ command <"$shown"
  bash -c "$command" >out 2>err || fail "it does not run: $command"
  tail -n +2 "$shown" >expected
  head -n "$(wc -l <expected)" out >said
  same expected said
}

it_has_commands_that_run() {
  extract
  local block count=0
  for block in [0-9]*.sh; do
    bash -euo pipefail "$block" >out 2>err || fail "a command of $block fails"
    count=$((count + 1))
  done
  [ "$count" -ge 2 ] || fail "only $count blocks of commands were found"
}

it_shows_a_plugin_that_works() {
  extract
  dateline run latest-developments --date 2024-10-18 --to plain
  exits 0
  complains_of_nothing
  says 'More than 600 people'
  printf 'date|migrants arrived|boats arrived\n2024-10-18|647|10\n' >x.bars
  dateline import x.bars --db x.db
  exits 0
  dateline plugin check ./plugins/plain
  exits 0
}

it_has_whole_reports_that_pass_strictly() {
  extract
  local report date count=0
  for report in [a-z]*.lua; do
    for date in latest 2024-10-18; do
      dateline run "$report" --strict --date "$date"
      exits 0
      complains_of_nothing
    done
    count=$((count + 1))
  done
  [ "$count" -ge 1 ] || fail 'no report was found'
}

# value_of CODE EXPRESSION: what it is after CODE, on standard output.
value_of() {
  dateline eval "(function() local d = '2024-10-18'; $1 return $2 end)()"
  [ "$status" -eq 0 ] || fail "this has no value: $2"
}

# Lines of expressions, which are set apart by two spaces; a comment that starts with a digit or a
# quotation mark says what they are, in order.
check_lines() {
  local line comment code='' expected expression
  while IFS= read -r line; do
    comment=
    case $line in
    *' -- '*)
      comment=${line##* -- }
      line=${line%% -- *}
      ;;
    esac
    if [[ $line =~ ^(local|for|\ |end) ]]; then
      code+=$line$'\n'
      [[ $line =~ ^(for|\ ) ]] || value_of "$code" true
      continue
    fi
    [[ $comment =~ ^[0-9\"] ]] || comment=
    mapfile -t expected < <(sed -E 's/  +/\n/g' <<<"$comment")
    while IFS= read -r expression; do
      value_of "$code" "$expression"
      [ -z "${expected[0]:-}" ] || [ "$(tr -d '"' <<<"${expected[0]}")" = "$(cat out)" ] ||
        fail "$expression is not ${expected[0]}"
      expected=("${expected[@]:1}")
    done < <(sed -E 's/ +$//; s/  +/\n/g' <<<"$line" | grep .)
  done <"$1"
}

it_has_lua_of_which_every_line_has_a_value() {
  extract
  local block count=0
  for block in [0-9]*.lua; do
    check_lines "$block"
    count=$((count + 1))
  done
  [ "$count" -ge 1 ] || fail 'no lines of Lua were found'
}

it_has_c_that_compiles_and_runs() {
  extract
  cp [0-9]*.c block.c || fail 'there should be one block of C'
  {
    echo '#include <stdio.h>'
    grep '^#' block.c
    echo 'int main(void)'
    echo '{'
    grep -v '^#' block.c
    echo '}'
  } >program.c
  . "$root/tests/support/installed.sh"
  compile c program.c program
  ./program >out 2>err || fail 'it does not run'
  says '<!doctype html>'
  says '28,204'
}

it_names_files_that_are_there_and_options_that_exist() {
  local path option command
  while read -r path; do
    [ -e "$root/$path" ] || fail "there is no $path"
  done < <(grep -oE '`(scripts|tests|core|reports)/[a-zA-Z0-9_./-]*' "$readme" | tr -d '`')
  "$DATELINE" --help >commands
  sed -n '/^commands:/,/^$/s/^  \([a-z][a-z]*\) .*/\1/p' commands >names
  {
    cat commands
    while read -r command; do
      "$DATELINE" "$command" --help
    done <names
    "$DATELINE" run latest-developments --help
    "$DATELINE" plugin grant --help
  } >help
  while read -r option; do
    grep -qF -- "$option" help || fail "there is no option $option"
  done < <(grep -oE '^dateline .*|`(dateline |--)[^`]*' "$readme" | grep -oE -- '--[a-z][a-z-]+')
}

run_cases "$@"
