#!/bin/bash
# tests/build/install.sh - what `cmake --install` leaves works from there: the program, the library
# by pkg-config, the headers one by one, the data; also after the whole tree was moved.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cmake --install "$DATELINE_BUILD" --prefix "$work/first" >/dev/null
mv "$work/first" "$work/moved"
cd "$work/moved"

for file in bin/dateline lib/libdateline.so lib/libdateline.a lib/pkgconfig/dateline.pc \
  share/dateline/reports/latest-developments.lua share/dateline/datasets share/dateline/types; do
  [ -e "$file" ] || { echo "$file was not installed"; exit 1; }
done

export PKG_CONFIG_PATH=$PWD/lib/pkgconfig
pkg-config --print-errors --exists dateline
for header in include/dateline/*.h; do
  echo "#include <dateline/$(basename "$header")>" >"$work/one.c"
  cc -std=c11 -Wall -Wextra -Werror $(pkg-config --cflags dateline) -fsyntax-only "$work/one.c"
done

bin/dateline run latest-developments --date 2024-10-18 --style percent_word >"$work/bulletin.md"
grep -q '28,204' "$work/bulletin.md"
