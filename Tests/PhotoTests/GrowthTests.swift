import Photo
import Testing
import Vocabulary

/// When the Exif segment may grow, and when the offset is left out instead.
@Suite struct GrowthTests {
    struct Case: CustomTestStringConvertible {
        let name: String
        let photo: [UInt8]
        let obstacle: GrowthObstacle?
        var warnings: [PhotoWarning] = []
        var testDescription: String { name }
    }

    private static let jpeg: [UInt8] = [0xFF, 0xD8, 0xFF, 0xDB] + [UInt8](repeating: 5, count: 60) + [0xFF, 0xD9]

    private static func photo(_ block: BlockBuilder = .camera(), change: (inout PhotoBuilder) -> Void = { _ in }) -> [UInt8] {
        var photo = PhotoBuilder(block)
        change(&photo)
        return photo.bytes()
    }

    /// A photo whose MakerNote names, as a LONG from the TIFF header, the position of what lies `skip` bytes into the trailer.
    private static func preview(
        _ trailer: [UInt8], at skip: Int, named: Bool = true, change: (inout PhotoBuilder) -> Void = { _ in }
    ) -> [UInt8] {
        func build(_ target: Int) -> [UInt8] {
            var block = BlockBuilder.camera(makerNote: false)
            let note = block.u16(1) + block.u16(0x88) + block.u16(4) + block.u32(1) + block.u32(target) + block.u32(0)
            block.exif?.insert(BlockBuilder.undefined(0x927C, note), at: 4)
            return photo(block) {
                $0.trailer = trailer
                change(&$0)
            }
        }
        let size = build(0).count
        return build(named ? size - trailer.count + skip - (2 + PhotoBuilder.jfif.count + 10) : 1)
    }

    /// A photo with a MakerNote of no structure and a picture behind the image; nil names the picture at an odd place of the note.
    private static func unknown(_ note: [UInt8]?) -> [UInt8] {
        func build(_ target: Int) -> [UInt8] {
            var block = BlockBuilder.camera(makerNote: false)
            let entry = BlockBuilder.undefined(0x927C, note ?? Array("STMN100".utf8) + block.u32(target))
            block.exif?.insert(entry, at: 4)
            return photo(block) { $0.trailer = jpeg }
        }
        return build(build(0).count - jpeg.count - (2 + PhotoBuilder.jfif.count + 10))
    }

    /// Leica's S2 keeps its note behind the image.
    private static func noteBehind() -> [UInt8] {
        func build(_ target: Int) -> [UInt8] {
            var block = BlockBuilder.camera(makerNote: false)
            block.exif?.insert(BlockBuilder.Entry(tag: 0x927C, type: 7, count: 100, bytes: [], pointsAt: target), at: 4)
            return photo(block) { $0.trailer = Array("LEICA".utf8) + [UInt8](repeating: 7, count: 200) }
        }
        return build(build(0).count - 205)
    }

    private static func full(_ size: Int) -> BlockBuilder {
        var block = BlockBuilder.camera()
        block.tail = [UInt8](repeating: 1, count: size - block.bytes().count)
        return block
    }

    private static func thumbnailBehind() -> [UInt8] {
        func build(_ at: Int) -> [UInt8] {
            var block = BlockBuilder.camera(thumbnail: false)
            block.thumbnailDirectory = [block.long(0x201, at), block.long(0x202, jpeg.count)]
            return photo(block) { $0.trailer = jpeg }
        }
        return build(build(0).count - jpeg.count - (2 + PhotoBuilder.jfif.count + 10))
    }

    private static func thumbnail(at distance: Int, length: Int) -> [UInt8] {
        var block = BlockBuilder.camera(thumbnail: false)
        block.thumbnailDirectory = [block.long(0x201, 0), block.long(0x202, length)]
        let size = block.bytes().count
        block.thumbnailDirectory = [block.long(0x201, size + distance), block.long(0x202, length)]
        return photo(block)
    }

