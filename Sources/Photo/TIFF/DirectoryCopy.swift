/// A directory copied with entries added: the Exif IFD, or IFD0 with a new Exif IFD behind it where there is none.
struct DirectoryCopy {
    private let block: TIFFBlock
    private let exif: TIFFDirectory?
    /// Values in ascending order of tags; an entry of the same tag gives way.
    private let missing: [ExifValue]
    /// The bytes needed at an even position.
    let size: Int

    init(block: TIFFBlock, missing: [ExifValue]) {
        self.block = block
        self.missing = missing
        exif = block.exif
        let values = missing.reduce(0) { $0 + $1.paddedSize }
        if let exif {
            size = Self.directorySize(exif.entries.count + missing.count { exif.first($0.tag) == nil }) + values
        } else {
            size = Self.directorySize(block.image.entries.count + 1) + Self.directorySize(missing.count + 1) + values
        }
    }

    /// Count, entries and next-IFD field (TIFF 6.0 §2).
    private static func directorySize(_ entries: Int) -> Int { 2 + 12 * entries + 4 }

    /// The copy as it stands at `start`, an even offset from the TIFF header.
    func bytes(at start: Int) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(size)
        guard let exif else {
            // IFD0 gets the pointer (a LONG: Exif 2.32 §4.6.3), and the Exif IFD starts right behind it.
            let position = start + Self.directorySize(block.image.entries.count + 1)
            let pointer = NewEntry(tag: Tag.exifPointer, type: 4, count: 1, field: position)
            append(block.image, adding: [pointer], at: start, to: &result)
            Self.appendNewExif(at: position, missing, bigEndian: block.bigEndian, to: &result)
            return result
        }
        var position = start + size - missing.reduce(0) { $0 + $1.paddedSize }
        let added = missing.map { value in
            defer { position += value.paddedSize }
            return NewEntry(tag: value.tag, type: 2, count: value.bytes.count, field: position)
        }
        append(exif, adding: added, at: start, to: &result)
        Self.append(missing, to: &result)
        return result
    }

    /// A new Exif IFD with its values, and the version that knows OffsetTimeOriginal (introduced by Exif 2.31; Exif 2.32 §4.6.5).
    static func appendNewExif(at start: Int, _ values: [ExifValue], bigEndian: Bool, to result: inout [UInt8]) {
        result.append16(values.count + 1, bigEndian: bigEndian)
        result.append16(Tag.exifVersion, bigEndian: bigEndian)
        result.append16(7, bigEndian: bigEndian)
        result.append32(4, bigEndian: bigEndian)
        result += "0232".utf8
        var position = start + directorySize(values.count + 1)
        for value in values {
            NewEntry(tag: value.tag, type: 2, count: value.bytes.count, field: position).append(to: &result, bigEndian: bigEndian)
            position += value.paddedSize
        }
        result.append32(0, bigEndian: bigEndian)
        append(values, to: &result)
    }

    private static func append(_ values: [ExifValue], to result: inout [UInt8]) {
        for value in values {
            result += value.bytes
            if value.bytes.count % 2 == 1 { result.append(0) }
        }
    }

    private struct NewEntry {
        let tag: Int
        let type: Int
        let count: Int
        let field: Int

        func append(to result: inout [UInt8], bigEndian: Bool) {
            result.append16(tag, bigEndian: bigEndian)
            result.append16(type, bigEndian: bigEndian)
            result.append32(count, bigEndian: bigEndian)
            result.append32(field, bigEndian: bigEndian)
        }
    }

    /// Appends the directory's count, its entries with `added` ones in front of the first greater tag (TIFF 6.0 §2 wants
    /// ascending order; an unsorted directory stays as unsorted as it was), and its next-IFD field verbatim, unless it named
    /// the directory itself.
    private func append(_ directory: TIFFDirectory, adding added: [NewEntry], at start: Int, to result: inout [UInt8]) {
        let fresh = added.filter { directory.first($0.tag) == nil }
        var waiting = fresh[...]
        result.append16(directory.entries.count + fresh.count, bigEndian: block.bigEndian)
        for entry in directory.entries {
            while let next = waiting.first, next.tag < entry.tag {
                next.append(to: &result, bigEndian: block.bigEndian)
                waiting.removeFirst()
            }
            if let new = added.first(where: { $0.tag == entry.tag }) {
                new.append(to: &result, bigEndian: block.bigEndian)
            } else {
                result += block.view[entry.position..<entry.position + 12]
            }
        }
        for next in waiting { next.append(to: &result, bigEndian: block.bigEndian) }
        let next = directory.next ?? 0
        result.append32(next == directory.position ? start : next, bigEndian: block.bigEndian)
    }
}
