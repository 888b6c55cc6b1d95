#!/bin/bash
# Ends the server of FOLDER, and only the process that its own pid file names.   stop.sh FOLDER
file=${1:?folder}/pid
[ -s "$file" ] || exit 0
pid=$(<"$file")
# A process that is dead but not yet reaped by its parent still answers kill -0.
alive() { grep -q '^State:[[:space:]]*[RSDTtI]' "/proc/$1/status" 2>/dev/null; }
kill "$pid" 2>/dev/null
for _ in $(seq 1 100); do
    alive "$pid" || break
    sleep 0.05
done
alive "$pid" && kill -KILL "$pid"
rm -f "$file"
exit 0
