#!/usr/bin/env python3
"""Pictures for the tests, made and judged by Pillow, which shares no code with libvips but the codecs below both.

    pictures.py make FOLDER     draws one of each kind
    pictures.py facts FILE...   what Pillow says of each, as JSON
    pictures.py judge FILE      reads a list of {"original", "made", "fill", "background"} as JSON, and says of each how alike they
                                are: the size, the mode, PSNR in dB and SSIM
"""

import io
import json
import pathlib
import struct
import sys
import zlib

import numpy
from PIL import Image, ImageCms, ImageDraw, ImageOps

Image.MAX_IMAGE_PIXELS = None
SRGB = ImageCms.createProfile("sRGB")


def scene(width, height):
    """Smooth colours, edges and text-like detail."""
    y, x = numpy.mgrid[0:height, 0:width].astype(float)
    red = (numpy.sin(x / 17) + 1) * 100 + y / height * 50
    green = (numpy.cos(y / 23) + 1) * 90 + x / width * 60
    blue = (numpy.sin((x + y) / 31) + 1) * 80 + 40
    image = Image.fromarray(numpy.clip(numpy.dstack([red, green, blue]), 0, 255).astype("uint8"))
    draw = ImageDraw.Draw(image)
    draw.rectangle([width // 32, height // 24, width // 5, height // 5], fill=(255, 0, 0))
    draw.ellipse([width * 5 // 8, height * 5 // 8, width * 15 // 16, height * 11 // 12], fill=(0, 0, 255))
    return image


def exif(image, orientation=None, full=False):
    data = image.getexif()
    if orientation:
        data[0x0112] = orientation
    if full:
        data[0x010F] = "Maker"
        data[0x013B] = "Ann Ártist"
        data[0x8298] = "(c) Ann (all, ASCII, rights)"
        sub = data.get_ifd(0x8769)
        sub[0x9003] = "2024:06:15 10:30:45"
        sub[0x9011] = "+02:00"
        sub[0x9291] = "12"
        gps = data.get_ifd(0x8825)
        gps[1] = "N"
        gps[2] = (59.0, 20.0, 3.0)
    return data.tobytes()


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width, height, interlaced=False, rows=b""):
    """A PNG whose header may promise more than there is."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 1 if interlaced else 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def wide_gamut():
    """A profile of primaries that sRGB has not: red and green changed over, which nobody can overlook."""
    profile = bytearray(ImageCms.ImageCmsProfile(SRGB).tobytes())
    count = struct.unpack(">I", profile[128:132])[0]
    tags = {}
    for i in range(count):
        name, offset, size = struct.unpack(">4sII", profile[132 + 12 * i : 144 + 12 * i])
        tags[name] = (132 + 12 * i, offset, size)
    (red, *_), (green, *_) = tags[b"rXYZ"], tags[b"gXYZ"]
    profile[red : red + 4], profile[green : green + 4] = b"gXYZ", b"rXYZ"
    return bytes(profile)


def strange_inks():
    """A profile of a printing press (ICC.1:2001-04) that has cyan and yellow changed over, which nobody can overlook: a table of 9 grid points for each ink
    (§6.5.9, lut8Type) that leads to Lab of D50 (§6.3.4.2), read perceptually and relative to the paper."""
    inks = numpy.stack(numpy.meshgrid(*[numpy.linspace(0, 1, 9)] * 4, indexing="ij"), -1).reshape(-1, 4)
    light = (1 - inks[:, [2, 1, 0]]) * (1 - inks[:, 3:])
    linear = numpy.where(light <= 0.04045, light / 12.92, ((light + 0.055) / 1.055) ** 2.4)
    # sRGB's primaries adapted to D50, over its white.
    xyz = linear @ numpy.array([[0.4361, 0.2225, 0.0139], [0.3851, 0.7169, 0.0971], [0.1431, 0.0606, 0.7141]]) / (0.9643, 1, 0.8251)
    x, y, z = numpy.where(xyz > 216 / 24389, numpy.cbrt(xyz), (24389 / 27 * xyz + 16) / 116).T
    lab = numpy.stack([(116 * y - 16) * 2.55, 500 * (x - y) + 128, 200 * (y - z) + 128], -1)
    line = bytes(range(256))
    table = b"mft1\0\0\0\0" + bytes([4, 3, 9, 0]) + struct.pack(">9i", *[65536 * (i % 4 == 0) for i in range(9)])
    table += line * 4 + numpy.clip(lab.round(), 0, 255).astype("uint8").tobytes() + line * 3
    name = b"Strange inks\0"
    contents = {
        b"desc": b"desc\0\0\0\0" + struct.pack(">I", len(name)) + name + bytes(78), b"cprt": b"text\0\0\0\0CC0\0",
        b"wtpt": b"XYZ \0\0\0\0" + struct.pack(">3i", 0xF6D6, 0x10000, 0xD32D), b"A2B0": table,
    }
    tags, body, start = [], b"", 128 + 4 + 12 * 5
    for tag, content in contents.items():
        for named in (tag, b"A2B1") if tag == b"A2B0" else (tag,):
            tags.append(named + struct.pack(">II", start + len(body), len(content)))
        body += content + bytes(-len(content) % 4)
    head = struct.pack(">I4sI4s4s4s12s4s", start + len(body), b"\0\0\0\0", 0x02400000, b"prtr", b"CMYK", b"Lab ", bytes(12), b"acsp")
    head += bytes(28) + struct.pack(">3i", 0xF6D6, 0x10000, 0xD32D) + bytes(48)
    return head + struct.pack(">I", len(tags)) + b"".join(tags) + body


def make(folder):
    folder.mkdir(parents=True, exist_ok=True)

    def save(image, name, **options):
        image.save(folder / name, **options)

    colours = scene(640, 480)
    grey = colours.convert("L")
    save(colours, "colours.jpg", quality=95)
    save(colours, "progressive.jpg", quality=95, progressive=True)
    save(colours, "colours.png")
    save(colours, "colours.webp", quality=95)
    save(colours, "lossless.webp", lossless=True)
    save(colours, "colours.avif", quality=95)
    save(colours, "colours.tif")
    save(grey, "grey.jpg", quality=95)
    save(grey, "grey.png")
    save(grey.convert("1"), "bits.png")
    save(colours.convert("P", palette=Image.Palette.ADAPTIVE), "palette.png")
    save(colours.convert("P", palette=Image.Palette.ADAPTIVE), "still.gif")
    save(Image.fromarray(numpy.asarray(grey).astype("uint16") * 257), "sixteen.png")
    save(colours.convert("CMYK"), "inks.jpg", quality=95)
    for name in ("inkprofile.jpg", "inkprofile.tif"):
        save(colours.convert("CMYK"), name, quality=95, icc_profile=strange_inks())
    alpha = colours.convert("RGBA")
    alpha.putalpha(Image.linear_gradient("L").resize(colours.size))
    save(alpha, "alpha.png")
    save(alpha, "alpha.webp", lossless=True)
    save(alpha.convert("LA"), "greyalpha.png")
    save(colours, "profile.jpg", quality=95, icc_profile=wide_gamut())
    save(colours, "profile.png", icc_profile=wide_gamut())
    save(colours, "badprofile.jpg", quality=95, icc_profile=b"no profile " * 30)
    for orientation in range(1, 9):
        save(colours, f"turned{orientation}.jpg", quality=95, exif=exif(colours, orientation))
    save(colours, "turned.webp", quality=95, exif=exif(colours, 6))
    save(colours, "told.jpg", quality=95, exif=exif(colours, 6, full=True))
    frames = [scene(200, 150).rotate(20 * i) for i in range(4)]
    save(frames[0], "moving.gif", save_all=True, append_images=frames[1:], duration=100)
    save(frames[0], "moving.webp", save_all=True, append_images=frames[1:], duration=100, lossless=True)

    whole = (folder / "colours.jpg").read_bytes()
    (folder / "cut.jpg").write_bytes(whole[: len(whole) // 2])
    (folder / "cut.png").write_bytes((folder / "colours.png").read_bytes()[:20000])
    (folder / "cut.webp").write_bytes((folder / "colours.webp").read_bytes()[:9000])
    (folder / "cut.avif").write_bytes((folder / "colours.avif").read_bytes()[:6000])
    (folder / "cut.tif").write_bytes((folder / "colours.tif").read_bytes()[:90000])
    (folder / "headonly.jpg").write_bytes(whole[: whole.index(b"\xff\xda")])
    damaged = bytearray((folder / "colours.png").read_bytes())
    damaged[len(damaged) // 2] ^= 0x55
    (folder / "damaged.png").write_bytes(damaged)
    lost = bytearray(whole)
    lost[len(lost) // 2 : len(lost) // 2 + 64] = b"\xff\xc4" * 32
    (folder / "damaged.jpg").write_bytes(lost)
    (folder / "empty.jpg").write_bytes(b"")
    (folder / "text.jpg").write_bytes(b"this is no picture\n")
    (folder / "vector.svg").write_bytes(b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>')
    (folder / "bomb.png").write_bytes(png(60000, 60000))
    (folder / "interlaced-bomb.png").write_bytes(png(15000, 15000, interlaced=True))
    # A row of 15,000 pixels for each of 10,000: 450 MB of black in 450 kB.
    black = io.BytesIO()
    Image.new("1", (15000, 10000)).save(black, "PNG", optimize=True)
    (folder / "black.png").write_bytes(black.getvalue())


def opened(path):
    image = Image.open(path)
    image.load()
    return image


def text(value):
    if isinstance(value, bytes):
        value = value.decode("latin-1")
    return None if value is None else str(value)


def facts(paths):
    answers = []
    for path in paths:
        try:
            opened(path)
            with Image.open(path) as image:
                answers.append(
                    {
                        "path": path, "width": image.width, "height": image.height, "format": image.format, "mode": image.mode,
                        "frames": getattr(image, "n_frames", 1), "orientation": int(image.getexif().get(0x0112, 1)),
                        "icc": len(image.info["icc_profile"]) if image.info.get("icc_profile") else None,
                        "artist": text(image.getexif().get(0x013B)), "copyright": text(image.getexif().get(0x8298)),
                        "make": text(image.getexif().get(0x010F)), "taken": text(image.getexif().get_ifd(0x8769).get(0x9003)),
                        "offset": text(image.getexif().get_ifd(0x8769).get(0x9011)), "gps": bool(image.getexif().get_ifd(0x8825)),
                    }
                )
        except Exception as error:  # whatever it is that Pillow does not read
            answers.append({"path": path, "error": f"{type(error).__name__}: {error}"})
    return answers


def upright(path):
    """The original as it should look: turned, in sRGB, eight bits."""
    image = ImageOps.exif_transpose(opened(path))
    if image.mode.startswith("I"):
        image = Image.fromarray((numpy.asarray(image).astype(float) / 257).round().astype("uint8"))
    profile = image.info.get("icc_profile")
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            mode = "RGB" if image.mode == "CMYK" else image.mode
            image = ImageCms.profileToProfile(image, source, SRGB, renderingIntent=1, outputMode=mode)
        except (OSError, ImageCms.PyCMSError):
            pass
    return image


def over(image, background):
    """What a viewer sees over a background; transparent pixels have no colour to compare."""
    image = image.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", image.size, background), image).convert("RGB")


def ssim(one, other):
    """Structural similarity (Wang et al. 2004) of brightness, over blocks of 8 × 8."""
    values = []
    for image in (one, other):
        grey = numpy.asarray(image.convert("L")).astype(float)
        height, width = (side // 8 * 8 for side in grey.shape)
        values.append(grey[:height, :width].reshape(height // 8, 8, width // 8, 8).transpose(0, 2, 1, 3).reshape(-1, 64))
    a, b = values
    ma, mb = a.mean(1), b.mean(1)
    va, vb = a.var(1), b.var(1)
    cov = ((a - ma[:, None]) * (b - mb[:, None])).mean(1)
    c1, c2 = 6.5025, 58.5225
    return float((((2 * ma * mb + c1) * (2 * cov + c2)) / ((ma**2 + mb**2 + c1) * (va + vb + c2))).mean())


def judge(task):
    made = opened(task["made"])
    background = task.get("background") or "#808080"
    original = over(upright(task["original"]), background)
    if task.get("fill"):
        expected = ImageOps.fit(original, made.size, Image.Resampling.LANCZOS)
    else:
        expected = original if made.size == original.size else original.resize(made.size, Image.Resampling.LANCZOS)
    seen = over(made, background)
    difference = numpy.asarray(expected).astype(float) - numpy.asarray(seen).astype(float)
    square = float((difference**2).mean())
    return {
        "width": made.width, "height": made.height, "mode": made.mode, "format": made.format,
        "psnr": 99.0 if square == 0 else float(10 * numpy.log10(255**2 / square)), "ssim": ssim(expected, seen),
    }


def main():
    match sys.argv[1:]:
        case ["make", folder]:
            make(pathlib.Path(folder))
        case ["facts", *paths]:
            json.dump(facts(paths), sys.stdout)
        case ["judge", path]:
            json.dump([judge(task) for task in json.load(open(path, encoding="utf-8"))], sys.stdout)
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main()
