#!/bin/bash
# tests/embed/run.sh - the example works against the installed library, as C and as C++, and the library
# shows other programs what its headers declare and nothing else.
set -euo pipefail
. tests/support/installed.sh

for language in c c++; do
  compile "$language" tests/embed/example.c "$work/example"
  mkdir "$work/$language"
  (cd "$work/$language" && "$work/example")
done

nm -D --defined-only "$installed/lib/libdateline.so" | awk '{ print $3 }' | sort >"$work/shown"
sed -n 's/^DTL_API.*[ *]\(dtl_[a-z_]*\)(.*/\1/p' "$installed"/include/dateline/dateline.h |
  sort >"$work/declared"
diff "$work/declared" "$work/shown" || {
  echo 'libdateline.so shows other names than dateline.h declares'
  exit 1
}
