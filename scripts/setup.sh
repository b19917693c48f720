#!/bin/sh
# Here: everything a fresh machine needs, installed once. Not here: starting anything (scripts/run.sh, Makefile).
# Usage: sh scripts/setup.sh run|test        Asks for nothing, can be run again at any time.
set -eu
cd "$(dirname "$0")/.."

for_what=${1:-run}
case "$for_what" in
  run) lock=requirements.lock ;;
  test) lock=requirements-dev.lock ;;
  *) echo "用法 / usage: sh scripts/setup.sh run|test" >&2; exit 2 ;;
esac

say() { printf '%s\n' "== $*"; }
fail() { printf '%s\n' "!! $1" "!! $2" >&2; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

LIBRARIES="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig fonts-noto-cjk fonts-arphic-uming"
FANDOL=texlive-lang-chinese
TESTING="chromium poppler-utils postgresql redis-server"

# --- Python ---
find_python() {
  for python in "${PYTHON:-}" python3 python3.13 python3.12 python3.11; do
    [ -n "$python" ] && have "$python" || continue
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$python"; return; }
  done
  return 1
}

make_venv() {
  [ -x .venv/bin/python ] && .venv/bin/python -c '' 2>/dev/null && return
  python=$(find_python) || fail "没有找到 Python 3.11 或更新版本,请先安装。" "Python 3.11 or newer is missing (apt-get install python3 python3-venv)."
  if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    [ "$(id -u)" = 0 ] && have apt-get && apt_install python3-venv
    "$python" -c 'import ensurepip, venv' 2>/dev/null ||
      fail "Python 缺少 venv 模块,请先安装 python3-venv。" "Python lacks venv: apt-get install python3-venv."
  fi
  say "建立虚拟环境 / creating .venv with $("$python" --version)"
  rm -rf .venv
  "$python" -m venv .venv
}

install_packages() {
  # The stamp stands inside the environment: a new environment is never taken for a finished one.
  stamp=.venv/.installed
  wanted="$(cat requirements-uv.lock "$lock" | sha256sum | cut -d' ' -f1) $lock"
  # A test environment holds everything that running needs.
  tested="$(cat requirements-uv.lock requirements-dev.lock | sha256sum | cut -d' ' -f1) requirements-dev.lock"
  current=$(cat "$stamp" 2>/dev/null || true)
  [ "$current" = "$wanted" ] || [ "$current" = "$tested" ] && return
  say "安装 Python 依赖 / installing $lock"
  rm -f "$stamp"
  if ! { with_uv || with_pip; }; then
    fail "Python 依赖安装失败,请检查网络与软件源设置后重试。" "Installing $lock failed: check the network and pip's settings, then run this again."
  fi
  echo "$wanted" >"$stamp"
}

pip_install() { .venv/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r "$1"; }

with_uv() {
  pip_install requirements-uv.lock || return 1
  [ -z "${PIP_CERT:-}" ] || export SSL_CERT_FILE="${SSL_CERT_FILE:-$PIP_CERT}"
  [ -w "${HOME:-/nonexistent}" ] || export UV_CACHE_DIR="$PWD/var/uv"
  UV_NO_CONFIG=1 VIRTUAL_ENV="$PWD/.venv" .venv/bin/uv pip sync --quiet --require-hashes requirements-uv.lock "$lock" 2>var/uv.log
}

with_pip() {
  say "uv 不可用,改用 pip(较慢) / uv did not work here (var/uv.log), using pip"
  pip_install "$lock"
}

# --- System libraries ---
missing_of() {
  for name in "$@"; do
    dpkg-query -W -f '${Status}\n' "$name" 2>/dev/null | grep -q '^install ok installed' || printf '%s ' "$name"
  done
}

apt_install() {
  say "安装系统软件包 / installing $*"
  # Debian starts what it installs; the tests start their own servers, so nothing may be left running.
  guard=/usr/sbin/policy-rc.d
  mine=
  if [ ! -e "$guard" ]; then
    mine=yes
    printf '#!/bin/sh\nexit 101\n' >"$guard"
    chmod +x "$guard"
  fi
  status=0
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >var/apt.log 2>&1 ||
    { apt-get update -qq >var/apt.log 2>&1 &&
      DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >>var/apt.log 2>&1; } || status=$?
  [ -z "$mine" ] || rm -f "$guard"
  return $status
}

install_system() {
  have dpkg-query || { say "不是 Debian 系统:请自行安装 Pango 与中文字体 / not Debian: install Pango and Chinese fonts yourself"; return; }
  names=$LIBRARIES
  [ "$for_what" = run ] || names="$names $TESTING"
  # shellcheck disable=SC2086
  missing=$(missing_of $names)
  [ -n "$missing" ] || return 0
  if [ "$(id -u)" = 0 ]; then
    # shellcheck disable=SC2086
    apt_install $missing && return
    [ "$for_what" = run ] || fail "系统软件包安装失败:$missing(详见 var/apt.log)" "Installing $missing failed, see var/apt.log."
    say "系统软件包安装失败,PDF 暂不可用(详见 var/apt.log) / $missing not installed: no PDF, the rest works"
  else
    unpack_system "$missing"
  fi
}

# Without root: Debian's packages are unpacked into var/sys, scripts/env.sh points there.
unpack_system() {
  sys="$PWD/var/sys"
  # shellcheck disable=SC2086
  wanted=$(missing_of $LIBRARIES)
  [ -n "$wanted" ] || return 0
  if have apt-get && [ ! -e "$sys/.done" ]; then
    mkdir -p "$sys/deb"
    # shellcheck disable=SC2086
    names=$(apt-cache depends --recurse --no-recommends --no-suggests --no-conflicts --no-breaks --no-replaces \
      --no-enhances $wanted 2>/dev/null | grep '^[a-z]' | sort -u || true)
    # shellcheck disable=SC2086
    names=$(missing_of $names)
    # shellcheck disable=SC2086
    if [ -n "$names" ] && (cd "$sys/deb" && apt-get download $names >../../apt.log 2>&1); then
      for file in "$sys"/deb/*.deb; do dpkg-deb -x "$file" "$sys"; done
      rm -rf "$sys/deb"
      touch "$sys/.done"
    fi
  fi
  [ -e "$sys/.done" ] ||
    say "缺少系统库:$wanted(请管理员安装,其间 PDF 不可用) / missing libraries, no PDF until an administrator installs them"
}

# --- Fonts of official papers ---
# 仿宋, 楷体, 黑体 and 宋体 are Fandol's, which Debian packs with TeX: the four files are taken out, nothing is installed.
install_fonts() {
  fonts="$PWD/var/fonts"
  wanted=$(sha256sum <scripts/fonts.py)
  [ "$(cat "$fonts/.stamp" 2>/dev/null || true)" = "$wanted" ] && return
  say "安装公文字体 / installing the fonts of official papers"
  mkdir -p "$fonts/deb"
  fandol='./usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/Fandol*-Regular.otf'
  # shellcheck disable=SC2086
  if have apt-get && (cd "$fonts/deb" && { apt-get download $FANDOL || { apt-get update -qq && apt-get download $FANDOL; }; }) \
      >var/fonts.log 2>&1; then
    dpkg-deb --fsys-tarfile "$fonts"/deb/*.deb | tar -x -C "$fonts/deb" --wildcards "$fandol" --strip-components=9
  fi
  if (. scripts/env.sh && .venv/bin/python scripts/fonts.py "$fonts/deb") >>var/fonts.log 2>&1; then
    echo "$wanted" >"$fonts/.stamp"
  else
    say "公文字体安装不全,公文改用其他字体(详见 var/fonts.log) / papers use other faces, see var/fonts.log"
  fi
  rm -rf "$fonts/deb"
}

# --- Pages ---
install_assets() {
  [ -f package-lock.json ] || return 0
  wanted="$(cat package-lock.json scripts/vendor.py | sha256sum | cut -d' ' -f1) test"
  current=$(cat var/vendor/.stamp 2>/dev/null || true)
  # What tests need holds everything that running needs.
  [ "$current" = "$wanted" ] && return
  omit=
  if [ "$for_what" = run ]; then
    omit=--omit=dev
    wanted="${wanted% *} run"
    [ "$current" = "$wanted" ] && return
  fi
  if ! have npm; then
    say "没有 npm,页面使用基本样式 / no npm: pages use the plain style"
    return 0
  fi
  say "安装页面资源 / installing page assets"
  [ -w "${HOME:-/nonexistent}" ] || export npm_config_cache="$PWD/var/npm"
  # shellcheck disable=SC2086
  if npm ci $omit --ignore-scripts --no-audit --no-fund --silent >var/npm.log 2>&1 && .venv/bin/python scripts/vendor.py; then
    echo "$wanted" >var/vendor/.stamp
  else
    say "页面资源安装失败,使用基本样式(详见 var/npm.log) / assets not installed: plain style"
  fi
}

mkdir -p var
make_venv
install_packages
install_system
install_fonts
install_assets
say "就绪 / ready"
