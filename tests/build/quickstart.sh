#!/bin/bash
# tests/build/quickstart.sh - scripts/quickstart, where all is built, prints the bulletin and names a page.
set -euo pipefail
if [ "$DATELINE_BUILD" != "$PWD/build/release" ]; then
  echo 'skipped: it builds in build/release, which is not under test'
  exit 77
fi
said=$(scripts/quickstart 2>"$DATELINE_BUILD/quickstart.log") || {
  cat "$DATELINE_BUILD/quickstart.log"
  exit 1
}
grep -q '28,204' <<<"$said"
page=$(tail -n 1 <<<"$said" | sed 's/^[^/]*//')
grep -q '<data value="28204"' "$page"
