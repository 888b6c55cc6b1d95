"""An Exif block (CIPA DC-008, "Exif 2.32", section 4.5) in either byte order."""

BYTE, ASCII, SHORT, LONG, RATIONAL, UNDEFINED, SRATIONAL = 1, 2, 3, 4, 5, 7, 10
SIZES = {BYTE: 1, ASCII: 1, SHORT: 2, LONG: 4, RATIONAL: 8, UNDEFINED: 1, SRATIONAL: 8}


class Block:
    """Lays out IFDs one after the other, each followed by its values."""

    def __init__(self, order):
        self.order = {"II": "little", "MM": "big"}[order]
        self.data = bytearray(order.encode() + self.number(42, 2) + self.number(8, 4))

    def number(self, value, size, signed=False):
        return value.to_bytes(size, self.order, signed=signed)

    def value(self, kind, value):
        if kind == ASCII:
            return value.encode("ascii") + b"\0"
        if kind in (BYTE, UNDEFINED):
            return bytes(value)
        if kind in (RATIONAL, SRATIONAL):
            return b"".join(self.number(part, 4, kind == SRATIONAL) for pair in value for part in pair)
        return b"".join(self.number(part, SIZES[kind]) for part in value)

    def directory(self, entries):
        """Appends an IFD at an even offset; answers where it is and where each entry's value field is, by tag."""
        entries = sorted(entries)
        if len(self.data) % 2:
            self.data.append(0)
        start = len(self.data)
        self.data += self.number(len(entries), 2) + bytes(12 * len(entries) + 4)
        fields = {}
        for index, (tag, kind, value) in enumerate(entries):
            content = self.value(kind, value)
            at = start + 2 + 12 * index
            fields[tag] = at + 8
            self.data[at : at + 8] = self.number(tag, 2) + self.number(kind, 2) + self.number(len(content) // SIZES[kind], 4)
            if len(content) <= 4:
                self.data[at + 8 : at + 8 + len(content)] = content
            else:
                if len(self.data) % 2:
                    self.data.append(0)
                self.data[at + 8 : at + 12] = self.number(len(self.data), 4)
                self.data += content
        return start, fields

    def point(self, field, at):
        self.data[field : field + 4] = self.number(at, 4)

    def link(self, directory, at):
        """Writes the offset of the next IFD into an IFD."""
        count = int.from_bytes(self.data[directory : directory + 2], self.order)
        self.point(directory + 2 + 12 * count, at)


def block(photo, width, height, thumbnail=None):
    """The APP1 payload for a photo: a dictionary with `order`, `make`, `model`, `taken` and, where there are any, `offset`, `subsec`,
    `note` (a MakerNote's bytes), `comment`, `exposure`, `aperture`, `iso`, `focal`."""
    tiff = Block(photo["order"])
    first = [
        (0x010F, ASCII, photo["make"]), (0x0110, ASCII, photo["model"]), (0x0112, SHORT, [1]), (0x011A, RATIONAL, [(72, 1)]),
        (0x011B, RATIONAL, [(72, 1)]), (0x0128, SHORT, [2]), (0x0131, ASCII, "Fixtures/make.py"), (0x0132, ASCII, photo["taken"]),
        (0x0213, SHORT, [1]), (0x8298, ASCII, "CC0 1.0"), (0x8769, LONG, [0]),
    ]
    if "title" in photo:
        first.append((0x010E, ASCII, photo["title"]))
    exif = [
        (0x829A, RATIONAL, [photo.get("exposure", (1, 250))]), (0x829D, RATIONAL, [photo.get("aperture", (8, 1))]),
        (0x8827, SHORT, [photo.get("iso", 200)]), (0x9000, UNDEFINED, b"0232" if "offset" in photo else b"0230"),
        (0x9003, ASCII, photo["taken"]), (0x9004, ASCII, photo["taken"]), (0x9101, UNDEFINED, b"\1\2\3\0"),
        (0x920A, RATIONAL, [photo.get("focal", (35, 1))]), (0xA000, UNDEFINED, b"0100"), (0xA001, SHORT, [1]),
        (0xA002, LONG, [width]), (0xA003, LONG, [height]),
    ]
    if "offset" in photo:
        exif += [(tag, ASCII, photo["offset"]) for tag in (0x9010, 0x9011, 0x9012)]
    if "subsec" in photo:
        exif += [(tag, ASCII, photo["subsec"]) for tag in (0x9290, 0x9291, 0x9292)]
    if "note" in photo:
        exif.append((0x927C, UNDEFINED, photo["note"]))
    if "comment" in photo:
        exif.append((0x9286, UNDEFINED, b"ASCII\0\0\0" + photo["comment"].encode("ascii")))
    start, fields = tiff.directory(first)
    where, _ = tiff.directory(exif)
    tiff.point(fields[0x8769], where)
    if thumbnail:
        second, fields = tiff.directory([
            (0x0103, SHORT, [6]), (0x011A, RATIONAL, [(72, 1)]), (0x011B, RATIONAL, [(72, 1)]), (0x0128, SHORT, [2]),
            (0x0201, LONG, [0]), (0x0202, LONG, [len(thumbnail)]),
        ])
        tiff.link(start, second)
        tiff.point(fields[0x0201], len(tiff.data))
        tiff.data += thumbnail
    return b"Exif\0\0" + bytes(tiff.data)
