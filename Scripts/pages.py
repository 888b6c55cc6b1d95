"""The project's Markdown pages, for the checks of `make lint`."""

import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent


def pages() -> list[tuple[str, pathlib.Path]]:
    """The name from the root on, and the path, of each page that is or would be committed."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [(name, ROOT / name) for name in listed.stdout.splitlines()]


def report(faults: list[str]) -> int:
    """Prints the faults, and answers the exit status."""
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0
