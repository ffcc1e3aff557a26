#!/bin/bash
# tests/lint/format.sh - clang-format would change nothing.
set -euo pipefail
find core tests scripts/plugins -name '*.[ch]' -print0 | xargs -0 clang-format --dry-run -Werror
