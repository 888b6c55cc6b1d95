#!/bin/bash
# Starts `rclone serve s3` on 127.0.0.1 over FOLDER/objects, where each folder is a bucket. Fast and checks signatures;
# knows no CORS, and keys only as far as a file system does.
#
#   start.sh PORT FOLDER      prints READY, the endpoint, the access key and the secret key; stop.sh FOLDER ends it
set -euo pipefail
port=${1:?port}
mkdir -p "${2:?folder}/objects" "$2/cache"
folder=$(cd "$2" && pwd)
rclone=${RCLONE:-$(cd "$(dirname "$0")/../../.." && pwd)/.venv/bin/rclone}
access=${ACCESS_KEY:-testkey}
secret=${SECRET_KEY:-testsecret}

"$rclone" serve s3 "$folder/objects" --config /dev/null --cache-dir "$folder/cache" --addr "127.0.0.1:$port" \
    --auth-key "$access,$secret" --vfs-cache-mode off --log-file "$folder/log" --log-level NOTICE \
    </dev/null >/dev/null 2>&1 &
pid=$!
echo "$pid" >"$folder/pid"
for _ in $(seq 1 200); do
    if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && kill -0 "$pid" 2>/dev/null; then
        echo "READY http://127.0.0.1:$port $access $secret"
        exit 0
    fi
    kill -0 "$pid" 2>/dev/null || break
    sleep 0.05
done
tail -n 5 "$folder/log" >&2
"$(dirname "$0")/stop.sh" "$folder"
exit 1
