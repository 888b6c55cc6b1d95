#!/bin/bash
# Keeps a server for as long as standard input stays open, then stops it and removes what it left. Whoever starts this
# holds the other end of a pipe: however that process ends, the kernel closes the pipe, and no server is left behind.
#
#   serve.sh NAME FOLDER      prints what NAME's start.sh prints
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
name=${1:?name}
folder=${2:?folder}
# An interrupt at the terminal reaches the whole process group; this process still has to tidy up.
trap : INT HUP TERM

for attempt in 1 2 3; do
    # Another process may take the port between this line and the server's start; then the next attempt takes another.
    port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    if ready=$("$here/$name/start.sh" "$port" "$folder"); then
        echo "$ready"
        cat >/dev/null
        "$here/$name/stop.sh" "$folder"
        rm -rf "$folder"
        exit 0
    fi
done
rm -rf "$folder"
exit 1
