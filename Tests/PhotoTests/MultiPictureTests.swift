import Photo
import Testing

/// The multi-picture index stays true: every image is found where it was, the first image's size covers it.
@Suite struct MultiPictureTests {
    private static let second: [UInt8] = [0xFF, 0xD8, 0xFF, 0xDB] + [UInt8](repeating: 7, count: 90) + [0xFF, 0xD9]

    /// A photo with an index of two images behind or in front of Exif; `gap` bytes stand between the images.
    private static func photo(indexFirst: Bool, bigEndian: Bool, gap: Int, exif: Bool = true) -> [UInt8] {
        var b = BlockBuilder()
        b.bigEndian = bigEndian
        func build(_ size: Int, _ offset: Int) -> PhotoBuilder {
            let entries = b.u32(0x2003_0000) + b.u32(size) + b.u32(0) + b.u32(0) + b.u32(0) + b.u32(second.count) + b.u32(offset) + b.u32(0)
            b.image = [BlockBuilder.undefined(0xB000, Array("0100".utf8)), b.long(0xB001, 2), BlockBuilder.undefined(0xB002, entries)]
            let index = PhotoBuilder.segment(0xE2, Array("MPF\0".utf8) + b.bytes())
            let block = exif ? [PhotoBuilder.exif(BlockBuilder.camera().bytes())] : []
            var photo = PhotoBuilder(
                segments: [PhotoBuilder.jfif] + (indexFirst ? [index] + block : block + [index]) + [PhotoBuilder.tables])
            photo.trailer = [UInt8](repeating: 0, count: gap) + second
            return photo
        }
        let bytes = build(0, 0).bytes()
        let size = bytes.count - second.count - gap
        let at = bytes.indices.first { bytes[$0...].starts(with: Array("MPF\0".utf8)) } ?? 0
        return build(size, size + gap - (at + 4)).bytes()
    }

    struct Shape: CustomTestStringConvertible {
        var indexFirst: Bool
        var bigEndian: Bool
        var gap: Int
        var exif = true
        var testDescription: String {
            "\(indexFirst ? "index first" : "Exif first") \(bigEndian ? "MM" : "II") gap \(gap) \(exif ? "" : "no Exif")"
        }
    }

    @Test(arguments: [
        Shape(indexFirst: false, bigEndian: false, gap: 0), Shape(indexFirst: false, bigEndian: true, gap: 512),
        Shape(indexFirst: true, bigEndian: false, gap: 512), Shape(indexFirst: true, bigEndian: true, gap: 0),
        Shape(indexFirst: true, bigEndian: true, gap: 3, exif: false),
    ]) func staysTrue(_ shape: Shape) throws {
        let photo = Self.photo(indexFirst: shape.indexFirst, bigEndian: shape.bigEndian, gap: shape.gap, exif: shape.exif)
        let before = try #require(Index(photo))
        #expect(before.second == Self.second)
        #expect(Array(photo[before.firstSize - 2..<before.firstSize]) == [0xFF, 0xD9])
        let done = try Rewritten(photo, time: newTime, zone: "-05:00")
        #expect(done.rewrite.method == (shape.exif ? .appended : .created))
        let after = try #require(Index(done.bytes))
        #expect(after.second == Self.second)
        #expect(after.firstSize - before.firstSize == done.bytes.count - photo.count)
        #expect(Array(done.bytes[after.firstSize - 2..<after.firstSize]) == [0xFF, 0xD9])
        #expect(PlainReader(jpeg: done.bytes)?.text("Exif/9011") == "-05:00")
    }

    @Test func aSizeThatDescribesNothingIsLeft() throws {
        var photo = Self.photo(indexFirst: false, bigEndian: true, gap: 0)
        let at = try #require(photo.indices.first { photo[$0...].starts(with: [0x20, 0x03, 0, 0]) })
        photo.replaceSubrange(at + 4..<at + 8, with: [0, 0, 0, 99])
        let done = try Rewritten(photo, time: newTime, zone: "-05:00")
        #expect(Index(done.bytes)?.firstSize == 99)
        #expect(Index(done.bytes)?.second == Self.second)
    }

    /// Reads the index without the code under test: entries stand 32 bytes at the end of the segment.
    private struct Index {
        let firstSize: Int
        let second: [UInt8]

        init?(_ photo: [UInt8]) {
            guard let range = PlainReader.segments(photo).first(where: { photo[$0.1].starts(with: Array("MPF\0".utf8)) })?.1 else {
                return nil
            }
            let header = range.lowerBound + 4
            let big = photo[header] == 0x4D
            func u32(_ i: Int) -> Int {
                let b = (0..<4).map { Int(photo[i + $0]) }
                return big ? b[0] << 24 | b[1] << 16 | b[2] << 8 | b[3] : b[3] << 24 | b[2] << 16 | b[1] << 8 | b[0]
            }
            let entries = range.upperBound - 32
            firstSize = u32(entries + 4)
            let start = header + u32(entries + 24)
            guard start + u32(entries + 20) <= photo.count else { return nil }
            second = Array(photo[start..<start + u32(entries + 20)])
        }
    }
}
