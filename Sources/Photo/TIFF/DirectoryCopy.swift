/// A directory copied with entries added: the Exif IFD, or IFD0 with a new Exif IFD behind it where there is none.
struct DirectoryCopy {
    let block: TIFFBlock
    /// Tags and values, all ASCII, in ascending order of tags; an entry of the same tag gives way.
    let missing: [(tag: Int, bytes: [UInt8])]

    /// The bytes needed at an even position.
    var size: Int { bytes(at: 0).count }

    /// The copy as it stands at `start`, an even offset from the TIFF header.
    func bytes(at start: Int) -> [UInt8] {
        var result: [UInt8] = []
        if let exif = block.exif {
            var values = start + 2 + 12 * (exif.entries.count + missing.count { exif.first($0.tag) == nil }) + 4
            let added = missing.map { value in
                defer { values += (value.bytes.count + 1) & ~1 }
                return entry(value.tag, type: 2, count: value.bytes.count, offset: values)
            }
            append(exif, adding: added, to: &result)
        } else {
            // IFD0 gets the pointer (a LONG: Exif 2.32 §4.6.3), and the Exif IFD starts right behind it, with the
            // version that knows OffsetTimeOriginal (Exif 2.31 introduced it; §4.6.5, ExifVersion).
            let exif = start + 2 + 12 * (block.image.entries.count + 1) + 4
            append(block.image, adding: [entry(Tag.exifPointer, type: 4, count: 1, offset: exif)], to: &result)
            result += Self.newExif(at: exif, missing, bigEndian: block.bigEndian)
            return result
        }
        for value in missing {
            result += value.bytes
            if value.bytes.count % 2 == 1 { result.append(0) }
        }
        return result
    }

    /// A new Exif IFD with its values: ExifVersion and `values`.
    static func newExif(at start: Int, _ values: [(tag: Int, bytes: [UInt8])], bigEndian: Bool) -> [UInt8] {
        var result: [UInt8] = []
        result.append16(values.count + 1, bigEndian: bigEndian)
        result.append16(Tag.exifVersion, bigEndian: bigEndian)
        result.append16(7, bigEndian: bigEndian)
        result.append32(4, bigEndian: bigEndian)
        result += "0232".utf8
        var position = start + 2 + 12 * (values.count + 1) + 4
        for (tag, bytes) in values {
            result.append16(tag, bigEndian: bigEndian)
            result.append16(2, bigEndian: bigEndian)
            result.append32(bytes.count, bigEndian: bigEndian)
            result.append32(position, bigEndian: bigEndian)
            position += (bytes.count + 1) & ~1
        }
        result.append32(0, bigEndian: bigEndian)
        for (_, bytes) in values {
            result += bytes
            if bytes.count % 2 == 1 { result.append(0) }
        }
        return result
    }

    private func entry(_ tag: Int, type: Int, count: Int, offset: Int) -> (tag: Int, bytes: [UInt8]) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(12)
        bytes.append16(tag, bigEndian: block.bigEndian)
        bytes.append16(type, bigEndian: block.bigEndian)
        bytes.append32(count, bigEndian: block.bigEndian)
        bytes.append32(offset, bigEndian: block.bigEndian)
        return (tag, bytes)
    }

    /// Appends the directory's count, its entries with `added` ones in front of the first greater tag (TIFF 6.0 §2 wants
    /// ascending order; an unsorted directory stays as unsorted as it was), and its next-IFD field verbatim.
    private func append(_ directory: TIFFDirectory, adding added: [(tag: Int, bytes: [UInt8])], to result: inout [UInt8]) {
        var entries = directory.entries.map { (tag: $0.tag, bytes: block.view[$0.position..<$0.position + 12]) }
        for new in added {
            if let old = entries.firstIndex(where: { $0.tag == new.tag }) {
                entries[old].bytes = new.bytes[...]
            } else {
                entries.insert((new.tag, new.bytes[...]), at: entries.firstIndex { $0.tag > new.tag } ?? entries.count)
            }
        }
        result.reserveCapacity(entries.count * 12 + 80)
        result.append16(entries.count, bigEndian: block.bigEndian)
        for entry in entries { result += entry.bytes }
        result.append32(directory.next ?? 0, bigEndian: block.bigEndian)
    }
}
