#!/bin/bash
# Installs into an empty folder and takes everything away again: is all there, does the program run without Swift's runtime,
# do the shells accept the completions?
set -euo pipefail
cd "$(dirname "$0")/.."
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
fail() {
    echo "check-install: $*" >&2
    exit 1
}

make --no-print-directory --silent install DESTDIR="$stage" PREFIX=/usr
program=$stage/usr/bin/galleria-deploy
for file in bin/galleria-deploy share/man/man1/galleria-deploy.1 share/bash-completion/completions/galleria-deploy \
    share/zsh/site-functions/_galleria-deploy share/fish/vendor_completions.d/galleria-deploy.fish; do
    [ -s "$stage/usr/$file" ] || fail "$file is not there, or empty"
done
! ldd "$program" | grep -i swift || fail "the program needs Swift's runtime"
version=$(env -i "$program" --version) || fail "the program does not run"
! commit=$(git rev-parse --short HEAD 2>/dev/null) || [[ $version == *"(commit $commit"* ]] || fail "--version does not name the commit $commit: $version"
[[ $version == *"libexif $(pkg-config --modversion libexif)"* ]] || fail "--version does not name libexif's version: $version"
bash -n "$stage/usr/share/bash-completion/completions/galleria-deploy" || fail "bash does not accept its completions"
! command -v zsh >/dev/null || zsh -n "$stage/usr/share/zsh/site-functions/_galleria-deploy" || fail "zsh does not accept its completions"

make --no-print-directory --silent uninstall DESTDIR="$stage" PREFIX=/usr
left=$(find "$stage" -type f)
[ -z "$left" ] || fail "left behind: $left"
