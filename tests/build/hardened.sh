#!/bin/bash
# tests/build/hardened.sh FILE... - each is position-independent, has its relocations read-only and
# bound at start, a stack that does not execute, and stack canaries.
set -euo pipefail

for file in "$@"; do
  has() {
    readelf -W "$1" "$file" | grep -E "$2" >/dev/null || { echo "$file: $3"; exit 1; }
  }
  has --file-header 'Type: +DYN' 'not position-independent'
  has --program-headers 'GNU_RELRO' 'relocations stay writable'
  has --program-headers 'GNU_STACK.* RW ' 'the stack can execute'
  has --dynamic 'BIND_NOW|Flags:.*NOW' 'symbols are bound late'
  has --syms '__stack_chk_fail' 'no stack canaries'
done
