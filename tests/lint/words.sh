#!/bin/bash
# tests/lint/words.sh - no file names a path of one machine, or where packages come from.
set -euo pipefail
paths='(^|[^a-z])/(work|home|root|tmp/[a-z0-9]+)/[a-z]'
hosts='(deb|security)\.debian\.org|(archive|ports|security)\.ubuntu\.com|pypi\.org|pythonhosted\.org'
hosts+='|registry\.npmjs\.org|crates\.io|proxy\.golang\.org|docker\.io|ghcr\.io|quay\.io'
if grep -rnEI "$paths|$hosts" . --exclude-dir=.git --exclude-dir=build --exclude='*.csv' \
  --exclude=words.sh; then
  echo 'these lines hold for one machine only'
  exit 1
fi
