# scripts/packages.sh - sourced by quickstart and tests/run: the packages needed, and how they get in.

build_packages='gcc libc6-dev cmake ninja-build pkg-config
  libarchive-dev libcjson-dev libcsv-dev libcurl4-openssl-dev libedit-dev liblua5.4-dev libmd-dev
  libsqlite3-dev libxml2-dev libzip-dev'
test_packages='g++ clang clang-format clang-tidy libclang-rt-14-dev lua-check lua5.4 sqlite3
  cmark cmark-gfm chromium locales pandoc jq expect make python3 zip unzip'

# Those of the named packages that are not installed.
missing_packages() {
  for package in "$@"; do
    state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) || state=
    [ "$state" = installed ] || echo "$package"
  done
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  else
    sudo "$@"
  fi
}

# What a build needs where there is no apt: commands, pkg-config modules, and libcsv's header.
missing_tools() {
  for tool in cc cmake ninja pkg-config; do
    command -v "$tool" >/dev/null || echo "$tool"
  done
  if command -v pkg-config >/dev/null; then
    for module in libarchive libcjson libcurl libedit libmd libxml-2.0 libzip lua5.4 sqlite3; do
      pkg-config --exists "$module" || echo "$module"
    done
  fi
  if command -v cc >/dev/null; then
    echo '#include <csv.h>' | cc -E - >/dev/null 2>&1 || echo libcsv
  fi
}

# install_packages NAME...: brings in what is missing, or says what is and fails.
install_packages() {
  if ! command -v apt-get >/dev/null; then
    missing=$(missing_tools)
    [ -z "$missing" ] && return
    echo 'This is not Debian or Ubuntu. Please install with this system'"'"'s own tools:' >&2
    echo "$missing" | sed 's/^/  /' >&2
    return 1
  fi
  missing=$(missing_packages "$@")
  [ -z "$missing" ] && return
  missing=$(echo $missing)
  if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null; then
    echo "There is no sudo here. Please install as root: apt-get install $missing" >&2
    return 1
  fi
  echo "Installing: $missing" >&2
  options='-q -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3'
  as_root apt-get $options update >&2 &&
    as_root env DEBIAN_FRONTEND=noninteractive \
      apt-get $options install -y --no-install-recommends $missing >&2
}
