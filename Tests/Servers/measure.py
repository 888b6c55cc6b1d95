"""Runs a program and writes what it cost.   measure.py FILE PROGRAM [ARGUMENT …]

FILE gets the peak of resident memory in KiB and the seconds of CPU, as JSON. A process inherits the peak of the one
that starts it across exec (getrusage(2), ru_maxrss), so the program has to be started by a small process, not by the tests.
"""

import json
import os
import sys

pid = os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ)
_, status, usage = os.wait4(pid, 0)
with open(sys.argv[1], "w", encoding="utf-8") as file:
    json.dump({"peakKiB": usage.ru_maxrss, "cpuSeconds": usage.ru_utime + usage.ru_stime}, file)
code = os.waitstatus_to_exitcode(status)
if code < 0:
    os.kill(os.getpid(), -code)
sys.exit(code)
