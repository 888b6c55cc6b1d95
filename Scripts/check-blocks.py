#!/usr/bin/env python3
"""Checks that every fenced block of the Markdown pages says what it is, and those of the pages that tests run, who runs it."""

import re
import sys

from pages import ROOT, pages, report

sys.path.insert(0, str(ROOT / "Tests/Documents"))

from blocks import FENCE, blocks  # noqa: E402

# What Tests/Documents/ci.py and tutorial.py understand.
RUN = {
    "docs/ci.md": re.compile(r"yaml galleria-deploy\.yml|yaml (github|gitlab|woodpecker) [a-z]+|json (github|gitlab) trust"),
    "docs/tutorial.md": re.compile(r"sh|text"),
}


def main() -> int:
    faults = []
    for name, page in pages():
        text = page.read_text(encoding="utf-8")
        if len(re.findall(r"^```", text, re.M)) != 2 * len(FENCE.findall(text)) or re.search(r"^~~~", text, re.M):
            faults.append(f"{name}: a fence is not closed, or of another kind than ```")
        for words, body in blocks(page):
            where = f"{name}, the block “{body.strip().splitlines()[0] if body.strip() else ''}”"
            if not words:
                faults.append(f"{where}: untagged; say after the fence what it is")
            elif name in RUN and not RUN[name].fullmatch(" ".join(words)):
                faults.append(f"{where}: no test runs a block tagged {' '.join(words)!r}")
    return report(faults)


if __name__ == "__main__":
    sys.exit(main())
