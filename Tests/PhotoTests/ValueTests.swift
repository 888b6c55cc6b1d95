import Photo
import Testing

/// What becomes of a DateTimeOriginal or OffsetTimeOriginal that is not as Exif wants it.
@Suite struct ValueTests {
    struct Case: CustomTestStringConvertible {
        let name: String
        let tag: Int
        let entry: BlockBuilder.Entry
        let inPlace: Bool
        var testDescription: String { name }
    }

    static let table: [Case] = [
        Case(name: "as specified", tag: 0x9003, entry: BlockBuilder.ascii(0x9003, "2019:03:21 08:09:10"), inPlace: true),
        Case(name: "21 bytes", tag: 0x9003, entry: BlockBuilder.ascii(0x9003, "2019:03:21 08:09:10", count: 21), inPlace: true),
        Case(name: "64 bytes", tag: 0x9003, entry: BlockBuilder.ascii(0x9003, "2019:03:21 08:09:10", count: 64), inPlace: true),
        Case(name: "65 bytes", tag: 0x9003, entry: BlockBuilder.ascii(0x9003, "2019:03:21 08:09:10", count: 65), inPlace: false),
        Case(name: "19 bytes, no NUL", tag: 0x9003, entry: BlockBuilder.ascii(0x9003, "2019:03:21 08:09:10", count: 19), inPlace: false),
        Case(name: "blank", tag: 0x9003, entry: BlockBuilder.ascii(0x9003, "    :  :     :  :  "), inPlace: true),
        Case(name: "zeros", tag: 0x9003, entry: BlockBuilder.ascii(0x9003, "0000:00:00 00:00:00"), inPlace: true),
        Case(name: "date alone", tag: 0x9003, entry: BlockBuilder.ascii(0x9003, "2019:03:21"), inPlace: false),
        Case(name: "one byte", tag: 0x9003, entry: BlockBuilder.ascii(0x9003, ""), inPlace: false),
        Case(
            name: "undefined type", tag: 0x9003, entry: BlockBuilder.undefined(0x9003, Array("2019:03:21 08:09:10\0".utf8)), inPlace: false),
        Case(
            name: "out of the block", tag: 0x9003,
            entry: BlockBuilder.Entry(tag: 0x9003, type: 2, count: 20, bytes: [], pointsAt: 0x7FFF_FFF0), inPlace: false),
        Case(
            name: "count without end", tag: 0x9003,
            entry: BlockBuilder.Entry(tag: 0x9003, type: 2, count: 0xFFFF_FFFF, bytes: [], pointsAt: 8), inPlace: false),
        Case(
            name: "over the header", tag: 0x9003, entry: BlockBuilder.Entry(tag: 0x9003, type: 2, count: 20, bytes: [], pointsAt: 0),
            inPlace: false),
        Case(name: "offset as specified", tag: 0x9011, entry: BlockBuilder.ascii(0x9011, "+02:00"), inPlace: true),
        Case(name: "offset blank", tag: 0x9011, entry: BlockBuilder.ascii(0x9011, "   :  "), inPlace: true),
        Case(name: "offset 6 bytes", tag: 0x9011, entry: BlockBuilder.ascii(0x9011, "+02:00", count: 6), inPlace: false),
        Case(name: "offset 1 byte", tag: 0x9011, entry: BlockBuilder.ascii(0x9011, ""), inPlace: false),
        Case(name: "offset 20 bytes", tag: 0x9011, entry: BlockBuilder.ascii(0x9011, "+02:00", count: 20), inPlace: true),
    ]

    @Test(arguments: table, [false, true]) func oddValues(_ row: Case, bigEndian: Bool) throws {
        var block = BlockBuilder.camera(bigEndian: bigEndian, offset: "+02:00")
        let index = try #require(block.exif?.firstIndex { $0.tag == row.tag })
        block.exif?[index] = row.entry
        let photo = PhotoBuilder(block).bytes()
        let done = try Rewritten(photo, time: newTime, zone: "-05:00")
        #expect(done.rewrite.refusal == nil)
        #expect(done.rewrite.method == (row.inPlace ? .inPlace : .appended))
        try expectOnlyTimeChanged(photo, done.bytes, time: newTime, offset: "-05:00")
        let value = try #require(PlainReader(jpeg: done.bytes)?.values["Exif/\(String(row.tag, radix: 16))"]?.first)
        #expect(value.type == 2)
        #expect(value.count == (row.inPlace ? row.entry.count : row.tag == 0x9003 ? 20 : 7))
        #expect(try Rewritten(done.bytes, time: newTime, zone: "-05:00").bytes == done.bytes)
    }

