#!/bin/bash
# Keeps a server for as long as standard input stays open, then stops it and removes what it left. Whoever starts this
# holds the other end of a pipe: however that process ends, the kernel closes the pipe, and no server is left behind.
#
#   serve.sh NAME FOLDER      prints what NAME's start.sh prints
#
#   KEEP=1                    leave the folder
#   PORT                      the port to try first
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
name=${1:?name}
folder=${2:?folder}
# An interrupt at the terminal reaches the whole process group; this process still has to tidy up.
trap : INT HUP TERM

for attempt in 1 2 3; do
    # Another process may take the port between this line and the server's start; then the next attempt takes another.
    port=$(python3 - "${PORT:-0}" <<'PY'
import socket
import sys

with socket.socket() as s:
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        s.bind(("127.0.0.1", int(sys.argv[1])))
    except OSError:
        s.bind(("127.0.0.1", 0))
    print(s.getsockname()[1])
PY
    )
    if ready=$("$here/$name/start.sh" "$port" "$folder"); then
        echo "$ready"
        cat >/dev/null
        "$here/$name/stop.sh" "$folder"
        [ -n "${KEEP:-}" ] || rm -rf "$folder"
        exit 0
    fi
done
[ -n "${KEEP:-}" ] || rm -rf "$folder"
exit 1
