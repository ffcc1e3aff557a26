# tests/support/installed.sh - sourced by tests of what `cmake --install` leaves: it is put into
# $work/installed, by way of another folder, and found there by pkg-config and the loader.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cmake --install "$DATELINE_BUILD" --prefix "$work/first" >/dev/null
mv "$work/first" "$work/installed"
installed=$work/installed
export PKG_CONFIG_PATH=$installed/lib/pkgconfig LD_LIBRARY_PATH=$installed/lib

# compile C_OR_C++ SOURCE PROGRAM: against what is installed, with the sanitizers of the build, if any.
compile() {
  local compiler=(cc -std=c11)
  [ "$1" = c ] || compiler=(c++ -x c++ -std=c++11)
  if grep -qx 'CMAKE_BUILD_TYPE:STRING=Sanitize' "$DATELINE_BUILD/CMakeCache.txt"; then
    compiler+=("-fsanitize=address,undefined" -fno-sanitize-recover=all)
  fi
  # shellcheck disable=SC2046  # pkg-config's answer is several words
  "${compiler[@]}" -Wall -Wextra -Werror "$2" -o "$3" \
    $(pkg-config --cflags --libs dateline) -pthread
}
