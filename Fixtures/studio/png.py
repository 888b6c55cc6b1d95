"""A PNG writer for pictures of at most sixteen colours (PNG, 3rd edition), stored uncompressed: zlib's output depends on its version."""

import binascii


def adler32(data):
    """RFC 1950, section 8.2."""
    a, b = 1, 0
    for byte in data:
        a = (a + byte) % 65521
        b = (b + a) % 65521
    return b << 16 | a


def stored(data):
    """A zlib stream of stored blocks (RFC 1951, section 3.2.4)."""
    result = b"\x78\x01"
    for at in range(0, len(data), 65535):
        block = data[at : at + 65535]
        final = at + 65535 >= len(data)
        result += bytes([final]) + len(block).to_bytes(2, "little") + (len(block) ^ 0xFFFF).to_bytes(2, "little") + block
    return result + adler32(data).to_bytes(4, "big")


def chunk(kind, data):
    return len(data).to_bytes(4, "big") + kind + data + binascii.crc32(kind + data).to_bytes(4, "big")


def encode(rows, palette):
    """A PNG of rows of palette indices; index 0 is transparent."""
    height, width = len(rows), len(rows[0])
    lines = b""
    for row in rows:
        row = row + [0] * (width % 2)
        lines += b"\0" + bytes(row[i] << 4 | row[i + 1] for i in range(0, len(row), 2))
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x04\x03\0\0\0")
        + chunk(b"PLTE", b"".join(bytes(colour) for colour in palette))
        + chunk(b"tRNS", b"\0")
        + chunk(b"IDAT", stored(lines))
        + chunk(b"IEND", b"")
    )
