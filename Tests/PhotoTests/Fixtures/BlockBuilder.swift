/// Builds TIFF blocks entry by entry, for tests: no photo of anybody is needed.
struct BlockBuilder {
    /// One entry; a value of up to four bytes stands within it, unless it is told where to point.
    struct Entry {
        var tag: Int
        var type: Int
        var count: Int
        var bytes: [UInt8]
        /// The offset to write instead of a place of the builder's choice.
        var pointsAt: Int?
    }

    var bigEndian = false
    var image: [Entry] = []
    var exif: [Entry]?
    var gps: [Entry]?
    var thumbnailDirectory: [Entry]?
    var thumbnail: [UInt8] = []
    /// Bytes behind everything.
    var tail: [UInt8] = []
    /// The type of the pointer to the Exif IFD: 4 LONG or 13 IFD.
    var pointerType = 4
    /// Values start at odd offsets.
    var oddValues = false

    static func ascii(_ tag: Int, _ text: String, count: Int? = nil) -> Entry {
        var bytes = [UInt8](text.utf8)
        let count = count ?? bytes.count + 1
        while bytes.count < count { bytes.append(0) }
        return Entry(tag: tag, type: 2, count: count, bytes: Array(bytes.prefix(count)))
    }

    func short(_ tag: Int, _ value: Int) -> Entry { Entry(tag: tag, type: 3, count: 1, bytes: u16(value)) }
    func long(_ tag: Int, _ values: Int...) -> Entry { Entry(tag: tag, type: 4, count: values.count, bytes: values.flatMap(u32)) }
    func rational(_ tag: Int, _ values: (Int, Int)...) -> Entry {
        Entry(tag: tag, type: 5, count: values.count, bytes: values.flatMap { u32($0.0) + u32($0.1) })
    }
    static func undefined(_ tag: Int, _ bytes: [UInt8]) -> Entry { Entry(tag: tag, type: 7, count: bytes.count, bytes: bytes) }

    func u16(_ v: Int) -> [UInt8] {
        let b = [UInt8(v >> 8 & 255), UInt8(v & 255)]
        return bigEndian ? b : b.reversed()
    }

    func u32(_ v: Int) -> [UInt8] {
        let b = [UInt8(v >> 24 & 255), UInt8(v >> 16 & 255), UInt8(v >> 8 & 255), UInt8(v & 255)]
        return bigEndian ? b : b.reversed()
    }

    /// The block: header, IFD0, Exif IFD, GPS IFD, IFD1, each with its values behind it, thumbnail, tail.
    func bytes() -> [UInt8] {
        var block: [UInt8] = (bigEndian ? [0x4D, 0x4D] : [0x49, 0x49]) + u16(42) + u32(8)
        var first = image
        if exif != nil { first.append(Entry(tag: 0x8769, type: pointerType, count: 1, bytes: u32(0))) }
        if gps != nil { first.append(Entry(tag: 0x8825, type: 4, count: 1, bytes: u32(0))) }
        let imageAt = directory(first.sorted { $0.tag < $1.tag }, &block)
        if let exif { patch(&block, imageAt, 0x8769, directory(exif, &block)) }
        if let gps { patch(&block, imageAt, 0x8825, directory(gps, &block)) }
        if let thumbnailDirectory {
            if block.count % 2 == 1 { block.append(0) }
            let at = block.count
            let entries = thumbnailDirectory + (thumbnail.isEmpty ? [] : [long(0x201, 0), long(0x202, thumbnail.count)])
            _ = directory(entries, &block)
            block.replaceSubrange(imageAt + 2 + 12 * first.count..<imageAt + 6 + 12 * first.count, with: u32(at))
            if !thumbnail.isEmpty {
                patch(&block, at, 0x201, block.count)
                block += thumbnail
            }
        }
        return block + tail
    }

    private func directory(_ entries: [Entry], _ block: inout [UInt8]) -> Int {
        if block.count % 2 == 1 { block.append(0) }
        let start = block.count
        block += u16(entries.count)
        var values: [UInt8] = []
        let base = start + 2 + 12 * entries.count + 4
        for entry in entries {
            block += u16(entry.tag) + u16(entry.type) + u32(entry.count)
            if let at = entry.pointsAt {
                block += u32(at)
            } else if entry.bytes.count <= 4 {
                block += entry.bytes + [UInt8](repeating: 0, count: 4 - entry.bytes.count)
            } else {
                if (base + values.count) % 2 == (oddValues ? 0 : 1) { values.append(0) }
                block += u32(base + values.count)
                values += entry.bytes
            }
        }
        block += u32(0) + values
        return start
    }

    private func patch(_ block: inout [UInt8], _ directory: Int, _ tag: Int, _ value: Int) {
        let count =
            bigEndian ? Int(block[directory]) << 8 | Int(block[directory + 1]) : Int(block[directory + 1]) << 8 | Int(block[directory])
        for i in 0..<count {
            let at = directory + 2 + 12 * i
            if Array(block[at..<at + 2]) == u16(tag) { block.replaceSubrange(at + 8..<at + 12, with: u32(value)) }
        }
    }
}

extension BlockBuilder {
    /// A block as a camera writes it: texts, rationals, a MakerNote with offsets from the TIFF header, a thumbnail.
    static func camera(
        bigEndian: Bool = false, time: String? = "2019:03:21 08:09:10", offset: String? = nil, makerNote: Bool = true,
        thumbnail: Bool = true
    ) -> BlockBuilder {
        var b = BlockBuilder()
        b.bigEndian = bigEndian
        b.image = [
            ascii(0x010F, "Galleria"), ascii(0x0110, "Fixture 1"), b.rational(0x011A, (72, 1)), ascii(0x0132, "2019:03:21 08:09:10"),
        ]
        var exif: [Entry] = [b.rational(0x829A, (1, 250)), undefined(0x9000, Array("0230".utf8))]
        if let time { exif.append(ascii(0x9003, time)) }
        exif.append(ascii(0x9004, "2019:03:21 08:09:10"))
        if let offset { exif.append(ascii(0x9011, offset)) }
        if makerNote { exif.append(undefined(0x927C, b.note())) }
        exif.append(ascii(0x9291, "042"))
        exif.append(ascii(0xA431, "SN-4242424"))
        b.exif = exif
        if thumbnail {
            b.thumbnailDirectory = [b.short(0x0103, 6)]
            b.thumbnail = [0xFF, 0xD8, 0xFF, 0xDB] + (0..<300).map { UInt8($0 % 251) } + [0xFF, 0xD9]
        }
        return b
    }

    /// A MakerNote-like directory; its offsets are what they are, wherever the note stands.
    func note() -> [UInt8] {
        u16(2) + u16(1) + u16(3) + u32(1) + u16(7) + u16(0) + u16(2) + u16(2) + u32(16) + u32(600) + u32(0) + Array("MakerNote secret".utf8)
    }
}
