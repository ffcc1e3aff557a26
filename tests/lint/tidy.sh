#!/bin/bash
# tests/lint/tidy.sh - clang-tidy over core/. What was clean is remembered by the hash of all that
# was read (the file, its headers, the command, the checks), and not read again.
set -euo pipefail

export clean=$DATELINE_BUILD/tidy
mkdir -p "$clean"

# The command that compiles $1, up to its output.
compile_command() {
  jq -r --arg file "$PWD/$1" '.[] | select(.file == $file) | .command | split(" -o ")[0]' \
    "$DATELINE_BUILD/compile_commands.json" | head -1
}

hash_of() {
  local file=$1 command=$2
  {
    echo "$command"
    cat .clang-tidy
    eval "$command -MM -MT all $file" | sed 's/^all://; s/\\$//' | xargs cat
  } | sha256sum | cut -d ' ' -f 1
}

check_one() {
  set -euo pipefail
  local file=$1 command hash
  command=$(compile_command "$file")
  if [ -z "$command" ]; then
    echo "$file is not built: CMakeLists.txt should name it"
    return 1
  fi
  hash=$(hash_of "$file" "$command")
  if [ -e "$clean/$hash" ]; then
    return
  fi
  clang-tidy --quiet -p "$DATELINE_BUILD" "$file" 2>&1 | sed '/^[0-9]* warnings* generated/d'
  touch "$clean/$hash"
}
export -f compile_command hash_of check_one

find core scripts/plugins -name '*.c' -print0 | xargs -0 -n 1 -P "$(nproc)" bash -c 'check_one "$1"' check_one
