#!/bin/bash
# tests/build/install.sh - what `cmake --install` leaves works from there: the program, the headers one
# by one, the data; also after the whole tree was moved. (tests/embed is about the library.)
set -euo pipefail
. tests/support/installed.sh
cd "$installed"

for file in bin/dateline lib/libdateline.so lib/libdateline.a lib/pkgconfig/dateline.pc \
  share/dateline/reports/latest-developments.lua share/dateline/datasets share/dateline/types; do
  [ -e "$file" ] || { echo "$file was not installed"; exit 1; }
done

pkg-config --print-errors --exists dateline
for header in include/dateline/*.h; do
  echo "#include <dateline/$(basename "$header")>" >"$work/one.c"
  echo 'int main(void) { return 0; }' >>"$work/one.c"
  compile c "$work/one.c" "$work/one"
  compile c++ "$work/one.c" "$work/one"
done

bin/dateline run latest-developments --date 2024-10-18 --style percent_word >"$work/bulletin.md"
grep -q '28,204' "$work/bulletin.md"
