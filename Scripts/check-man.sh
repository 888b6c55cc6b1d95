#!/bin/bash
# Fails where the manual page makes groff or mandoc complain.   check-man.sh PAGE
set -euo pipefail
page=${1:?page}
if command -v groff >/dev/null; then
    complaints=$(groff -man -Tutf8 -ww -z "$page" 2>&1)
elif command -v mandoc >/dev/null; then
    complaints=$(mandoc -T lint -W warning "$page" 2>&1 || true)
else
    echo "check-man: neither groff nor mandoc is here; $page is not checked" >&2
    exit 0
fi
[ -z "$complaints" ] || {
    echo "$complaints" >&2
    exit 1
}
