"""Runs deploys beside a floor, in pairs, where a bench with one lies beside the project, and says how they compare with what is asked."""

import hashlib
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import time

from bench_parts import ROOT, measure

# What it is, data set, scenario of the driver, latency in ms, the floor that fits, our options, what is compared, and the most that it may be of the
# floor's.
COMPARISONS = [
    ("20,000 files of 12 KB", "A", "first", 0, "floor", "", "cpu", 1.6),
    ("the same, --no-state", "A", "first", 0, "floor", "--no-state", "cpu", 1.6),
    ("600 photos of 4 MB", "B", "first", 0, "floor", "", "cpu", 1.3),
    ("one file of 2 GB", "C", "first", 0, "floor", "", "cpu and a pass of SHA-256", 1.3),
    ("20,000 files at 30 ms, --jobs 128", "A", "first", 30, "floor-P128", "--jobs 128", "wall", 1.2),
    ("20,000 files at 30 ms, --jobs auto", "A", "first", 30, "floor-P128", "", "wall", None),
    # Warm state, nothing to do: as many listings as pages, and no other request.
    ("200,000 unchanged files of 1 KB", "D", "noop", 0, "floor", "", "cpu", 3),
    ("the same at 30 ms (at most 2.5 s)", "D", "noop", 30, "floor-P", "", "wall", None),
    ("20,000 unchanged files of 12 KB", "A", "noop", 0, "floor", "", "cpu and process start", 3),
]
MOST_MEMORY = {("A", "first"): 40, ("C", "first"): 64, ("D", "noop"): 64}
MOST_REQUESTS = {("A", "noop"): 20, ("D", "noop"): 200}
PEERS = {"rclone-sum": "venv-rclone", "s5cmd": "venv-s5", "aws": "venv-aws"}


def sha256_seconds(size):
    """What a pass of SHA-256 over so many bytes takes on this machine."""
    block = bytes(64 << 20)
    least = float("inf")
    for _ in range(3):
        started = time.process_time()
        hashlib.sha256(block).digest()
        least = min(least, time.process_time() - started)
    return least * size / len(block)


def bench_folder():
    """A copy of the bench, built; None where there is none."""
    shared = pathlib.Path(os.environ.get("GALLERIA_SHARED", ROOT.parent / "shared")) / "bench"
    if not (shared / "bench.sh").exists():
        return None
    place = ROOT / ".build/bench"
    if not place.exists():
        shutil.copytree(shared, place)
    for goal in ["all"] + sorted({f"data-{data}" for _, data, *_ in COMPARISONS}):
        subprocess.run(["make", "-s", "-C", place, goal], check=True, stdout=subprocess.DEVNULL)
    for folder in ("logs", "t"):
        (place / folder).mkdir(exist_ok=True)
    return place


def start_seconds(program):
    """What it costs to start the program."""
    return min(measure([str(program), "--version"], {"PATH": "/usr/bin:/bin"}, is_quiet=True).cpu for _ in range(5))


def verdict(rows, job, floor, what, most, start):
    def median(client, value):
        return statistics.median(value(row) for row in rows if row["client"] == client)

    def value(row):
        return row["wall"] if what == "wall" else row["user"] + row["sys"]

    base = median(floor, value) + (sha256_seconds(2 << 30) if "SHA-256" in what else 0)
    ours = median("galleria", value) - (start if "start" in what else 0)
    text = f"{what}: {ours:.2f} s of {base:.2f} s, {ours / base:.2f} times the floor" + (f" (at most {most})" if most else "")
    if job in MOST_MEMORY:
        text += f"; {median('galleria', lambda row: row['rss_mb']):.0f} MB (at most {MOST_MEMORY[job]})"
    if job in MOST_REQUESTS:
        text += f"; {median('galleria', lambda row: row['requests']):.0f} requests (exactly {MOST_REQUESTS[job]})"
    return text


def compare(program):
    """Runs all comparisons; the driver of the bench prints its own tables, each is followed by a verdict."""
    place = bench_folder()
    if place is None:
        print("\nNo bench with a floor lies beside the project (../shared/bench): there is nothing to say how near to it a deploy comes.")
        return
    peers = [name for name, folder in PEERS.items() if (place / folder).exists()]
    print(f"\nPeers beside the floor: {', '.join(peers) or 'none; `make -C .build/bench peers` fetches them'}")
    results = place / "galleria.jsonl"
    start = start_seconds(program)
    for name, data, scenario, latency, floor, options, what, most in COMPARISONS:
        results.unlink(missing_ok=True)
        # A first deploy begins without a state each time; the driver's shell is another one for each run.
        setting = f"XDG_STATE_HOME={place}/t/state.$$" if scenario == "first" else "X=1"
        ours = f"galleria={setting} {program} {{SRC}} s3://{{BUCKET}} --endpoint-url {{ENDPOINT}} --no-cors-check -q {options}"
        print(f"\n{name}", flush=True)
        subprocess.run(
            [place / "bench.sh", "-d", data, "-s", scenario, "-l", str(latency), "-r", "3", "-o", results, "-c", ",".join([floor] + peers), "--cmd", ours],
            check=True)
        for state in (place / "t").glob("state.*"):
            shutil.rmtree(state)
        print(verdict([json.loads(line) for line in results.open()], (data, scenario), floor, what, most, start), flush=True)
