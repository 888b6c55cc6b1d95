"""Measures what a deploy costs. Prints tables; compare ratios, not seconds.

    bench.py EXECUTABLE [FILES [BYTES]]      4,000 files of 12,000 bytes if not said otherwise

1. Against a local rclone server: the first deploy, one with nothing to do, one with 1 % changed, one with every time renewed; the first with the
   peers that are installed (rclone comes with the tests; s5cmd where it is in PATH).
2. The same through a local TLS terminator, small files and large: what TLS costs the client.
3. Where a bench with a stand-in server and a floor lies beside the project (../shared/bench, or $GALLERIA_SHARED/bench): the jobs that
   docs/speed.md tells of, beside that floor, a C program that does nothing but hash, sign and send, and beside the peers that
   `make -C .build/bench peers` has fetched. Where there is none, it says so.

Every time renewed and no state (a fresh checkout) is compared with reading each file once and computing its SHA-256 and MD5 (hashfloor.c).

CPU is user and system time of the client alone; wall time includes the server, which shares the machine.
"""

import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile

import bench_floor
import bench_parts as parts

RUNS = 3


def rclone_peer(program, environment, source, bucket):
    """The command and the environment of an rclone that sends the same."""
    settings = {"TYPE": "s3", "PROVIDER": "Other", "ENDPOINT": environment["AWS_ENDPOINT_URL_S3"], "ACCESS_KEY_ID": environment["AWS_ACCESS_KEY_ID"],
                "SECRET_ACCESS_KEY": environment["AWS_SECRET_ACCESS_KEY"], "REGION": "us-east-1"}
    command = [program, "sync", source, f"to:{bucket}", "-q", "--transfers", "32", "--checkers", "32", "--checksum", "--s3-no-check-bucket", "--s3-no-head"]
    return command, environment | {f"RCLONE_CONFIG_TO_{name}": value for name, value in settings.items()}


def peers(environment, source):
    """Name, command and environment of each peer that is there; each has a bucket of its own."""
    found = []
    rclone = shutil.which("rclone") or shutil.which(str(parts.ROOT / ".venv/bin/rclone"))
    if rclone:
        found.append(("rclone", *rclone_peer(rclone, environment, str(source), "by-rclone")))
    if s5cmd := shutil.which("s5cmd"):
        command = [s5cmd, "--endpoint-url", environment["AWS_ENDPOINT_URL_S3"], "--log", "error", "sync", f"{source}/", "s3://by-s5cmd/"]
        found.append(("s5cmd", command, environment))
    return found


def steps(command, environment, folder, files, size):
    print(f"{files:,} files of {size:,} bytes, a local rclone server\n\n{'':<24}{'wall s':>8}{'CPU s':>8}{'peak MiB':>10}")
    for name, prepare in [
        ("first", None), ("nothing to do", None), ("1 % changed", lambda: parts.change(folder / "gallery", files)),
        ("every time renewed", lambda: [path.touch() for path in (folder / "gallery").rglob("*.bin")]),
    ]:
        if prepare:
            prepare()
        parts.row(name, parts.measure(command, environment))
    for name, peer, surroundings in peers(environment, folder / "gallery"):
        parts.row(f"first, by {name}", parts.measure(peer, surroundings))


def compare_hashing(command, environment, folder):
    """Runs a deploy that has nothing but the files and the listing beside a program that reads and hashes the files, in pairs."""
    compiler = next((name for name in ("cc", "clang", "gcc") if shutil.which(name)), None)
    floor = [str(folder / "hashfloor"), str(folder / "gallery")]
    if not compiler or subprocess.run([compiler, "-O2", "-o", floor[0], parts.ROOT / "Scripts/hashfloor.c", "-lcrypto"], stderr=subprocess.DEVNULL).returncode:
        print("\nNo C compiler, or no OpenSSL for it: what a fresh checkout costs is not compared with hashing alone.")
        return
    ratios = []
    for _ in range(RUNS):
        # Once for the page cache, which neither shall fill for the other.
        parts.measure(floor, environment)
        ours, theirs = parts.measure(command + ["--no-state"], environment), parts.measure(floor, environment)
        ratios.append(ours.cpu / theirs.cpu)
        parts.row("renewed, no state", ours)
        parts.row("read, SHA-256, MD5", theirs)
    print(f"{'ratio':<32}{statistics.median(ratios):>8.2f} (at most 1.3 for 20,000 files)", flush=True)


def compare_tls(program, environment, folder):
    """Runs the same first deploys plain and over TLS, in pairs."""
    if not shutil.which("openssl"):
        print("\nNo openssl to make a certificate with: nothing is measured over TLS.")
        return
    print(f"\n{'over TLS, ' + str(RUNS) + ' pairs, medians':<40}{'plain CPU s':>12}{'TLS CPU s':>12}{'ratio':>8}")
    with parts.Terminator(environment["AWS_ENDPOINT_URL_S3"], folder) as terminator:
        secure = environment | {"AWS_ENDPOINT_URL_S3": terminator.endpoint, "AWS_CA_BUNDLE": terminator.certificate}
        parts.fill(folder / "large", 60, 4 << 20)
        for name, source in (("small files", "gallery"), ("60 files of 4 MiB", "large")):
            cpu = {"plain": [], "TLS": []}
            for run in range(RUNS):
                for kind, surroundings in (("plain", environment), ("TLS", secure)):
                    bucket = f"{kind.lower()}-{source}-{run}"
                    cost = parts.measure([program, "-q", "--no-cors-check", "--no-state", str(folder / source), f"s3://{bucket}"], surroundings)
                    if cost.status:
                        sys.exit(f"{kind}: exit {cost.status}")
                    cpu[kind].append(cost.cpu)
            plain, tls = (statistics.median(cpu[kind]) for kind in ("plain", "TLS"))
            print(f"{name:<40}{plain:>12.2f}{tls:>12.2f}{tls / plain:>8.2f}", flush=True)


def main():
    program = os.path.abspath(sys.argv[1])
    files = int(sys.argv[2]) if len(sys.argv) > 2 else 4000
    size = int(sys.argv[3]) if len(sys.argv) > 3 else 12000
    folder = pathlib.Path(tempfile.mkdtemp(prefix="galleria-bench-"))
    server = subprocess.Popen(
        [parts.ROOT / "Tests/Servers/serve.sh", "rclone", folder / "server"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        _, endpoint, access, secret = server.stdout.readline().split()
        # All buckets before the first question: the server remembers which there are.
        for bucket in ["bench", "by-rclone", "by-s5cmd"] + [f"{kind}-{source}-{run}" for kind in ("plain", "tls") for source in ("gallery", "large") for run in range(RUNS)]:
            (folder / "server/objects" / bucket).mkdir()
        parts.fill(folder / "gallery", files, size)
        environment = {
            "PATH": "/usr/bin:/bin", "HOME": str(folder), "AWS_ENDPOINT_URL_S3": endpoint, "AWS_ACCESS_KEY_ID": access,
            "AWS_SECRET_ACCESS_KEY": secret, "AWS_REGION": "us-east-1", "AWS_EC2_METADATA_DISABLED": "true",
        }
        command = [program, "-q", "--no-cors-check", str(folder / "gallery"), "s3://bench"]
        steps(command, environment, folder, files, size)
        compare_hashing(command, environment, folder)
        compare_tls(program, environment, folder)
    finally:
        server.stdin.close()
        server.wait()
        shutil.rmtree(folder)
    bench_floor.compare(program)


if __name__ == "__main__":
    main()
