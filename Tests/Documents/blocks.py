"""The fenced blocks of a Markdown page, by the words after their fence."""

import pathlib
import re

FENCE = re.compile(r"^```([^\n`]*)\n(.*?)^```$", re.M | re.S)


def blocks(page: pathlib.Path) -> list[tuple[list[str], str]]:
    """Each block's words (the language first) and its text, in order."""
    return [(match[1].split(), match[2]) for match in FENCE.finditer(page.read_text(encoding="utf-8"))]


def only(page: pathlib.Path, *words: str) -> str:
    """The text of the one block with these words."""
    found = [text for tags, text in blocks(page) if tags == list(words)]
    if len(found) != 1:
        raise SystemExit(f"{page}: {len(found)} blocks are tagged {' '.join(words)!r}")
    return found[0]
