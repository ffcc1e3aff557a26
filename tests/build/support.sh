#!/bin/bash
# tests/build/support.sh FAULTY - a failing check is seen, named and counted; so is a skipped test.
set -euo pipefail
faulty=$1

# expect STATUS LINE FILTER...: the exit status, and a line that must be there whole.
expect() {
  local status=$1 line=$2 output actual=0
  shift 2
  output=$("$faulty" "$@") || actual=$?
  if [ "$actual" -ne "$status" ] || ! grep -qxF -- "$line" <<<"$output"; then
    echo "faulty $*: exit $actual, expected $status and: $line"
    echo "$output"
    exit 1
  fi
}

expect 1 '1 passed, 4 failed, 1 skipped'
expect 1 '      expected 5' wrong_number
expect 1 'failed  wrong_number' wrong_number
expect 1 'failed  wrong_condition' wrong_condition
expect 1 '      expected (null)' wrong_string
expect 1 '      expected five' wrong_text
expect 0 '1 passed, 0 failed, 0 skipped' right
expect 77 'skipped left_out: no moon tonight' left
expect 1 "no test's name holds \"nowhere\"" nowhere
