"""Measures deploys against a local rclone server: the first, one with nothing to do, one with 1 % changed, one with every time renewed.

    bench.py EXECUTABLE [FILES [BYTES]]      4,000 files of 12,000 bytes if not said otherwise

CPU is user and system time of the client alone; wall time includes the server, which shares the machine. Compare ratios, not seconds.

Where a bench with a stand-in server and a floor lies beside the project (../shared/bench, or $GALLERIA_SHARED/bench), the program is compared with
that floor, too: a C program that does nothing but hash, sign and send.
"""

import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent


def fill(folder, files, size):
    source = random.Random(1)
    for number in range(files):
        path = folder / f"{number // 100:03}" / f"{number:05}.bin"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(source.randbytes(size))


def change(folder, files):
    """Gives one file in a hundred new bytes, keeping its size and time."""
    for number in range(0, files, 100):
        path = folder / f"{number // 100:03}" / f"{number:05}.bin"
        status = path.stat()
        with path.open("r+b") as file:
            first = file.read(1)
            file.seek(0)
            file.write(bytes([first[0] ^ 1]))
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def measure(command, environment):
    started = time.monotonic()
    pid = os.posix_spawn(command[0], command, environment)
    _, status, usage = os.wait4(pid, 0)
    return time.monotonic() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, os.waitstatus_to_exitcode(status)


COMPARISONS = [
    # Data set, latency in ms, the floor that fits, our options.
    ("A", 0, "floor", ""), ("A", 0, "floor", "--no-state"), ("B", 0, "floor", ""), ("C", 0, "floor", ""), ("A", 30, "floor-P128", "--jobs 128"),
]


def compare(program):
    """Runs the first deploy of each data set beside the floor, in pairs; the driver prints medians."""
    shared = pathlib.Path(os.environ.get("GALLERIA_SHARED", ROOT.parent / "shared")) / "bench"
    if not (shared / "bench.sh").exists():
        print("\nNo bench to compare with beside the project (../shared/bench).")
        return
    place = ROOT / ".build/bench"
    if not place.exists():
        shutil.copytree(shared, place)
    for goal in ["all"] + sorted({f"data-{data}" for data, *_ in COMPARISONS}):
        subprocess.run(["make", "-s", "-C", place, goal], check=True, stdout=subprocess.DEVNULL)
    # Peers take part once `make -C .build/bench peers` has fetched them.
    peers = [name for name, venv in (("rclone-sum", "venv-rclone"), ("s5cmd", "venv-s5")) if (place / venv).exists()]
    for folder in ("logs", "t"):
        (place / folder).mkdir(exist_ok=True)
    for data, latency, floor, options in COMPARISONS:
        ours = f"galleria=X=1 {program} {{SRC}} s3://{{BUCKET}} --endpoint-url {{ENDPOINT}} --no-cors-check -q {options}"
        print(f"\n{options}", flush=True)
        subprocess.run([place / "bench.sh", "-d", data, "-s", "first", "-l", str(latency), "-r", "3", "-c", ",".join([floor] + peers), "--cmd", ours], check=True)


def main():
    program = os.path.abspath(sys.argv[1])
    files = int(sys.argv[2]) if len(sys.argv) > 2 else 4000
    size = int(sys.argv[3]) if len(sys.argv) > 3 else 12000
    folder = pathlib.Path(tempfile.mkdtemp(prefix="galleria-bench-"))
    server = subprocess.Popen(
        [ROOT / "Tests/Servers/serve.sh", "rclone", folder / "server"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        _, endpoint, access, secret = server.stdout.readline().split()
        (folder / "server/objects/bench").mkdir()
        fill(folder / "gallery", files, size)
        environment = {
            "PATH": "/usr/bin:/bin", "HOME": str(folder), "AWS_ENDPOINT_URL_S3": endpoint, "AWS_ACCESS_KEY_ID": access,
            "AWS_SECRET_ACCESS_KEY": secret, "AWS_REGION": "us-east-1",
        }
        command = [program, "-q", "--no-cors-check", str(folder / "gallery"), "s3://bench"]
        print(f"{files:,} files of {size:,} bytes\n\n{'':<24}{'wall s':>8}{'CPU s':>8}{'peak MiB':>10}")
        steps = [
            ("first", None), ("nothing to do", None), ("1 % changed", lambda: change(folder / "gallery", files)),
            ("every time renewed", lambda: [path.touch() for path in (folder / "gallery").rglob("*.bin")]),
        ]
        for name, prepare in steps:
            if prepare:
                prepare()
            wall, cpu, peak, status = measure(command, environment)
            print(f"{name:<24}{wall:>8.2f}{cpu:>8.2f}{peak:>10.0f}" + (f"   exit {status}" if status else ""), flush=True)
    finally:
        server.stdin.close()
        server.wait()
        shutil.rmtree(folder)
    compare(program)


if __name__ == "__main__":
    main()
