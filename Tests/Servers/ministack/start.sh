#!/bin/bash
# Starts MiniStack on 127.0.0.1. Starts at once, knows CORS with preflight, conditional writes, encryption, tags and a
# website; checks signatures (of an IAM user: the root key is not checked), but no payload hashes.
#
#   start.sh PORT FOLDER      prints READY, the endpoint, the access key and the secret key; stop.sh FOLDER ends it
#
#   PERSIST=1                 buckets stay in FOLDER from one start to the next
set -euo pipefail
port=${1:?port}
mkdir -p "${2:?folder}/tmp"
folder=$(cd "$2" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
venv=$(cd "$here/../../.." && pwd)/.venv

cd "$folder"
env -i PATH="$PATH" HOME="$folder" LANG=C.UTF-8 PYTHONDONTWRITEBYTECODE=1 TMPDIR="$folder/tmp" \
    AWS_ACCESS_KEY_ID=root AWS_SECRET_ACCESS_KEY=root AUTH=true SERVICES=s3,iam,sts \
    BIND_HOST=127.0.0.1 GATEWAY_PORT="$port" MINISTACK_HOST=localhost LOG_LEVEL=WARNING \
    S3_PERSIST="${PERSIST:-0}" S3_DATA_DIR="$folder/s3" PERSIST_STATE="${PERSIST:-0}" STATE_DIR="$folder/state" \
    DOCKER_HOST=unix:///nonexistent.sock \
    "$venv/bin/python" "$venv/bin/ministack" </dev/null >"$folder/log" 2>&1 &
pid=$!
echo "$pid" >"$folder/pid"
for _ in $(seq 1 400); do
    if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && kill -0 "$pid" 2>/dev/null; then
        keys=$("$venv/bin/python" "$here/user.py" "http://127.0.0.1:$port") || break
        echo "READY http://127.0.0.1:$port $keys"
        exit 0
    fi
    kill -0 "$pid" 2>/dev/null || break
    sleep 0.05
done
tail -n 5 "$folder/log" >&2
"$here/stop.sh" "$folder"
exit 1
