#!/usr/bin/env python3
"""Checks that every relative link of the project's Markdown pages leads to a file, and every #fragment to a heading."""

import pathlib
import re
import sys
import urllib.parse

from pages import pages, report

LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^(```|~~~).*?^\1", re.M | re.S)


def anchors(page: pathlib.Path) -> set[str]:
    """The fragments that GitHub makes of a page's headings."""
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    headings = re.findall(r"^#+\s+(.*?)\s*#*$", text, re.M)
    return {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings}


def main() -> int:
    faults = []
    for name, page in pages():
        text = FENCE.sub("", page.read_text(encoding="utf-8"))
        for match in LINK.finditer(text):
            target = match[1] or match[2]
            if re.match(r"[a-z]+:", target):
                continue
            path, _, fragment = target.partition("#")
            file = (page.parent / urllib.parse.unquote(path)) if path else page
            if not file.exists():
                faults.append(f"{name}: {target} leads nowhere")
            elif fragment and file.suffix == ".md" and fragment not in anchors(file):
                faults.append(f"{name}: {target} names no heading")
    return report(faults)


if __name__ == "__main__":
    sys.exit(main())
