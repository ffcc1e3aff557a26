#!/bin/bash
# tests/native/outside.sh USE - plugins are built outside the tree, with what is installed and nothing
# else: those that ship by their Makefiles, and one in C++. USE is the program made of use.c.
set -euo pipefail
use=$1
. tests/support/installed.sh
umask 022

sanitizers=
if grep -qx 'CMAKE_BUILD_TYPE:STRING=Sanitize' "$DATELINE_BUILD/CMakeCache.txt"; then
  sanitizers='-fsanitize=address,undefined'
fi

# expects OUTPUT COMMAND...
expects() {
  local expected=$1 got
  shift
  got=$("$@")
  [ "$got" = "$expected" ] || { printf '%s:\n%s\nexpected:\n%s\n' "$*" "$got" "$expected"; exit 1; }
}

for plugin in hello ods html-table; do
  cp -r "scripts/plugins/$plugin" "$work/$plugin"
  make -s -C "$work/$plugin" CFLAGS="-O1 -Wall -Wextra -Werror $sanitizers"
  "$use" "$work/$plugin"
  "$use" "$installed/share/dateline/plugins/$plugin"
done
printf 'date=2024-10-18\npeople=647\n' >"$work/a.kv"
expects $'1|date|people\n1|2024-10-18|647' "$use" "$work/hello" keyvalue "$work/a.kv"

mkdir "$work/outside"
cat >"$work/outside/plugin.json" <<'JSON'
{ "manifest": 1, "name": "outside", "version": "0.1.0", "summary": "Words.", "license": "MIT",
  "api": 1, "library": "outside", "capabilities": ["run-native"],
  "provides": [{ "kind": "importer", "name": "words", "extensions": ["words"] }] }
JSON
for dialect in c++11 c++20; do
  # shellcheck disable=SC2046,SC2086  # several words
  c++ -std=$dialect -Wall -Wextra -Werror -pedantic -fPIC -shared $sanitizers \
    $(pkg-config --cflags dateline) -o "$work/outside/outside.so" tests/native/outside.cc
  echo 'one two three' >"$work/a.words"
  expects '1|one|two|three' "$use" "$work/outside" words "$work/a.words"
done