    static let table: [Case] = [
        Case(name: "nothing in the way", photo: photo(), obstacle: nil),
        Case(name: "room to the last byte", photo: photo(full(65_527 - 111)), obstacle: nil),
        Case(name: "one byte too few", photo: photo(full(65_527 - 109)), obstacle: .segmentFull),
        Case(name: "full", photo: photo(full(65_527)), obstacle: .segmentFull),
        Case(name: "a text behind the image", photo: photo { $0.trailer = Array("some text".utf8) }, obstacle: nil),
        Case(name: "a picture behind the image that nobody names", photo: preview(jpeg, at: 0, named: false), obstacle: nil),
        Case(name: "a picture behind the image that the maker note names", photo: preview(jpeg, at: 0), obstacle: .makerNotePreview),
        Case(
            name: "the same with a header of 32 bytes", photo: preview([UInt8](repeating: 1, count: 32) + jpeg, at: 0),
            obstacle: .makerNotePreview),
        Case(name: "the same with a spoilt first byte", photo: preview([0x02] + jpeg.dropFirst(), at: 0), obstacle: .makerNotePreview),
        Case(
            name: "the same, a Samsung motion photo", photo: preview(jpeg + Array("SEFT".utf8), at: 0), obstacle: nil,
            warnings: [.makerNotePreviewMoved]),
        Case(
            name: "the same, a Google motion photo",
            photo: preview(jpeg, at: 0) { $0.segments.append(PhotoBuilder.xmp("<x GCamera:MotionPhoto=\"1\"/>")) }, obstacle: nil,
            warnings: [.makerNotePreviewMoved]),
        Case(
            name: "the same, with a multi-picture index",
            photo: preview(jpeg, at: 0) { $0.segments.append(PhotoBuilder.segment(0xE2, Array("MPF\0".utf8) + BlockBuilder().bytes())) },
            obstacle: nil, warnings: [.makerNotePreviewMoved]),
        Case(
            name: "a multi-picture index and a note that names nothing",
            photo: preview(jpeg, at: 0, named: false) {
                $0.segments.append(PhotoBuilder.segment(0xE2, Array("MPF\0".utf8) + BlockBuilder().bytes()))
            }, obstacle: nil),
        Case(
            name: "an unknown maker note and a picture that it does not name", photo: unknown(Array("unknown to everybody".utf8)),
            obstacle: nil),
        Case(name: "an unknown maker note that names the picture", photo: unknown(nil), obstacle: .makerNotePreview),
        Case(
            name: "a long unknown maker note and any picture", photo: unknown([UInt8](repeating: 0xEE, count: 9000)),
            obstacle: .makerNotePreview),
        Case(name: "a maker note behind the segment", photo: noteBehind(), obstacle: .valueBehindSegment),
        Case(
            name: "an AFCP trailer", photo: photo { $0.trailer = Array("AXS!stuffAXS!".utf8) + [UInt8](repeating: 0, count: 8) },
            obstacle: .afcpTrailer),
        Case(name: "a thumbnail behind the image", photo: thumbnailBehind(), obstacle: .valueBehindSegment),
        Case(name: "a thumbnail said to begin right behind the block", photo: thumbnail(at: 4, length: 10), obstacle: .danglingReference),
        Case(name: "a thumbnail behind the end of the file", photo: thumbnail(at: 1_000_000, length: 10), obstacle: nil),
        Case(
            name: "two Exif segments, one with the time",
            photo: photo {
                var other = BlockBuilder()
                other.image = [BlockBuilder.ascii(0x010F, "Other")]
                $0.segments.append(PhotoBuilder.exif(other.bytes()))
            }, obstacle: .severalSegments),
        Case(
            name: "one block in two segments", photo: photo { $0.segments.insert(PhotoBuilder.exif(Array("goes on".utf8)), at: 2) },
            obstacle: .severalSegments),
    ]

    @Test(arguments: table) func offsetIsAddedOrLeftOut(_ row: Case) throws {
        let done = try Rewritten(row.photo, time: newTime, zone: "-05:00")
        #expect(done.rewrite.refusal == nil)
        if let obstacle = row.obstacle {
            #expect(done.rewrite.warnings == [.offsetLeftOut(obstacle)])
            #expect(done.rewrite.method == .inPlace)
            #expect(done.rewrite.isPartial)
            #expect(done.rewrite.offsetAfter == nil)
            #expect(done.bytes.count == row.photo.count)
            try expectOnlyTimeChanged(row.photo, done.bytes, time: newTime, offset: nil)
            // The same label asked of the result changes nothing more.
            #expect(try Rewritten(done.bytes, time: newTime, zone: "-05:00").rewrite.method == .untouched(.offsetLeftOut))
        } else {
            #expect(done.rewrite.method == .appended)
            #expect(done.rewrite.warnings == row.warnings)
            #expect(done.rewrite.offsetAfter?.minutes == -300)
            try expectOnlyTimeChanged(row.photo, done.bytes, time: newTime, offset: "-05:00")
        }
    }

    @Test func zerosInAFullSegmentAreRoom() throws {
        var block = BlockBuilder.camera(bigEndian: true)
        block.tail = [UInt8](repeating: 0, count: 65_526 - block.bytes().count)
        let photo = Self.photo(block)
        let done = try Rewritten(photo, time: newTime, zone: "-05:00")
        #expect(done.rewrite.method == .zeroRun)
        try expectOnlyTimeChanged(photo, done.bytes, time: newTime, offset: "-05:00")
    }

    @Test func aTimeWithoutRoomIsRefused() throws {
        var block = BlockBuilder.camera(time: nil)
        block.tail = [UInt8](repeating: 1, count: 65_527 - block.bytes().count)
        let photo = Self.photo(block)
        let done = try Rewritten(photo, time: newTime, zone: "-05:00")
        #expect(done.rewrite.refusal == .noRoom(.segmentFull))
        #expect(done.bytes == photo)
    }

    @Test func aThumbnailThatOverrunsIsPadded() throws {
        var block = BlockBuilder.camera()
        block.thumbnail = Array(block.thumbnail.prefix(100))
        var bytes = block.bytes()
        // Say 140 bytes where 100 stand.
        let at = try #require(bytes.lastIndex(of: 100))
        bytes[at] = 140
        let photo = PhotoBuilder(block: bytes).bytes()
        let done = try Rewritten(photo, time: newTime, zone: "-05:00")
        #expect(done.rewrite.method == .appended)
        let after = try #require(PlainReader(jpeg: done.bytes)?.values["thumbnail"]?.first)
        #expect(after.bytes == block.thumbnail + [UInt8](repeating: 0, count: 40))
    }
}
