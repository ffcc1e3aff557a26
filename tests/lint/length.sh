#!/bin/bash
# tests/lint/length.sh - a file is one job: none of ours is over 600 lines. Figures are not ours.
set -euo pipefail
longest=600
too_long=$(find core scripts tests -type f ! -name '*.csv' ! -path 'tests/golden/*' -print0 |
  xargs -0 wc -l | awk -v longest=$longest '$2 != "total" && $1 > longest')
if [ -n "$too_long" ]; then
  echo "over $longest lines:"
  echo "$too_long"
  exit 1
fi
