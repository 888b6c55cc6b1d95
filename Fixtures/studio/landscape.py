"""Landscapes, computed pixel by pixel: sky, clouds, sun or moon, ridges, water that mirrors them, and a few things in front.

A scene is a dictionary; a picture is a list of rows of (red, green, blue), each 0...255. Lengths are fractions of the
picture's height, from the top, and fractions of its width, from the left.
"""

import functools
import math


@functools.cache
def lattice(seed, x, y=0):
    """A number in 0..<1 for a lattice point, by integer hashing."""
    n = (x * 374761393 + y * 668265263 + seed * 2246822519) & 0xFFFFFFFF
    n = ((n ^ (n >> 13)) * 1274126177) & 0xFFFFFFFF
    n = ((n ^ (n >> 16)) * 2654435761) & 0xFFFFFFFF
    return (n ^ (n >> 15)) / 4294967296


def smooth(t):
    return t * t * (3 - 2 * t)


def noise(seed, x, y=0.0):
    """Value noise in 0...1."""
    left, top = int(x // 1), int(y // 1)
    s, t = smooth(x - left), smooth(y - top)
    a = lattice(seed, left, top) * (1 - s) + lattice(seed, left + 1, top) * s
    b = lattice(seed, left, top + 1) * (1 - s) + lattice(seed, left + 1, top + 1) * s
    return a * (1 - t) + b * t


def fractal(seed, x, y=0.0, octaves=4):
    """Noise summed over octaves, in 0...1."""
    total = amplitude = 0.0
    weight = 1.0
    for octave in range(octaves):
        total += weight * noise(seed + octave * 101, x, y)
        amplitude += weight
        weight *= 0.5
        x, y = x * 2.03, y * 2.03
    return total / amplitude


def clamp(x, low=0.0, high=1.0):
    return low if x < low else high if x > high else x


def mix(a, b, t):
    return (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t)


def ridge_line(ridge, width, height):
    """The ridge's height for each column, in pixels from the top."""
    seed, base, relief, scale = ridge["seed"], ridge["base"], ridge["relief"], ridge["scale"]
    line = []
    for x in range(width):
        u = x / height * scale
        rise = fractal(seed, u, 0.0, 5)
        if ridge.get("sharp"):  # folded noise has crests instead of hills
            rise = 1 - abs(2 * rise - 1)
        line.append((base - relief * (rise - 0.5)) * height)
    if ridge.get("pines"):
        for tree in range(int(width / height * ridge["pines"])):
            middle = int(lattice(seed + 7, tree) * width)
            tall = (0.05 + 0.07 * lattice(seed + 8, tree)) * height
            foot = line[middle] + 2
            half = int(tall * 0.22) + 1
            for x in range(max(0, middle - half), min(width, middle + half + 1)):
                # Three tiers of branches, each wider than the one above.
                away = abs(x - middle) / half
                tip = foot - tall * (1 - away) + (tall * 0.12 if int(away * 6) % 2 else 0)
                line[x] = min(line[x], tip)
    return line


def land(scene, width, height):
    """Everything above the water, down to `depth` rows: the sky with its light and clouds, and the ridges."""
    water = scene.get("water")
    horizon = (water if water else scene.get("horizon", 0.8)) * height
    depth = height if not water else int(horizon) + 1
    ridges = [(ridge, ridge_line(ridge, width, height)) for ridge in scene["ridges"]]
    light = scene.get("light")
    clouds = scene.get("clouds")
    stars = scene.get("stars")
    rows = []
    for y in range(depth):
        v = clamp(y / horizon)
        base = mix(scene["sky"][0], scene["sky"][1], v * v * 0.4 + v * 0.6)
        row = []
        for x in range(width):
            colour = base
            if stars and lattice(31, x, y) > 0.9985 - 0.002 * (1 - v):
                colour = mix(colour, (255, 250, 235), (1 - v) * (0.4 + 0.6 * lattice(32, x, y)))
            if light:
                dx, dy = (x - light["x"] * width) / height, y / height - light["y"]
                away = math.sqrt(dx * dx + dy * dy)
                colour = mix(colour, light["glow"], clamp(light["reach"] / (away * away * 14 + 0.02) * 0.05, 0, 0.9))
                colour = mix(colour, light["colour"], clamp((light["size"] - away) * height + 0.5))
            if clouds:
                cover = fractal(clouds["seed"], x / height * 2.2, y / height * 7.5 * (0.6 + 0.4 * v))
                amount = smooth(clamp((cover - clouds["from"]) * 4.5)) * clouds["strength"]
                colour = mix(colour, clouds["colour"], amount)
            row.append(colour)
        rows.append(row)
    for ridge, line in ridges:
        near, far = ridge["colour"], ridge.get("mist", scene["sky"][1])
        snow = ridge.get("snow")
        for x in range(width):
            top = line[x]
            for y in range(max(0, int(top)), depth):
                below = (y - top) / height
                colour = mix(near, far, clamp(below * ridge.get("fade", 0.8), 0, ridge.get("haze", 0.5)))
                if snow is not None and below < snow * (0.5 + fractal(ridge["seed"] + 3, x / height * 22, y / height * 22, 3)):
                    # Folds run down the slope at an angle, so light and shadow do too.
                    fold = fractal(ridge["seed"] + 9, x / height * 9 + below * 7, below * 4, 4)
                    colour = mix((246, 249, 253), (150, 170, 206), smooth(clamp((fold - 0.42) * 5)))
                grain = noise(ridge["seed"] + 5, x / 3.1, y / 2.3) - 0.5
                colour = (colour[0] + grain * 9, colour[1] + grain * 9, colour[2] + grain * 7)
                rows[y][x] = mix(rows[y][x], colour, clamp(y - top + 0.5))
    return rows


def mirror(scene, rows, width, height):
    """Adds the water below the land's rows: the land upside down, torn by ripples that grow towards the viewer."""
    shore = len(rows)
    tint, light = scene["tint"], scene.get("light")
    for y in range(shore, height):
        near = (y - shore) / (height - shore)
        row = []
        for x in range(width):
            ripple = fractal(77, x / height * 9 / (0.35 + near), y / height * 60 / (0.4 + near), 3) - 0.5
            source = int(clamp(shore - 1 - (y - shore) * 0.9 - ripple * 26 * (0.3 + near), 0, shore - 1))
            aside = int(clamp(x + ripple * 10 * near, 0, width - 1))
            colour = mix(rows[source][aside], tint, 0.22 + 0.38 * near + clamp(ripple) * 0.25)
            if light:
                away = abs(x / height - light["x"] * width / height)
                glitter = clamp(1 - away / (0.05 + 0.16 * near)) * clamp((ripple + 0.14) * 5)
                colour = mix(colour, light["glow"], glitter * 0.75)
            row.append(colour)
        rows.append(row)
    return rows


def paint(rows, inside, colour, box):
    """Colours the pixels of a box (left, top, right, bottom) as far as `inside` says so, from 0 to 1."""
    for y in range(max(0, int(box[1])), min(len(rows), int(box[3]) + 1)):
        for x in range(max(0, int(box[0])), min(len(rows[0]), int(box[2]) + 1)):
            amount = clamp(inside(x, y))
            if amount:
                rows[y][x] = mix(rows[y][x], colour(x, y), amount)


def lighthouse(rows, x, foot, tall):
    height = len(rows)
    x, foot, tall = x * len(rows[0]), foot * height, tall * height
    half = lambda y: tall * (0.07 + 0.05 * (y - foot + tall) / tall)
    white, red = (240, 236, 228), (196, 52, 44)
    shade = lambda px, c: mix(c, (60, 60, 90), clamp((px - x) / (tall * 0.16), 0, 0.45))
    paint(rows, lambda px, py: half(py) - abs(px - x) + 0.5,
          lambda px, py: shade(px, red if int((py - foot + tall) / tall * 5) % 2 else white), (x - tall * 0.2, foot - tall, x + tall * 0.2, foot))
    paint(rows, lambda px, py: tall * 0.055 - abs(px - x) + 0.5, lambda *_: (255, 226, 140), (x - tall * 0.1, foot - tall * 1.12, x + tall * 0.1, foot - tall))
    paint(rows, lambda px, py: (py - (foot - tall * 1.25)) * 0.7 - abs(px - x) + 0.5, lambda *_: (120, 36, 34),
          (x - tall * 0.12, foot - tall * 1.25, x + tall * 0.12, foot - tall * 1.12))


def sailboat(rows, x, line, tall):
    height = len(rows)
    x, line, tall = x * len(rows[0]), line * height, tall * height
    rise = lambda y: (line - y) / tall
    paint(rows, lambda px, py: (1 - rise(py)) * tall * 0.36 - (px - x) if px >= x else 0.0, lambda *_: (250, 248, 240),
          (x, line - tall, x + tall * 0.4, line - tall * 0.08))
    paint(rows, lambda px, py: (0.86 - rise(py)) * tall * 0.34 - (x - px) if px < x - 1 else 0.0, lambda *_: (226, 222, 214),
          (x - tall * 0.4, line - tall * 0.86, x, line - tall * 0.08))
    paint(rows, lambda px, py: tall * 0.34 - (py - line) * 1.6 - abs(px - x) + 0.5, lambda *_: (88, 40, 32), (x - tall * 0.4, line, x + tall * 0.4, line + tall * 0.1))


def house(rows, x, foot, wide, colour):
    height = len(rows)
    x, foot, wide = x * len(rows[0]), foot * height, wide * height
    tall, roof = wide * 0.62, wide * 0.42
    paint(rows, lambda px, py: wide / 2 - abs(px - x) + 0.5, lambda px, py: mix(colour, (30, 16, 20), clamp((px - x) / wide, 0, 0.3)),
          (x - wide, foot - tall, x + wide, foot))
    paint(rows, lambda px, py: (py - foot + tall + roof) * 1.35 - abs(px - x) + 0.5, lambda *_: (58, 48, 52), (x - wide, foot - tall - roof, x + wide, foot - tall))
    for side in (-0.26, 0.12):
        paint(rows, lambda px, py: 1.0, lambda *_: (252, 232, 170), (x + side * wide, foot - tall * 0.68, x + (side + 0.16) * wide, foot - tall * 0.34))


def gulls(rows, seed, count):
    width, height = len(rows[0]), len(rows)
    for gull in range(count):
        x, y = (0.15 + 0.7 * lattice(seed, gull)) * width, (0.1 + 0.3 * lattice(seed, gull, 1)) * height
        span = (0.014 + 0.016 * lattice(seed, gull, 2)) * height
        wing = lambda px: y - span * 0.55 * smooth(clamp(1 - abs(abs(px - x) / span - 0.5) * 2))
        paint(rows, lambda px, py: 1.2 - abs(py - wing(px)), lambda *_: (70, 72, 84), (x - span, y - span, x + span, y + span * 0.5))


def maypole(rows, x, foot, tall):
    height = len(rows)
    x, foot, tall = x * len(rows[0]), foot * height, tall * height
    leaf = lambda px, py: mix((46, 110, 44), (150, 178, 70), lattice(5, int(px), int(py)))
    paint(rows, lambda px, py: tall * 0.018 - abs(px - x) + 0.5, leaf, (x - 5, foot - tall, x + 5, foot))
    bar = foot - tall * 0.78
    paint(rows, lambda px, py: tall * 0.02 - abs(py - bar) + 0.5, leaf, (x - tall * 0.26, bar - 4, x + tall * 0.26, bar + 4))
    for side in (-1, 1):
        cx, cy, r = x + side * tall * 0.22, bar + tall * 0.13, tall * 0.1
        paint(rows, lambda px, py: tall * 0.022 - abs(math.sqrt((px - cx) ** 2 + (py - cy) ** 2) - r) + 0.5, leaf, (cx - r * 1.4, cy - r * 1.4, cx + r * 1.4, cy + r * 1.4))


def meadow(rows, top, seed):
    width, height = len(rows[0]), len(rows)
    for flower in range(420):
        v = math.sqrt(lattice(seed, flower))
        x, y = lattice(seed, flower, 1) * width, (top + (1 - top) * v) * height
        size = 0.5 + 1.9 * v
        colour = ((250, 224, 90), (245, 245, 250), (206, 84, 120), (120, 130, 220))[int(lattice(seed, flower, 2) * 4)]
        paint(rows, lambda px, py: size - math.sqrt((px - x) ** 2 + (py - y) ** 2) + 0.5, lambda *_: colour, (x - 3, y - 3, x + 3, y + 3))


THINGS = {"lighthouse": lighthouse, "sailboat": sailboat, "house": house, "gulls": gulls, "maypole": maypole, "meadow": meadow}


def picture(scene, width, height):
    """Draws a scene."""
    rows = land(scene, width, height)
    shore = len(rows)
    rows += [[(0, 0, 0)] * width for _ in range(height - shore)]  # so that heights mean the same ashore and in front
    for name, *arguments in scene.get("ashore", []):
        THINGS[name](rows, *arguments)
    del rows[shore:]
    if scene.get("water"):
        rows = mirror(scene, rows, width, height)
    for name, *arguments in scene.get("front", []):
        THINGS[name](rows, *arguments)
    return [[tuple(int(clamp(c + 0.5, 0, 255)) for c in pixel) for pixel in row] for row in rows]


def shrink(rows, factor):
    """The picture at 1/factor of its size, each pixel the mean of factor × factor."""
    area = factor * factor
    result = []
    for top in range(0, len(rows) - factor + 1, factor):
        line = []
        for left in range(0, len(rows[0]) - factor + 1, factor):
            square = [rows[top + j][left + i] for j in range(factor) for i in range(factor)]
            line.append(tuple((sum(pixel[c] for pixel in square) + area // 2) // area for c in range(3)))
        result.append(line)
    return result
