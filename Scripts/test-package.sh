#!/bin/bash
# Installs the Debian package in a system that has nothing of a developer's machine (debootstrap), as the Containerfile does, deploys
# with it, and removes it; then does the same with the tarball. Needs root, and reaches the machine's Debian mirror.   test-package.sh
set -euo pipefail
cd "$(dirname "$0")/.."
fail() {
    echo "test-package: $*" >&2
    exit 1
}
[ "$(id -u)" = 0 ] || fail "making a clean system needs root: sudo make test-package"

# shellcheck source=/dev/null
suite=$(. /etc/os-release && echo "$VERSION_CODENAME")
mirror=$(apt-get indextargets --format '$(SITE)' "Codename: $suite" "Created-By: Packages" | head -n 1)
[ -n "$mirror" ] || fail "apt names no mirror for $suite"
base=$(sed -n 's/^FROM debian:\([a-z]*\).*/\1/p' Containerfile)
[ "$base" = "$suite" ] || echo "test-package: the Containerfile builds on $base; what is tested here is $suite"

work=$(mktemp -d)
cleanup() {
    [ -z "${server_in:-}" ] || exec {server_in}>&-
    [ -z "${server_pid:-}" ] || wait "$server_pid" || true
    rm -rf --one-file-system "$work"
}
trap cleanup EXIT

lintian --allow-root --fail-on error --suppress-tags initial-upload-closes-no-bugs dist/galleria-deploy_*.deb

cache=$PWD/.build/debootstrap
mkdir -p "$cache"
system=$work/system
debootstrap --variant=minbase --cache-dir="$cache" --include=ca-certificates "$suite" "$system" "$mirror" >"$work/debootstrap.log" ||
    fail "debootstrap failed: $(tail -n 3 "$work/debootstrap.log")"

# Commands in the clean system see its own /proc and nothing of this one's environment; the mount ends with the command.
inside() {
    unshare --mount --propagation private -- sh -c 'mount -t proc proc "$0/proc" && exec chroot "$@"' "$system" "$system" \
        env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"
}

# A server on loopback, for as long as this script holds its standard input.
mkfifo "$work/in" "$work/out"
Tests/Servers/serve.sh ministack "$work/server" <"$work/in" >"$work/out" &
server_pid=$!
exec {server_in}>"$work/in"
read -r _ endpoint access secret <"$work/out"

deploy() { # BUCKET WORD...: publishes the example gallery with the program in the clean system, and counts the objects with boto3
    local bucket=$1 found expected
    shift
    inside env AWS_ENDPOINT_URL="$endpoint" AWS_ACCESS_KEY_ID="$access" AWS_SECRET_ACCESS_KEY="$secret" AWS_REGION=us-east-1 \
        "$@" --create-bucket --setup-cors --clock-shift=-4h --time-zone Europe/Stockholm /gallery "s3://$bucket"
    found=$(AWS_ACCESS_KEY_ID=$access AWS_SECRET_ACCESS_KEY=$secret AWS_DEFAULT_REGION=us-east-1 .venv/bin/python -c '
import sys, boto3
print(boto3.client("s3", endpoint_url=sys.argv[1]).list_objects_v2(Bucket=sys.argv[2])["KeyCount"])' "$endpoint" "$bucket")
    expected=$(find -L Fixtures/gallery -name '.*' -prune -o -type f -print | wc -l)
    [ "$found" = "$expected" ] || fail "$bucket holds $found objects instead of $expected"
}
cp -RL Fixtures/gallery "$system/gallery"

# The package, by the very commands of the Containerfile.
commands=$(sed -n '/^RUN /,/[^\\]$/p' Containerfile | sed 's/^RUN //')
cp dist/galleria-deploy_*.deb "$system/tmp/"
before=$(inside dpkg-query -W -f '${Package}\n')
inside sh -ec "$commands" >"$work/apt.log" 2>&1 || fail "the Containerfile's commands failed: $(tail -n 5 "$work/apt.log")"
inside galleria-deploy --version
inside galleria-deploy --help >/dev/null
deploy packaged galleria-deploy
inside test -s /usr/share/man/man1/galleria-deploy.1.gz || fail "the package brought no manual page"
inside dpkg --purge galleria-deploy >/dev/null
! inside sh -c 'command -v galleria-deploy' || fail "the program is still there after the package was removed"
echo "test-package: installed besides $(inside dpkg-query -W -f '${Package}\n' | grep -vcxF "$before") packages"

# The tarball: unpacked, with the libraries that the package asked for.
tar -C "$system/opt" -xzf dist/galleria-deploy-*-linux-*.tar.gz
deploy unpacked "/opt/$(ls "$system/opt")/bin/galleria-deploy"
echo "test-package: the package and the tarball install, deploy and leave"
