#!/usr/bin/env python3
"""Makes the example gallery: photos, thumbnails and pages, as a gallery generator would leave them.

    make.py [FOLDER]      writes gallery/ and originals/ below FOLDER, here if none is given

The same bytes come out on every machine: only Python's standard library is used, nothing reads the clock, and a test compares
them with what is committed.
"""

import concurrent.futures
import json
import math
import pathlib
import sys

from studio import exif, jpeg, landscape, pages, png, webp
from studio.photos import PHOTOS


def logo():
    """A compass rose: indices into a palette of four colours, the first transparent."""
    size, middle = 96, 47.5
    rows = []
    for y in range(size):
        row = []
        for x in range(size):
            dx, dy = x - middle, y - middle
            away = math.sqrt(dx * dx + dy * dy)
            a, b = abs(dx), abs(dy)
            long, short = max(a, b), min(a, b)
            if 43 < away < 47:
                row.append(1)
            elif long < 40 and short < (40 - long) * 0.28:
                upright = b > a
                row.append(2 if (dy < 0 if upright else False) else 1 if (dx * dy < 0) == upright else 3)
            else:
                row.append(0)
        rows.append(row)
    return png.encode(rows, [(0, 0, 0), (38, 62, 92), (200, 62, 50), (120, 150, 182)])


def write(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))


def develop(photo):
    """A photo's JPEG and its thumbnail's WebP."""
    width, height = photo["size"]
    rows = landscape.picture(photo["scene"], width, height)
    if "taken" in photo:
        thumbnail = jpeg.encode(landscape.shrink(rows, 8), 70) if photo.get("thumbnail") else None
        segments = [(0xE1, exif.block(photo, width, height, thumbnail))]
    else:
        segments = [(0xE0, b"JFIF\0\1\2\1\0\x48\0\x48\0\0"), (0xFE, b"scanned by hand")]
    return jpeg.encode(rows, segments=segments), webp.encode(landscape.shrink(rows, 3 if height < 300 else 4))


def main():
    folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent)
    gallery = folder / "gallery"
    album = []
    with concurrent.futures.ProcessPoolExecutor() as pool:
        for photo, (data, small) in zip(PHOTOS, pool.map(develop, PHOTOS)):
            path = gallery / "photos" / photo["name"]
            if photo.get("original"):
                # Generators link to originals instead of copying them.
                write(folder / "originals" / photo["name"], data)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.unlink(missing_ok=True)
                path.symlink_to(f"../../originals/{photo['name']}")
            else:
                write(path, data)
            thumb = f"thumbs/{path.stem}.webp"
            write(gallery / thumb, small)
            album.append({
                "title": photo.get("title", path.stem), "photo": f"photos/{photo['name']}", "thumb": thumb,
                "width": photo["size"][0], "height": photo["size"][1],
            })
    write(gallery / "assets" / "compass.png", logo())
    write(gallery / "assets" / "style.css", pages.STYLE)
    write(gallery / "gallery.json", json.dumps({"title": pages.TITLE, "photos": album}, ensure_ascii=False, indent=1) + "\n")
    write(gallery / "index.html", pages.index(album))
    write(gallery / "about.html", pages.about())
    # A generator's own memory: hidden, so never published.
    write(gallery / ".generator-cache", "nothing to see here\n")


if __name__ == "__main__":
    main()
