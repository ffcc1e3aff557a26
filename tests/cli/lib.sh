# tests/cli/lib.sh - sourced by the command line's tests. A case is a function whose name is its
# claim, "it_...": each runs in an empty folder of its own; run_cases runs them all, or those whose
# name holds the argument.
set -uo pipefail

if [ ! -x "${DATELINE:-}" ]; then
  echo 'DATELINE should be the path of the program'
  exit 1
fi

root=$PWD
export LC_ALL=C
unset DATELINE_DB

# Runs the program: what it wrote is in ./out and ./err, its exit status in $status.
dateline() {
  status=0
  "$DATELINE" "$@" >out 2>err || status=$?
}

fail() {
  echo "    $*"
  [ -e out ] && sed 's/^/    out: /' out | head -20
  [ -e err ] && sed 's/^/    err: /' err | head -20
  exit 1
}

exits() { [ "$status" -eq "$1" ] || fail "exit status $status, expected $1"; }
says() { grep -qF -- "$1" out || fail "standard output lacks: $1"; }
complains() { grep -qF -- "$1" err || fail "standard error lacks: $1"; }
says_nothing() { [ ! -s out ] || fail 'standard output is not empty'; }
complains_of_nothing() { [ ! -s err ] || fail 'standard error is not empty'; }
same() { cmp -s "$1" "$2" || fail "$1 and $2 differ: $(diff "$1" "$2" | head -5)"; }
# query FILTER VALUE: standard output is JSON, of which jq's FILTER is VALUE.
query() {
  local found
  found=$(jq -r "$1" out) || fail "standard output is not JSON"
  [ "$found" = "$2" ] || fail "$1 is $found, expected $2"
}

# misuse MESSAGE ARGUMENT...: exit status 2, the message on standard error, nothing on the other.
misuse() {
  local message=$1
  shift
  dateline "$@"
  exits 2
  complains "$message"
  says_nothing
}

run_cases() {
  local filter=${1:-} failed=0 count=0 folder
  for case in $(compgen -A function it_); do
    case $case in *"$filter"*) ;; *) continue ;; esac
    folder=$(mktemp -d)
    count=$((count + 1))
    if (cd "$folder" && "$case"); then
      echo "ok      $case"
    else
      echo "failed  $case"
      failed=$((failed + 1))
    fi
    chmod -R u+w "$folder" && rm -rf "$folder"
  done
  echo "$((count - failed)) passed, $failed failed"
  [ "$count" -gt 0 ] && [ "$failed" -eq 0 ]
}
