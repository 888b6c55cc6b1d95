"""Measures what pictures cost. Prints tables; compare ratios, not seconds.

    bench_pictures.py EXECUTABLE [PHOTOS]      600 photos of 12 megapixels if not said otherwise

Each photo becomes a JPEG of 2048 pixels at most, quality 85, and a WebP of 400, quality 80, both without metadata: by this program, by vipsthumbnail
with the same options, by Pillow (one process, draft mode), and by ImageMagick (one process a picture, with jpeg:size). Who is not installed is left
out. They take turns over batches of photos, so that whatever else the machine does hits them alike; CPU is user and system time of the tool and its
children. A last table tells what a start costs that needs no pictures.
"""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

import numpy
from PIL import Image, ImageFilter

ROOT = pathlib.Path(__file__).resolve().parent.parent
BATCH = 30
PILLOW = """
import pathlib, sys
from PIL import Image, ImageOps
web, thumbs, *photos = sys.argv[1:]
for photo in photos:
    for folder, size, suffix, options in ((web, 2048, ".jpg", {"quality": 85, "optimize": True}), (thumbs, 400, ".webp", {"quality": 80})):
        with Image.open(photo) as image:
            image.draft("RGB", (size, size))
            image = ImageOps.exif_transpose(image)
            image.thumbnail((size, size), Image.Resampling.LANCZOS)
            image.save(pathlib.Path(folder) / (pathlib.Path(photo).stem + suffix), **options)
"""


def photo(path, seed):
    """4000 × 3000 pixels with a photo's mixture of smooth and busy, about 4 MB."""
    random = numpy.random.default_rng(seed)
    y, x = numpy.mgrid[0:3000, 0:4000].astype(numpy.float32)
    layers = [128 + 80 * numpy.sin(x / (300 + 40 * i + seed) + i) * numpy.cos(y / (260 + 30 * i)) for i in range(3)]
    image = numpy.dstack(layers) + random.normal(0, 9, (3000, 4000, 1)).astype(numpy.float32)
    for _ in range(300):
        left, top, side = random.integers(0, 3800), random.integers(0, 2800), random.integers(10, 200)
        image[top : top + side, left : left + side] += random.integers(-60, 60, 3)
    Image.fromarray(numpy.clip(image, 0, 255).astype(numpy.uint8)).filter(ImageFilter.GaussianBlur(0.6)).save(path, quality=92)


def tools(program):
    """Of each tool that is there: its name, and the commands for a batch."""

    def ours(photos, web, thumbs):
        return [
            [program, "image", "resize", "--max-size", "2048", "--quality", "85", "--metadata", "none", "--overwrite", *photos, f"{web}/"],
            [program, "image", "thumbnail", "--size", "400", "--as", "webp", "--quality", "80", "--overwrite", *photos, f"{thumbs}/"],
        ]

    def vips(photos, web, thumbs):
        return [
            ["vipsthumbnail", "--size", "2048x2048>", "-o", f"{web}/%s.jpg[Q=85,optimize-coding,strip]", *photos],
            ["vipsthumbnail", "--size", "400x400>", "-o", f"{thumbs}/%s.webp[Q=80,strip]", *photos],
        ]

    def pillow(photos, web, thumbs):
        return [[sys.executable, "-c", PILLOW, web, thumbs, *photos]]

    def magick(photos, web, thumbs):
        return [
            [convert, "-define", f"jpeg:size={2 * size}x{2 * size}", name, "-auto-orient", "-resize", f"{size}x{size}>", "-strip", "-quality", quality,
             f"{into}/{pathlib.Path(name).stem}.{suffix}"]
            for name in photos for into, size, quality, suffix in ((web, 2048, "85", "jpg"), (thumbs, 400, "80", "webp"))
        ]

    found = [("galleria-deploy", ours)]
    if shutil.which("vipsthumbnail"):
        found.append(("vipsthumbnail", vips))
    found.append(("Pillow", pillow))
    convert = next((c for c in ("/usr/bin/convert", "/usr/bin/magick") if os.access(c, os.X_OK)), None)
    if convert:
        found.append(("ImageMagick", magick))
    return found


def run(command, scratch):
    """CPU seconds, wall seconds and peak MiB of a command. A small process starts it: it would inherit this one's peak."""
    start, cost = time.monotonic(), scratch / "cost"
    measured = [sys.executable, "-B", str(ROOT / "Tests/Servers/measure.py"), str(cost), *command]
    subprocess.run(measured, stdout=subprocess.DEVNULL, env=os.environ | {"AWS_EC2_METADATA_DISABLED": "true"}, check=True)
    answer = json.loads(cost.read_text(encoding="utf-8"))
    return answer["cpuSeconds"], time.monotonic() - start, answer["peakKiB"] / 1024


def main():
    program = sys.argv[1]
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 600
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        distinct = min(count, 12)
        for i in range(distinct):
            photo(folder / f"distinct{i}.jpg", i)
        photos = []
        for i in range(count):
            name = folder / f"photo{i:04}.jpg"
            os.link(folder / f"distinct{i % distinct}.jpg", name)
            photos.append(str(name))
        size = sum((folder / f"distinct{i}.jpg").stat().st_size for i in range(distinct)) / distinct / 1e6
        print(f"{count} photos of 12 megapixels, {size:.1f} MB each, on {os.cpu_count()} processors\n")
        contestants = tools(program)
        totals = {name: [0.0, 0.0, 0.0] for name, _ in contestants}
        for number, first in enumerate(range(0, count, BATCH)):
            batch = photos[first : first + BATCH]
            turn = contestants[number % len(contestants) :] + contestants[: number % len(contestants)]
            for name, commands in turn:
                web, thumbs = folder / f"{name}-web", folder / f"{name}-thumbs"
                web.mkdir(exist_ok=True)
                thumbs.mkdir(exist_ok=True)
                for command in commands(batch, str(web), str(thumbs)):
                    cpu, wall, peak = run(command, folder)
                    total = totals[name]
                    total[0] += cpu
                    total[1] += wall
                    total[2] = max(total[2], peak)
        reference = totals.get("vipsthumbnail", totals["galleria-deploy"])[0]
        print("| tool | CPU s | of vipsthumbnail | photos/s | peak MiB | written MB |")
        print("|---|---|---|---|---|---|")
        for name, (cpu, wall, peak) in totals.items():
            written = sum(f.stat().st_size for kind in ("web", "thumbs") for f in (folder / f"{name}-{kind}").iterdir()) / 1e6
            print(f"| {name} | {cpu:.1f} | {cpu / reference:.2f} | {count / wall:.1f} | {peak:.0f} | {written:.0f} |")
        starts = [run([program, "--version"], folder) for _ in range(20)]
        print(f"\n--version: {1000 * sorted(s[0] for s in starts)[10]:.1f} ms of CPU, {max(s[2] for s in starts):.1f} MiB")


if __name__ == "__main__":
    main()
