#!/usr/bin/env python3
"""Writes seeds for the photo fuzzer into a folder: small photos of every shape that the rewriter knows, each with its two choice bytes.

    seeds.py FOLDER [PHOTO-FOLDER...]      photos below 100 kB of other folders are added as they are
"""
import os, struct, sys

def segment(marker, payload):
    return b'\xff' + bytes([marker]) + struct.pack('>H', len(payload) + 2) + payload

def directory(order, start, entries, following=0):
    """An IFD with its values behind it; entries are (tag, type, count, bytes or offset)."""
    at = start + 2 + 12 * len(entries) + 4
    out, values = struct.pack(order + 'H', len(entries)), b''
    for tag, kind, count, value in entries:
        if isinstance(value, int): field = struct.pack(order + 'I', value)
        elif len(value) <= 4: field = value.ljust(4, b'\0')
        else:
            field = struct.pack(order + 'I', at + len(values))
            values += value + b'\0' * (len(value) % 2)
        out += struct.pack(order + 'HHI', tag, kind, count) + field
    return out + struct.pack(order + 'I', following) + values

def text(tag, value): return (tag, 2, len(value) + 1, value.encode() + b'\0')

def block(order='<', time='2019:03:21 08:09:10', offset=None, note=b'', gps=True, thumbnail=True, tail=b''):
    head = (b'II' if order == '<' else b'MM') + struct.pack(order + 'HI', 42, 8)
    exif = [(0x9000, 7, 4, b'0230')]
    if time is not None: exif.append(text(0x9003, time))
    if offset is not None: exif.append(text(0x9011, offset))
    if note: exif.append((0x927c, 7, len(note), note))
    exif += [text(0xa430, 'Jane Doe'), text(0xa431, 'SN-4242424'), text(0xa435, 'LN-777777')]
    image = [text(0x010f, 'Galleria'), text(0x0110, 'Fuzz'), text(0x013b, 'Jane Doe'), (0x8769, 4, 1, 0)] + ([(0x8825, 4, 1, 0)] if gps else [])
    size = len(directory(order, 8, image))
    exif_at = 8 + size
    gps_at = exif_at + len(directory(order, exif_at, exif))
    place = struct.pack(order + '6I', 59, 1, 19, 1, 0, 1)
    gps_ifd = directory(order, gps_at, [(1, 2, 2, b'N\0'), (2, 5, 3, place), (3, 2, 2, b'E\0'), (4, 5, 3, place), (7, 5, 3, place), text(0x1d, '2019:03:21')])
    first_at = gps_at + (len(gps_ifd) if gps else 0)
    image = [(t, k, n, exif_at if t == 0x8769 else gps_at if t == 0x8825 else v) for t, k, n, v in image]
    jpeg = b'\xff\xd8\xff\xdb' + b'\x05' * 40 + b'\xff\xd9'
    thumb = directory(order, first_at, [(0x0103, 3, 1, struct.pack(order + 'H', 6)), (0x0201, 4, 1, first_at + 42), (0x0202, 4, 1, len(jpeg))]) + jpeg
    return head + directory(order, 8, image, first_at if thumbnail else 0) + directory(order, exif_at, exif) + (gps_ifd if gps else b'') + (thumb if thumbnail else b'') + tail

def exif(data): return segment(0xe1, b'Exif\0\0' + data)
def xmp(data): return segment(0xe1, b'http://ns.adobe.com/xap/1.0/\0' + data)

JFIF = segment(0xe0, b'JFIF\0\1\1\0\0\1\0\1\0\0')
TABLES = segment(0xdb, b'\0' + b'\3' * 64) + segment(0xc0, b'\x08\0\x08\0\x08\1\1\x11\0')
PACKET = (b'<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
          b'<rdf:Description xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:aux="http://ns.adobe.com/exif/1.0/aux/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
          b'exif:GPSLatitude="59,19N" exif:DateTimeOriginal="2019-03-21T08:09:10" aux:SerialNumber="SN-4242424"><dc:creator><rdf:Seq><rdf:li>Jane Doe</rdf:li></rdf:Seq></dc:creator>'
          b'</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>')

