#!/bin/bash
# Installs what this machine lacks of Debian's packages; says and does nothing where all of it is there.
#   deps.sh build    what a build and a demo need
#   deps.sh all      that, and what the tests need besides
#   deps.sh package  what packing, and testing the packages, needs besides a build
set -euo pipefail

build=(pkg-config libcurl4-openssl-dev libssl-dev libexif-dev libsqlite3-dev zlib1g-dev libbrotli-dev python3-venv libimage-exiftool-perl)
tests=(ceph-mon ceph-osd radosgw groff-base chromium chromium-driver libfaketime openssl util-linux systemd logrotate curl)
# Pictures; everything else is built without, and with PICTURES=no nobody asks for it.
optional=(libvips-dev)
[ "${PICTURES:-}" != no ] || optional=()

package=(dpkg-dev lintian debootstrap util-linux ca-certificates)

case ${1:-all} in
build) wanted=("${build[@]}") ;;
all) wanted=("${build[@]}" "${tests[@]}") ;;
package) wanted=("${build[@]}" "${package[@]}") ;;
*)
    echo "usage: deps.sh [build|all|package]" >&2
    exit 64
    ;;
esac

# A library counts as there when pkg-config finds it, wherever it came from.
declare -A module=([libcurl4-openssl-dev]=libcurl [libssl-dev]=libcrypto [libexif-dev]=libexif [libsqlite3-dev]=sqlite3
    [zlib1g-dev]=zlib [libbrotli-dev]=libbrotlienc [libvips-dev]=vips)
present() {
    [ -n "${module[$1]:-}" ] && command -v pkg-config >/dev/null && pkg-config --exists "${module[$1]}" && return 0
    command -v dpkg-query >/dev/null && [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

missing=()
for package in "${wanted[@]}"; do present "$package" || missing+=("$package"); done
lacking=()
for package in "${optional[@]}"; do present "$package" || lacking+=("$package"); done
[ $((${#missing[@]} + ${#lacking[@]})) -gt 0 ] || exit 0

# What a build can do without is no reason to stop it.
forgo() {
    echo "deps: ${lacking[*]} cannot be installed ($1); \`image\` commands and \`derivatives:\` will say that they are missing" >&2
}

if ! command -v apt-get >/dev/null; then
    [ ${#missing[@]} -gt 0 ] || {
        forgo "no apt-get"
        exit 0
    }
    echo "deps: this machine has no apt-get; please install what these Debian packages hold: ${missing[*]}" >&2
    exit 1
fi
root=()
if [ "$(id -u)" != 0 ]; then
    [ ${#missing[@]} -gt 0 ] || command -v sudo >/dev/null || {
        forgo "neither root nor sudo"
        exit 0
    }
    command -v sudo >/dev/null || {
        echo "deps: neither root nor sudo; please have installed: ${missing[*]}" >&2
        exit 1
    }
    root=(sudo)
fi
root+=(env DEBIAN_FRONTEND=noninteractive)
echo "deps: installing ${missing[*]} ${lacking[*]}"
install=("${root[@]}" apt-get -q -y -o DPkg::Lock::Timeout=300 install --no-install-recommends)
if ! "${root[@]}" apt-get -q -o DPkg::Lock::Timeout=300 update && [ ${#missing[@]} -eq 0 ]; then
    forgo "apt-get update failed"
    exit 0
fi
[ ${#missing[@]} -eq 0 ] || "${install[@]}" "${missing[@]}"
[ ${#lacking[@]} -eq 0 ] || "${install[@]}" "${lacking[@]}" || forgo "apt-get failed"
