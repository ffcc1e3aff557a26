#!/bin/bash
# tests/build/embed.sh DTL_EMBED - a script that does not compile ends the build with path and line.
set -euo pipefail
embed=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
printf 'return { a = 1 }\n' >good.lua
printf 'local a = 1\nreturn a +\n' >bad.lua

# refuses MESSAGE PAIR...: fails, says so, and leaves no output for the next build to find.
refuses() {
  local message=$1 said
  shift
  if said=$("$embed" out.c "$@" 2>&1) || [ -e out.c ] || ! grep -qF -- "$message" <<<"$said"; then
    echo "dtl-embed $*: expected a failure with: $message"
    echo "$said"
    exit 1
  fi
}

refuses 'bad.lua:3: unexpected symbol near <eof>' x/good.lua=good.lua x/bad.lua=bad.lua
refuses 'none.lua: No such file' x/none.lua=none.lua
refuses 'x is named twice' x=good.lua x=good.lua
refuses 'expected NAME=FILE' good.lua

printf 'not Lua\n' >Makefile
"$embed" out.c x/Makefile=Makefile
grep -qF '{"x/Makefile", source_0, 8, bytecode_0, 0},' out.c || {
  echo 'a file that is no Lua is not kept as it is'
  exit 1
}

"$embed" out.c z/good.lua=good.lua a/good.lua=good.lua
# The size of the bytecode is Lua's affair.
sed -n '/dtl_embedded_files/,$p' out.c | sed 's/[0-9]*},$/SIZE},/' >table
diff table - <<'END'
const dtl_embedded dtl_embedded_files[] = {
    {"a/good.lua", source_0, 17, bytecode_0, SIZE},
    {"z/good.lua", source_1, 17, bytecode_1, SIZE},
};

const size_t dtl_embedded_count = 2;
END