def photo(*segments, trailer=b''):
    return b'\xff\xd8' + b''.join(segments) + TABLES + segment(0xda, b'\1\1\0\0\x3f\0') + b'\x12\x34\x56' * 20 + b'\xff\xd9' + trailer

def multi(order, size, offset):
    entries = struct.pack(order + '4I', 0x20030000, size, 0, 0) + struct.pack(order + '4I', 0, 48, offset, 0)
    head = (b'II' if order == '<' else b'MM') + struct.pack(order + 'HI', 42, 8)
    return segment(0xe2, b'MPF\0' + head + directory(order, 8, [(0xb000, 7, 4, b'0100'), (0xb001, 4, 1, 2), (0xb002, 7, 32, entries)]))

def iptc():
    sets = b''.join(b'\x1c\x02' + bytes([n]) + struct.pack('>H', len(v)) + v for n, v in ((55, b'20190321'), (60, b'080910+0100'), (80, b'Jane Doe')))
    return segment(0xed, b'Photoshop 3.0\0' + b'8BIM\x04\x04\0\0' + struct.pack('>I', len(sets)) + sets)

def seeds():
    note = struct.pack('<H', 2) + struct.pack('<HHII', 1, 4, 1, 300) + struct.pack('<HHII', 9, 2, 9, 400) + b'\0\0\0\0' + b'Jane Doe\0'
    nikon = b'Nikon\0\2\x10\0\0MM\0*\0\0\0\x08' + directory('>', 8, [text(0x1d, '6012345')])
    for order in '<>':
        yield photo(JFIF, exif(block(order)))
        yield photo(exif(block(order, offset='+02:00', note=note)))
        yield photo(exif(block(order, time=None, note=nikon, tail=b'\0' * 300)))
        yield photo(exif(block(order, time='    :  :     :  :  ', gps=False, thumbnail=False)), xmp(PACKET), iptc())
        yield photo(exif(block(order)), multi(order, 600, 700), trailer=b'\0' * 30 + photo(exif(block(order))))
        yield photo(multi(order, 600, 700), exif(block(order)), trailer=photo())
        yield photo(exif(block(order, note=note)), trailer=b'\xff\xd8\xff\xdb' + b'\1' * 30)
    yield photo(JFIF)
    yield photo(JFIF, xmp(PACKET), segment(0xe1, b'http://ns.adobe.com/xmp/extension/\0' + b'0' * 32 + struct.pack('>II', len(PACKET), 0) + PACKET))
    yield photo(exif(block()), exif(b'goes on'))
    yield photo(exif(block()), exif(block('>', time=None)))
    yield photo(JFIF, segment(0xe0, b'JFXX\0\x13\1\1\0\0\0'), segment(0xeb, b'JP\0\1....jumbc2pa'), iptc())
    yield photo(exif(block()), trailer=b'AXS!stuffAXS!\0\0\0\0\0\0\0\0')

def main():
    folder, others = sys.argv[1], sys.argv[2:]
    os.makedirs(folder, exist_ok=True)
    photos = list(seeds())
    for other in others:
        for name in sorted(os.listdir(other)):
            path = os.path.join(other, name)
            if os.path.isfile(path) and 0 < os.path.getsize(path) < 100_000 and not name.endswith('.csv'):
                with open(path, 'rb') as file: photos.append(file.read())
    choices = (0x0002, 0x0003, 0x00f2, 0x0102, 0x030b)
    for number, data in enumerate(photos):
        for choice in choices[:2] if len(data) > 8_000 else choices:
            with open(os.path.join(folder, '%03d-%04x' % (number, choice)), 'wb') as file: file.write(struct.pack('<H', choice) + data)
    print(len(os.listdir(folder)), 'seeds in', folder)

main()
