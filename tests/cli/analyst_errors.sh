# tests/cli/analyst_errors.sh - what an analyst reads when a report is wrong: whole messages, byte for
# byte, and the same for programs.
#
# The cases are in analyst-errors/*.txt. Each is "=== its claim", "$ dateline" and the arguments, the
# text of report.lua, "---", all of standard error, and "[exit status]". With --accept what the
# program says now is taken as right; read it first.
cases=$PWD/tests/cli/analyst-errors
. tests/cli/lib.sh

# The text that the JSON of an error stands for.
as_text='
  def place: if .line then .file + ":\(.line)" + (if .column then ":\(.column)" else "" end)
             else .file end;
  if .severity == "log" then .message else
    ((if .code == "none" or .file == null then "dateline" else place end) + ": " + .message),
    (select(.source and .code != "none") | "    " + .source,
      (select(.column) | "    " + (.source[0:.column - 1] | gsub("[^\t]"; " ")) + "^")),
    (select(.expected) | "  expected: " + .expected),
    (select(.hint) | "  hint: " + .hint)
  end'

# split FILE: a folder for each case, with claim, command, report.lua and expected.
split() {
  awk '
    /^=== / { n++; part = "claim"; dir = sprintf("%03d", n); system("mkdir " dir)
              print substr($0, 5) > (dir "/claim"); next }
    part == "claim" && /^\$ dateline / { print substr($0, 12) > (dir "/command"); part = "report.lua"; next }
    part == "report.lua" && /^---$/ { part = "expected"; next }
    n { print > (dir "/" part) }
  ' "$1"
}

# Runs the case in this folder: what was said, as the cases file has it.
said() {
  eval "dateline $(cat command) $*"
  cat err
}

run_case() {
  local claim
  claim=$(cat claim)
  { said && echo "[$status]"; } >now
  if ! cmp -s now expected; then
    echo "failed  $claim"
    diff expected now | sed 's/^/    /'
    return 1
  fi
  said --diagnostics=json | jq -r "$as_text" >from-json 2>&1
  if ! sed '$d' expected | cmp -s - from-json; then
    echo "failed  $claim, as JSON"
    sed '$d' expected | diff - from-json | sed 's/^/    /'
    return 1
  fi
  if grep -qE '\.c:[0-9]|dateline/[a-z_]+\.lua|\[C\]|0x[0-9a-f]{6}' err; then
    echo "failed  $claim: it speaks of what is inside"
    return 1
  fi
  echo "ok      $claim"
}

accept() {
  for dir in */; do
    (cd "$dir" && echo "=== $(cat claim)" && echo "\$ dateline $(cat command)" &&
      { [ ! -e report.lua ] || cat report.lua; } && echo '---' && { said; } && echo "[$status]")
  done
}

failed=0 passed=0
for file in "$cases"/*.txt; do
  folder=$(mktemp -d)
  cd "$folder" || exit 1
  split "$file"
  if [ "${1:-}" = --accept ]; then
    accept >accepted && cat accepted >"$file"
  else
    for dir in */; do
      if (cd "$dir" && run_case); then passed=$((passed + 1)); else failed=$((failed + 1)); fi
    done
  fi
  rm -rf "$folder"
done
[ "${1:-}" = --accept ] && exit 0
echo "$passed passed, $failed failed"
[ "$passed" -gt 0 ] && [ "$failed" -eq 0 ]
