#!/bin/bash
# Ends the cluster of FOLDER, and only the processes that its own pid files name, the gateway first.   stop.sh FOLDER
folder=${1:?folder}
# A process that is dead but not yet reaped by its parent still answers kill -0.
alive() { grep -q '^State:[[:space:]]*[RSDTtI]' "/proc/$1/status" 2>/dev/null; }
for role in client osd mon; do
    file=$folder/$role.pid
    [ -s "$file" ] || continue
    pid=$(<"$file")
    # The store is memory: there is nothing that a slow farewell could save.
    kill -KILL "$pid" 2>/dev/null
    while alive "$pid"; do sleep 0.02; done
    rm -f "$file"
done
exit 0
