import Photo
import Testing
import Vocabulary

@Suite struct RewriteTests {
    @Test(arguments: [false, true]) func bothInPlace(bigEndian: Bool) throws {
        let photo = PhotoBuilder(.camera(bigEndian: bigEndian, offset: "+02:00")).bytes()
        let done = try Rewritten(photo, time: newTime, zone: "-05:00")
        #expect(done.rewrite.method == .inPlace)
        #expect(done.bytes.count == photo.count)
        try expectOnlyTimeChanged(photo, done.bytes, time: newTime, offset: "-05:00")
        // Golden: the two texts and nothing else.
        let changed = photo.indices.filter { photo[$0] != done.bytes[$0] }
        let text = try #require(position(of: "2024:06:15 10:30:45\0", in: done.bytes))
        let label = try #require(position(of: "-05:00\0", in: done.bytes))
        #expect(changed.allSatisfy { text..<text + 19 ~= $0 || label..<label + 6 ~= $0 })
    }

    @Test(arguments: [false, true]) func missingOffsetIsAppended(bigEndian: Bool) throws {
        let photo = PhotoBuilder(.camera(bigEndian: bigEndian)).bytes()
        let done = try Rewritten(photo, time: newTime, zone: "-05:00")
        #expect(done.rewrite.method == .appended)
        // 7 entries become 8: 2 + 8 × 12 + 4, and 8 bytes for the value; one byte of padding where the length is odd.
        let odd = (PlainReader.block(of: photo)?.count ?? 0) % 2
        #expect(done.bytes.count == photo.count + 110 + odd)
        try expectOnlyTimeChanged(photo, done.bytes, time: newTime, offset: "-05:00")
        let reader = try #require(PlainReader(jpeg: done.bytes))
        #expect(reader.order["Exif"] == reader.order["Exif"]?.sorted())
    }

    @Test func bothMissingAreAppended() throws {
        let photo = PhotoBuilder(.camera(time: nil)).bytes()
        let done = try Rewritten(photo, time: newTime, zone: "+05:45")
        #expect(done.rewrite.method == .appended)
        try expectOnlyTimeChanged(photo, done.bytes, time: newTime, offset: "+05:45")
    }

    @Test func noExifDirectoryMovesTheFirst() throws {
        var block = BlockBuilder()
        block.image = [BlockBuilder.ascii(0x010F, "Galleria"), BlockBuilder.ascii(0x9C9B, "behind the pointer")]
        let photo = PhotoBuilder(block).bytes()
        let done = try Rewritten(photo, time: newTime, zone: "-05:00")
        #expect(done.rewrite.method == .appended)
        try expectOnlyTimeChanged(photo, done.bytes, time: newTime, offset: "-05:00")
        #expect(PlainReader(jpeg: done.bytes)?.order["IFD0"] == [0x010F, 0x8769, 0x9C9B])
    }

    @Test(arguments: [
        [PhotoBuilder.tables], [PhotoBuilder.jfif, PhotoBuilder.tables],
        [
            PhotoBuilder.jfif, PhotoBuilder.segment(0xE0, Array("JFXX\0".utf8) + [0x13, 0, 0]), PhotoBuilder.xmp("<x/>"),
            PhotoBuilder.tables,
        ],
    ]) func noExifIsCreated(segments: [[UInt8]]) throws {
        let photo = PhotoBuilder(segments: segments).bytes()
        let done = try Rewritten(photo, time: newTime, zone: "-05:00")
        #expect(done.rewrite.method == .created)
        #expect(done.bytes.count == photo.count + 106)
        try expectOnlyTimeChanged(photo, done.bytes, time: newTime, offset: "-05:00")
        let markers = PlainReader.segments(done.bytes).map(\.0)
        let leading = segments.prefix { $0[1] == 0xE0 }.count
        #expect(markers[leading] == 0xE1)
    }

