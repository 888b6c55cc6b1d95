"""A lossless WebP writer (RFC 9649, section 3): subtract green, one predictor for the whole picture, prefix codes, no references."""

CODE_LENGTH_ORDER = [17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]


class Bits:
    """Writes bits, least significant first."""

    def __init__(self):
        self.bytes, self.held, self.count = bytearray(), 0, 0

    def write(self, value, length):
        self.held |= value << self.count
        self.count += length
        while self.count >= 8:
            self.bytes.append(self.held & 0xFF)
            self.held >>= 8
            self.count -= 8

    def end(self):
        if self.count:
            self.bytes.append(self.held & 0xFF)
        return bytes(self.bytes)


def lengths(counts, limit):
    """Lengths of a prefix code for the counts, none above the limit."""
    used = [s for s, n in enumerate(counts) if n]
    result = [0] * len(counts)
    floor = 1
    while True:
        # Huffman; where a code grows too long, rare symbols are counted as less rare.
        trees = sorted((max(counts[s], floor), s, (s,)) for s in used)
        depth = dict.fromkeys(used, 0)
        while len(trees) > 1:
            a, b = trees[0], trees[1]
            for s in a[2] + b[2]:
                depth[s] += 1
            trees = sorted(trees[2:] + [(a[0] + b[0], min(a[1], b[1]), a[2] + b[2])])
        if max(depth.values()) <= limit:
            for s in used:
                result[s] = depth[s]
            return result
        floor *= 2


def canonical(code_lengths):
    """The code for each symbol, bit-reversed as the writer needs it."""
    table, code = {}, 0
    for length in range(1, 16):
        for symbol, its in enumerate(code_lengths):
            if its == length:
                table[symbol] = (int(format(code, f"0{length}b")[::-1], 2), length)
                code += 1
        code <<= 1
    return table


def write_code(bits, counts):
    """Writes the prefix code for the counts; answers the codes."""
    used = [s for s, n in enumerate(counts) if n] or [0]
    if len(used) == 1 and used[0] < 256:
        bits.write(1, 1)  # a simple code
        bits.write(0, 1)  # of one symbol
        bits.write(1, 1)  # in eight bits
        bits.write(used[0], 8)
        return {used[0]: (0, 0)}
    code_lengths = lengths(counts, 15)
    tally = [code_lengths.count(n) for n in range(19)]
    if sum(1 for n in tally if n) == 1:  # a code of code lengths needs two symbols
        tally[0 if not tally[0] else 1] = 1
    meta = lengths(tally, 7)
    bits.write(0, 1)
    bits.write(15, 4)  # all nineteen follow
    for symbol in CODE_LENGTH_ORDER:
        bits.write(meta[symbol], 3)
    bits.write(0, 1)  # lengths for every symbol
    table = canonical(meta)
    for length in code_lengths:
        bits.write(*table[length])
    return canonical(code_lengths)


def write_pixels(bits, pixels, main):
    """Writes (green, red, blue, alpha) pixels."""
    bits.write(0, 1)  # no colour cache
    if main:
        bits.write(0, 1)  # one group of prefix codes
    tables = []
    for channel, size in enumerate((280, 256, 256, 256)):
        counts = [0] * size
        for pixel in pixels:
            counts[pixel[channel]] += 1
        tables.append(write_code(bits, counts))
    write_code(bits, [0] * 40)  # no distances
    for pixel in pixels:
        for channel in range(4):
            bits.write(*tables[channel][pixel[channel]])


def select(left, top, corner):
    """Predictor 11: of left and top the one nearer to left + top - corner."""
    by_left = sum(abs(t - c) for t, c in zip(top, corner))
    by_top = sum(abs(l - c) for l, c in zip(left, corner))
    return left if by_left < by_top else top


def average(left, top, corner):
    """Predictor 7: the mean of left and top."""
    return tuple((l + t) // 2 for l, t in zip(left, top))


def gradient(left, top, corner):
    """Predictor 12: left + top - corner, clamped."""
    return tuple(min(255, max(0, l + t - c)) for l, t, c in zip(left, top, corner))


PREDICTORS = {7: average, 11: select, 12: gradient}


def image(rows, mode):
    height, width = len(rows), len(rows[0])
    bits = Bits()
    bits.write(0x2F, 8)
    bits.write(width - 1, 14)
    bits.write(height - 1, 14)
    bits.write(0, 1)  # no alpha
    bits.write(0, 3)  # version
    bits.write(1, 1)
    bits.write(2, 2)  # subtract green
    bits.write(1, 1)
    bits.write(0, 2)  # predict
    bits.write(7, 3)  # in blocks of 512 pixels
    write_pixels(bits, [(mode, 0, 0, 255)], main=False)
    bits.write(0, 1)
    plain = [[(g, (r - g) & 255, (b - g) & 255) for r, g, b in row] for row in rows]
    residue = []
    for y in range(height):
        for x in range(width):
            if y == 0:
                guess = plain[0][x - 1] if x else (0, 0, 0)
            elif x == 0:
                guess = plain[y - 1][0]
            else:
                guess = PREDICTORS[mode](plain[y][x - 1], plain[y - 1][x], plain[y - 1][x - 1])
            residue.append(tuple((a - b) & 255 for a, b in zip(plain[y][x], guess)) + (0,))
    write_pixels(bits, residue, main=True)
    return bits.end()


def encode(rows):
    """A WebP of the picture, by whichever predictor is best for it. At most 512 pixels a side."""
    data = min((image(rows, mode) for mode in PREDICTORS), key=len)
    padded = data + b"\0" * (len(data) % 2)
    chunk = b"VP8L" + len(data).to_bytes(4, "little") + padded
    return b"RIFF" + (len(chunk) + 4).to_bytes(4, "little") + b"WEBP" + chunk
