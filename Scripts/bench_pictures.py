"""Measures what pictures cost. Prints tables; compare ratios, not seconds.

    bench_pictures.py EXECUTABLE [PHOTOS]      600 photos of 12 megapixels if not said otherwise

Each photo becomes a JPEG of 2048 pixels at most, quality 85, and a WebP of 400, quality 80, both without metadata: by this program, by vipsthumbnail
with the same options, by Pillow (one process, draft mode), and by ImageMagick (one process a picture, with jpeg:size; the first 60 photos only, because it
takes over a second for each). Who is not installed is left out. They take turns over batches of photos, so that whatever else the machine does hits
them alike; CPU is user and system time of the tool and its children. The ratio is the middle one of the batches', with the smallest and the largest: what
hits a single batch says nothing of the tools. A line tells what a start costs that needs no pictures.

A last table is of deploys of 200 such photos, each another one, to a local rclone server: the photos alone, the same two pictures of photos that are
there already, and nothing to do; beside it vipsthumbnail, once more.
"""

import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import numpy
from PIL import Image, ImageFilter

ROOT = pathlib.Path(__file__).resolve().parent.parent
BATCH = 30
MAGICK_PHOTOS = 60
DEPLOYED_PHOTOS = 200
SETTINGS = """
source: gallery
destination: s3://pictures
endpoint-url: {endpoint}
cors: off
derivatives:
  - {{key: "web/{{stem}}.jpg", size: 2048, quality: 85}}
  - {{key: "thumbs/{{stem}}.webp", size: 400, quality: 80}}
"""
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


def run(command, scratch, environment=None, output=subprocess.DEVNULL):
    """CPU seconds, wall seconds and peak MiB of a command. A small process starts it: it would inherit this one's peak."""
    start, cost = time.monotonic(), scratch / "cost"
    measured = [sys.executable, "-B", str(ROOT / "Tests/Servers/measure.py"), str(cost), *command]
    subprocess.run(measured, stdout=output, env=environment or os.environ | {"AWS_EC2_METADATA_DISABLED": "true"}, check=True, cwd=scratch)
    answer = json.loads(cost.read_text(encoding="utf-8"))
    return answer["cpuSeconds"], time.monotonic() - start, answer["peakKiB"] / 1024


def deploys(program, folder, photos):
    """Deploys photos, then their pictures, then nothing, to a local server."""
    (folder / "gallery").mkdir()
    names = []
    for number, name in enumerate(photos):
        # A comment (ITU-T T.81 B.2.4.5) makes another photo of the same pixels.
        whole, comment = pathlib.Path(name).read_bytes(), f"{number:08}".encode()
        names.append(folder / "gallery" / f"{number:04}.jpg")
        names[-1].write_bytes(whole[:2] + b"\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment + whole[2:])
    server = subprocess.Popen(
        [ROOT / "Tests/Servers/serve.sh", "rclone", folder / "server"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        _, endpoint, access, secret = server.stdout.readline().split()
        (folder / "server/objects/pictures").mkdir()
        (folder / "galleria-deploy.yml").write_text(SETTINGS.format(endpoint=endpoint), encoding="utf-8")
        environment = {
            "PATH": "/usr/bin:/bin", "HOME": str(folder), "AWS_ACCESS_KEY_ID": access, "AWS_SECRET_ACCESS_KEY": secret, "AWS_REGION": "us-east-1",
            "AWS_EC2_METADATA_DISABLED": "true",
        }
        print(f"\n| deploy of {len(names)} photos | CPU s | peak MiB | sent | pictures made | kept | failed |\n|---|---|---|---|---|---|---|")
        costs = []
        for title, options in (("the photos alone", ["--no-derivatives"]), ("their pictures", []), ("nothing to do", [])):
            with open(folder / "report.json", "w", encoding="utf-8") as output:
                cpu, _, peak = run([program, "deploy", "-q", "--format", "json", *options], folder, environment, output)
            totals = json.loads((folder / "report.json").read_text(encoding="utf-8"))["targets"][0]["totals"]
            counts = [totals[name] for name in ("uploaded_files", "pictures_made", "pictures_kept", "pictures_failed")]
            print(f"| {title} | {cpu:.2f} | {peak:.0f} | {' | '.join(map(str, counts))} |", flush=True)
            costs.append(cpu)
        commands = dict(tools(program)).get("vipsthumbnail")
        if commands:
            for into in ("again-web", "again-thumbs"):
                (folder / into).mkdir()
            measured = [run(command, folder) for command in commands([str(n) for n in names], str(folder / "again-web"), str(folder / "again-thumbs"))]
            cpu = sum(cost[0] for cost in measured)
            print(f"| vipsthumbnail | {cpu:.2f} | {max(cost[2] for cost in measured):.0f} | | | | |\n\npictures sent, of vipsthumbnail: {costs[1] / cpu:.2f}")
    finally:
        server.stdin.close()
        server.wait()


def main():
    program = os.path.abspath(sys.argv[1])
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
        # Of each tool: CPU and wall seconds and the photos of each batch; the highest peak.
        batches = {name: [] for name, _ in contestants}
        peaks = dict.fromkeys(batches, 0.0)
        for number, first in enumerate(range(0, count, BATCH)):
            batch = photos[first : first + BATCH]
            there = [c for c in contestants if c[0] != "ImageMagick" or first < MAGICK_PHOTOS]
            for name, commands in there[number % len(there) :] + there[: number % len(there)]:
                web, thumbs = folder / f"{name}-web", folder / f"{name}-thumbs"
                web.mkdir(exist_ok=True)
                thumbs.mkdir(exist_ok=True)
                costs = [run(command, folder) for command in commands(batch, str(web), str(thumbs))]
                batches[name].append((sum(c[0] for c in costs), sum(c[1] for c in costs), len(batch)))
                peaks[name] = max(peaks[name], *(c[2] for c in costs))
        reference = batches.get("vipsthumbnail", batches["galleria-deploy"])
        print("| tool | photos | CPU s a photo | of vipsthumbnail | photos/s | peak MiB | kB a photo |")
        print("|---|---|---|---|---|---|---|")
        for name, rows in batches.items():
            done = sum(row[2] for row in rows)
            ratios = sorted(row[0] / other[0] for row, other in zip(rows, reference))
            spread = f"{statistics.median(ratios):.2f} ({ratios[0]:.2f}–{ratios[-1]:.2f})"
            written = sum(f.stat().st_size for kind in ("web", "thumbs") for f in (folder / f"{name}-{kind}").iterdir()) / 1e3
            cpu, wall = sum(row[0] for row in rows), sum(row[1] for row in rows)
            print(f"| {name} | {done} | {cpu / done:.3f} | {spread} | {done / wall:.1f} | {peaks[name]:.0f} | {written / done:.0f} |")
        starts = [run([program, "--version"], folder) for _ in range(20)]
        print(f"\n--version: {1000 * sorted(s[0] for s in starts)[10]:.1f} ms of CPU, {max(s[2] for s in starts):.1f} MiB")
        deploys(program, folder, photos[:DEPLOYED_PHOTOS])


if __name__ == "__main__":
    main()