    @Test func createdBytesAreGolden() throws {
        let done = try Rewritten(PhotoBuilder(segments: [PhotoBuilder.tables]).bytes(), time: newTime, zone: "-05:00")
        let golden: [UInt8] =
            [0xFF, 0xE1, 0, 104] + Array("Exif\0\0".utf8) + [0x4D, 0x4D, 0, 42, 0, 0, 0, 8]
            + [0, 1, 0x87, 0x69, 0, 4, 0, 0, 0, 1, 0, 0, 0, 26, 0, 0, 0, 0]
            + [0, 3, 0x90, 0, 0, 7, 0, 0, 0, 4] + Array("0232".utf8)
            + [0x90, 3, 0, 2, 0, 0, 0, 20, 0, 0, 0, 68, 0x90, 0x11, 0, 2, 0, 0, 0, 7, 0, 0, 0, 88, 0, 0, 0, 0]
            + Array("2024:06:15 10:30:45\0-05:00\0\0".utf8)
        #expect(Array(done.bytes[2..<108]) == golden)
    }

    @Test func zerosAtTheEndAreUsed() throws {
        var block = BlockBuilder.camera(bigEndian: true)
        block.tail = [UInt8](repeating: 0, count: 400)
        let photo = PhotoBuilder(block).bytes()
        let done = try Rewritten(photo, time: newTime, zone: "-05:00")
        #expect(done.rewrite.method == .zeroRun)
        #expect(done.bytes.count == photo.count)
        try expectOnlyTimeChanged(photo, done.bytes, time: newTime, offset: "-05:00")
    }

    @Test func zerosThatBelongToAValueAreNot() throws {
        var block = BlockBuilder.camera(makerNote: false, thumbnail: false)
        block.exif?.append(BlockBuilder.undefined(0xEA1C, [UInt8](repeating: 0, count: 400)))
        let photo = PhotoBuilder(block).bytes()
        let done = try Rewritten(photo, time: newTime, zone: "-05:00")
        #expect(done.rewrite.method == .appended)
        try expectOnlyTimeChanged(photo, done.bytes, time: newTime, offset: "-05:00")
    }

    @Test func zerosThatTheMakerNotePointsAtAreNot() throws {
        var block = BlockBuilder.camera(thumbnail: false)
        let size = block.bytes().count
        // The note's second entry is a text of 16 bytes; let it stand in the middle of the zeros.
        block.tail = [UInt8](repeating: 0, count: 160)
        let index = try #require(block.exif?.firstIndex { $0.tag == 0x927C })
        let pointer = block.u32(size + 120)
        block.exif?[index].bytes.replaceSubrange(22..<26, with: pointer)
        let photo = PhotoBuilder(block).bytes()
        let done = try Rewritten(photo, time: newTime, zone: "-05:00")
        #expect(done.rewrite.method == .appended)
        try expectOnlyTimeChanged(photo, done.bytes, time: newTime, offset: "-05:00")
    }

    @Test(arguments: ["2024:06:15 10:30:45", nil]) func appliedTwiceIsAppliedOnce(time: String?) throws {
        for block in [
            BlockBuilder.camera(), .camera(offset: "   :  "), .camera(bigEndian: true, time: time == nil ? "2019:01:01 00:00:00" : nil),
        ] {
            let once = try Rewritten(PhotoBuilder(block).bytes(), time: time, zone: "-05:00")
            let twice = try Rewritten(once.bytes, time: time, zone: "-05:00")
            #expect(once.rewrite.refusal == nil)
            #expect(twice.bytes == once.bytes)
            #expect(twice.rewrite.method == .untouched(.alreadyRight))
        }
    }

    @Test func deterministic() throws {
        let photo = PhotoBuilder(.camera()).bytes()
        #expect(
            try Rewritten(photo, shift: "-4h", zone: "Europe/Berlin").bytes == Rewritten(photo, shift: "-4h", zone: "Europe/Berlin").bytes)
    }

    @Test func theSpliceHoldsOnlyEdits() throws {
        var photo = PhotoBuilder(.camera())
        photo.scan = [UInt8](repeating: 9, count: 3_000_000)
        let done = try Rewritten(photo.bytes(), time: newTime, zone: "-05:00")
        let held = done.rewrite.splice.pieces.reduce(0) { sum, piece in
            if case .bytes(let bytes) = piece { sum + bytes.count } else { sum }
        }
        #expect(held < 200)
    }

    private func position(of text: String, in bytes: [UInt8]) -> Int? {
        let wanted = Array(text.utf8)
        return bytes.indices.first { bytes[$0...].starts(with: wanted) }
    }
}
