#!/bin/bash
# Packs the release build: a tarball that needs no installation, and a Debian package. Both land in dist/, and the same commit,
# built on the same machine, gives the same bytes.   dist.sh
set -euo pipefail
cd "$(dirname "$0")/.."
umask 022
name=galleria-deploy
version=$(sed -n 's/.*static let text = "\([0-9.]*\)".*/\1/p' Sources/galleria-deploy/Program/Version.swift)
[ -n "$version" ] || {
    echo "dist: Sources/galleria-deploy/Program/Version.swift names no version" >&2
    exit 1
}
revision=$version-1
architecture=$(dpkg --print-architecture)
# Reproducible Builds' convention: no time in the packages is later than the commit's.
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct 2>/dev/null || stat -c %Y CHANGELOG.md)
export SOURCE_DATE_EPOCH

stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
mkdir -p dist

# The tarball: what `make install` installs, below a folder of its own, with what a user reads besides.
folder=$name-$version-linux-$architecture
make --no-print-directory --silent install DESTDIR="$stage/$folder" PREFIX=
cp -R README.md CHANGELOG.md LICENSE docs contrib "$stage/$folder"
rm -rf "$stage/$folder/contrib/debian"
tar --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" -C "$stage" -c "$folder" | gzip -9n >"dist/$folder.tar.gz"

# The package. dpkg-shlibdeps finds the libraries that the program is linked with, and the packages that hold them.
root=$stage/root
make --no-print-directory --silent install DESTDIR="$root" PREFIX=/usr
mv "$root/usr/share/zsh/site-functions" "$root/usr/share/zsh/vendor-completions"
gzip -9n "$root/usr/share/man/man1/$name.1"
documents=$root/usr/share/doc/$name
mkdir -p "$documents/examples" "$root/usr/lib/systemd/user" "$root/DEBIAN"
gzip -9nc CHANGELOG.md >"$documents/changelog.gz"
maintainer=$(sed -n 's/^Maintainer: //p' contrib/debian/control)
printf '%s (%s) unstable; urgency=medium\n\n  * Version %s; changelog.gz tells what changed.\n\n -- %s  %s\n' \
    "$name" "$revision" "$version" "$maintainer" "$(LC_ALL=C date -u -R -d "@$SOURCE_DATE_EPOCH")" | gzip -9n >"$documents/changelog.Debian.gz"
install -D -m 644 contrib/debian/lintian-overrides "$root/usr/share/lintian/overrides/$name"
# A completion is read by the shell, not started.
sed -i '1{/^#!/d}' "$root/usr/share/bash-completion/completions/$name"
install -m 644 contrib/debian/copyright "$documents/copyright"
install -m 644 contrib/systemd/* "$root/usr/lib/systemd/user/"
cp -R contrib/cron contrib/logrotate "$documents/examples/"
find "$root/usr" -type f ! -path '*/bin/*' -exec chmod 644 {} +
mkdir "$stage/debian"
cp contrib/debian/control "$stage/debian/control"
libraries=$(cd "$stage" && dpkg-shlibdeps -O "root/usr/bin/$name" | sed -n 's/^shlibs:Depends=//p')
field() { sed -n "s/^$1: //p" contrib/debian/control; }
cat >"$root/DEBIAN/control" <<EOF
Package: $name
Version: $revision
Architecture: $architecture
Section: $(field Section)
Priority: $(field Priority)
Maintainer: $maintainer
Homepage: $(field Homepage)
Installed-Size: $(du -sk --apparent-size "$root/usr" | cut -f 1)
Depends: $(field Depends | sed "s/\${shlibs:Depends}/$libraries/")
Recommends: $(field Recommends)
$(sed -n '/^Description:/,$p' contrib/debian/control)
EOF
(cd "$root" && find usr -type f -print0 | sort -z | xargs -0 md5sum) >"$root/DEBIAN/md5sums"
find "$root" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
dpkg-deb --root-owner-group -Zxz --build "$root" "dist/${name}_${revision}_$architecture.deb" >/dev/null
(cd dist && sha256sum "$folder.tar.gz" "${name}_${revision}_$architecture.deb" >SHA256SUMS && cat SHA256SUMS)