    @Test func sharedBytesStayWithTheOther() throws {
        var block = BlockBuilder.camera(offset: "+02:00")
        let digitized = try #require(block.exif?.firstIndex { $0.tag == 0x9004 })
        let at = try #require(PlainReader(jpeg: PhotoBuilder(block).bytes())?.values["Exif/9003"]?.first?.at)
        block.exif?[digitized].pointsAt = at
        // Taking the value's bytes away moves what follows; the shared text stands in front.
        let photo = PhotoBuilder(block).bytes()
        let done = try Rewritten(photo, time: newTime)
        try expectOnlyTimeChanged(photo, done.bytes, time: newTime, offset: nil)
        #expect(PlainReader(jpeg: done.bytes)?.text("Exif/9004") == "2019:03:21 08:09:10")
    }

    @Test func aTagInIFD0IsNotMeant() throws {
        var block = BlockBuilder.camera(offset: "+02:00")
        block.image.append(BlockBuilder.ascii(0x9003, "2001:01:01 00:00:00"))
        let photo = PhotoBuilder(block).bytes()
        try expectOnlyTimeChanged(photo, Rewritten(photo, time: newTime, zone: "-05:00").bytes, time: newTime, offset: "-05:00")
    }

    @Test func unsortedStaysUnsorted() throws {
        var block = BlockBuilder.camera()
        block.exif = [
            BlockBuilder.ascii(0x9291, "042"), block.rational(0x829A, (1, 2)), BlockBuilder.ascii(0x9003, "2019:03:21 08:09:10"),
            block.short(0xA001, 1),
        ]
        let photo = PhotoBuilder(block).bytes()
        let done = try Rewritten(photo, time: newTime, zone: "-05:00")
        try expectOnlyTimeChanged(photo, done.bytes, time: newTime, offset: "-05:00")
        #expect(PlainReader(jpeg: done.bytes)?.order["Exif"] == [0x9011, 0x9291, 0x829A, 0x9003, 0xA001])
    }

    @Test func everyPointerIsTurned() throws {
        var block = BlockBuilder.camera()
        block.pointerType = 13
        // IFD1 points at the Exif IFD too.
        block.thumbnailDirectory = [block.short(0x0103, 6), block.long(0x8769, 0)]
        var bytes = block.bytes()
        let exif = try #require(offset(of: 0x8769, type: 13, in: bytes))
        let second = try #require(offset(of: 0x8769, type: 4, in: bytes))
        bytes.replaceSubrange(second..<second + 4, with: bytes[exif..<exif + 4])
        let photo = PhotoBuilder(block: bytes).bytes()
        let done = try Rewritten(photo, time: newTime, zone: "-05:00")
        #expect(done.rewrite.method == .appended)
        let after = try #require(PlainReader.block(of: done.bytes))
        #expect(after[exif..<exif + 4] == after[second..<second + 4].prefix(4))
        #expect(Array(after[exif..<exif + 4]) == block.u32(bytes.count + bytes.count % 2))
    }

    @Test func aChainThatNamesTheExifDirectoryIsTurnedToo() throws {
        let block = BlockBuilder.camera(thumbnail: false)
        var bytes = block.bytes()
        let exif = try #require(offset(of: 0x8769, type: 4, in: bytes))
        let next = 8 + 2 + 12 * 5
        bytes.replaceSubrange(next..<next + 4, with: bytes[exif..<exif + 4])
        let photo = PhotoBuilder(block: bytes).bytes()
        let done = try Rewritten(photo, time: newTime, zone: "-05:00")
        #expect(done.rewrite.method == .appended)
        let after = try #require(PlainReader.block(of: done.bytes))
        #expect(Array(after[exif..<exif + 4]) == Array(after[next..<next + 4]))
    }

    /// Position of the value field of an entry in a little-endian block.
    private func offset(of tag: Int, type: Int, in block: [UInt8]) -> Int? {
        let wanted: [UInt8] = [UInt8(tag & 255), UInt8(tag >> 8), UInt8(type), 0, 1, 0, 0, 0]
        return block.indices.first { block[$0...].starts(with: wanted) }.map { $0 + 8 }
    }
}
