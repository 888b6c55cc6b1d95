"""A baseline JPEG encoder (ITU-T T.81), 4:2:0, with the tables of its Annex K, in integers."""

from operator import mul

ZIGZAG = [
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
    35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
]
# K.1 and K.2, row by row.
LUMINANCE = [
    16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62,
    18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
]
CHROMINANCE = [
    17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99, 47, 66, 99, 99, 99, 99, 99, 99,
] + [99] * 32
# K.3.3: the number of codes of each length, and the values in the order of their codes.
DC_BITS = {0: [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0], 1: [0, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0]}
DC_VALUES = list(range(12))
AC_BITS = {0: [0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 0x7D], 1: [0, 2, 1, 2, 4, 4, 3, 4, 7, 5, 4, 4, 0, 1, 2, 0x77]}
AC_VALUES = {
    0: bytes.fromhex(
        "01020300041105122131410613516107227114328191a1082342b1c11552d1f02433627282090a161718191a25262728292a3435363738393a"
        "434445464748494a535455565758595a636465666768696a737475767778797a838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aa"
        "b2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9fa"),
    1: bytes.fromhex(
        "000102031104052131061241510761711322328108144291a1b1c109233352f0156272d10a162434e125f11718191a262728292a35363738393a"
        "434445464748494a535455565758595a636465666768696a737475767778797a82838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aa"
        "b2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae2e3e4e5e6e7e8e9eaf2f3f4f5f6f7f8f9fa"),
}
# cos(k·π/16) · 2^13 for k = 0...8.
COSINES = [8192, 8035, 7568, 6811, 5793, 4551, 3135, 1598, 0]


def cosine(k):
    k %= 32
    k = 32 - k if k > 16 else k
    return COSINES[k] if k <= 8 else -COSINES[16 - k]


# A.3.3, one dimension: BASIS[u][x] = C(u) · cos((2x+1)uπ/16), in units of 2^-13.
BASIS = [[(cosine((2 * x + 1) * u) if u else 5793) for x in range(8)] for u in range(8)]


def codes(bits, values):
    """The code and its length for each value (Annex C)."""
    table, code, at = {}, 0, 0
    for length, count in enumerate(bits, 1):
        for _ in range(count):
            table[values[at]] = (code, length)
            code, at = code + 1, at + 1
        code <<= 1
    return table


DC = {c: codes(DC_BITS[c], DC_VALUES) for c in (0, 1)}
AC = {c: codes(AC_BITS[c], AC_VALUES[c]) for c in (0, 1)}


class Bits:
    """Writes bits, most significant first, with a zero byte after each 0xFF (B.1.1.5)."""

    def __init__(self):
        self.bytes, self.held, self.count = bytearray(), 0, 0

    def write(self, code, length):
        self.held, self.count = self.held << length | code, self.count + length
        while self.count >= 8:
            self.count -= 8
            byte = self.held >> self.count & 0xFF
            self.bytes.append(byte)
            if byte == 0xFF:
                self.bytes.append(0)
        self.held &= (1 << self.count) - 1

    def end(self):
        if self.count:
            self.write((1 << 8 - self.count) - 1, 8 - self.count)
        return bytes(self.bytes)


def quantised(samples, table):
    """The 64 coefficients of a block of samples -128...127, rounded to the table, in zigzag order."""
    columns = []
    for row in samples:
        columns.append([sum(map(mul, row, basis)) for basis in BASIS])
    across = list(zip(*columns))
    block = [[sum(map(mul, column, basis)) for column in across] for basis in BASIS]
    flat = [value for row in block for value in row]
    result = []
    for position in ZIGZAG:
        value, divisor = flat[position], table[position] << 28  # the units twice, and the factor 1/4 of A.3.3
        result.append((value + divisor // 2) // divisor if value >= 0 else -((-value + divisor // 2) // divisor))
    return result


def magnitude(bits, value):
    size = abs(value).bit_length()
    bits.write(value if value > 0 else value + (1 << size) - 1, size)


def write_block(bits, block, before, kind):
    difference = block[0] - before
    bits.write(*DC[kind][abs(difference).bit_length()])
    if difference:
        magnitude(bits, difference)
    run = 0
    last = max((i for i in range(64) if block[i]), default=0)
    for value in block[1 : last + 1]:
        if not value:
            run += 1
            continue
        while run > 15:
            bits.write(*AC[kind][0xF0])
            run -= 16
        bits.write(*AC[kind][run << 4 | abs(value).bit_length()])
        magnitude(bits, value)
        run = 0
    if last < 63:
        bits.write(*AC[kind][0])
    return block[0]


def segment(marker, payload):
    return bytes([0xFF, marker]) + (len(payload) + 2).to_bytes(2, "big") + payload


def encode(rows, quality=78, segments=()):
    """A JPEG of the picture; `segments` (marker, payload) follow SOI. Width and height have to be multiples of 16."""
    height, width = len(rows), len(rows[0])
    assert width % 16 == 0 and height % 16 == 0
    scale = 5000 // quality if quality < 50 else 200 - 2 * quality
    tables = [[min(255, max(1, (q * scale + 50) // 100)) for q in table] for table in (LUMINANCE, CHROMINANCE)]
    # JFIF 1.02: YCbCr as of ITU-R BT.601, in units of 2^-16.
    luma = [[((19595 * r + 38470 * g + 7471 * b + 32768) >> 16) - 128 for r, g, b in row] for row in rows]
    blue, red = [], []
    for y in range(0, height, 2):
        line_blue, line_red = [], []
        for x in range(0, width, 2):
            four = (rows[y][x], rows[y][x + 1], rows[y + 1][x], rows[y + 1][x + 1])
            r, g, b = (sum(pixel[c] for pixel in four) for c in range(3))
            line_blue.append((-11059 * r - 21709 * g + 32768 * b + 131072) >> 18)
            line_red.append((32768 * r - 27439 * g - 5329 * b + 131072) >> 18)
        blue.append(line_blue)
        red.append(line_red)
    bits = Bits()
    before = [0, 0, 0]
    for y in range(0, height, 16):
        for x in range(0, width, 16):
            for dy, dx in ((0, 0), (0, 8), (8, 0), (8, 8)):
                samples = [luma[y + dy + j][x + dx : x + dx + 8] for j in range(8)]
                before[0] = write_block(bits, quantised(samples, tables[0]), before[0], 0)
            for index, plane in ((1, blue), (2, red)):
                samples = [plane[y // 2 + j][x // 2 : x // 2 + 8] for j in range(8)]
                before[index] = write_block(bits, quantised(samples, tables[1]), before[index], 1)
    result = b"\xff\xd8" + b"".join(segment(*s) for s in segments)
    for index, table in enumerate(tables):
        result += segment(0xDB, bytes([index]) + bytes(table[p] for p in ZIGZAG))
    result += segment(0xC0, b"\x08" + height.to_bytes(2, "big") + width.to_bytes(2, "big") + b"\x03\x01\x22\x00\x02\x11\x01\x03\x11\x01")
    for kind in (0, 1):
        result += segment(0xC4, bytes([kind]) + bytes(DC_BITS[kind]) + bytes(DC_VALUES))
        result += segment(0xC4, bytes([0x10 | kind]) + bytes(AC_BITS[kind]) + bytes(AC_VALUES[kind]))
    result += segment(0xDA, b"\x03\x01\x00\x02\x11\x03\x11\x00\x3f\x00")
    return result + bits.end() + b"\xff\xd9"
