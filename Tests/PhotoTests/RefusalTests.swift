import Photo
import Testing

@Suite struct RefusalTests {
    struct Case: CustomTestStringConvertible {
        let name: String
        let photo: [UInt8]
        let refusal: Refusal
        var testDescription: String { name }
    }

    private static func photo(_ change: (inout [UInt8]) -> Void) -> [UInt8] {
        var bytes = PhotoBuilder(segments: [PhotoBuilder.exif(BlockBuilder.camera().bytes()), PhotoBuilder.tables]).bytes()
        change(&bytes)
        return bytes
    }

    private static func with(_ exif: [BlockBuilder.Entry]) -> [UInt8] {
        var block = BlockBuilder.camera()
        block.exif = exif
        return PhotoBuilder(block).bytes()
    }

    static let table: [Case] = [
        Case(name: "nothing", photo: [], refusal: .notJPEG),
        Case(name: "a PNG", photo: [0x89, 0x50, 0x4E, 0x47], refusal: .notJPEG),
        Case(name: "SOI alone", photo: [0xFF, 0xD8], refusal: .notJPEG),
        Case(name: "SOI and a fill byte", photo: [0xFF, 0xD8, 0xFF], refusal: .noImage),
        Case(name: "no scan", photo: [0xFF, 0xD8] + PhotoBuilder.jfif, refusal: .noImage),
        Case(name: "EOI before a scan", photo: [0xFF, 0xD8] + PhotoBuilder.jfif + [0xFF, 0xD9], refusal: .noImage),
        Case(name: "garbage", photo: [0xFF, 0xD8] + PhotoBuilder.jfif + [1, 2, 3], refusal: .garbageBetweenSegments(at: 20)),
        Case(name: "FF 00", photo: [0xFF, 0xD8] + PhotoBuilder.jfif + [0xFF, 0], refusal: .garbageBetweenSegments(at: 20)),
        Case(name: "a length of 1", photo: [0xFF, 0xD8, 0xFF, 0xE1, 0, 1], refusal: .segmentTruncated(marker: 0xE1, at: 2)),
        Case(name: "a length that lies", photo: [0xFF, 0xD8, 0xFF, 0xE1, 0xFF, 0xFF, 1], refusal: .segmentTruncated(marker: 0xE1, at: 2)),
        Case(name: "an empty Exif block", photo: PhotoBuilder(block: []).bytes(), refusal: .exifUnreadable(.header)),
        Case(name: "no byte order", photo: photo { $0[12] = 0x58 }, refusal: .exifUnreadable(.byteOrder)),
        Case(name: "no 42", photo: photo { $0[14] = 43 }, refusal: .exifUnreadable(.magic)),
        Case(name: "IFD0 nowhere", photo: photo { $0[19] = 0x7F }, refusal: .exifUnreadable(.firstDirectory)),
        Case(name: "IFD0 in the header", photo: photo { $0[16] = 4 }, refusal: .exifUnreadable(.firstDirectory)),
        Case(name: "too many entries", photo: photo { $0[21] = 0x7F }, refusal: .exifUnreadable(.firstDirectory)),
        Case(
            name: "time twice",
            photo: with([BlockBuilder.ascii(0x9003, "2019:03:21 08:09:10"), BlockBuilder.ascii(0x9003, "2018:03:21 08:09:10")]),
            refusal: .duplicateTag(0x9003)),
        Case(
            name: "offset twice", photo: with([BlockBuilder.ascii(0x9011, "+01:00"), BlockBuilder.ascii(0x9011, "+02:00")]),
            refusal: .duplicateTag(0x9011)),
        Case(
            name: "two Exif segments with a time each",
            photo: {
                var photo = PhotoBuilder(.camera())
                photo.segments.append(PhotoBuilder.exif(BlockBuilder.camera(bigEndian: true).bytes()))
                return photo.bytes()
            }(), refusal: .severalCaptureTimes),
        Case(
            name: "Exif behind stray bytes",
            photo: PhotoBuilder(segments: [
                PhotoBuilder.segment(0xE1, [0, 0] + Array("Exif\0\0".utf8) + BlockBuilder.camera().bytes()), PhotoBuilder.tables,
            ])
            .bytes(), refusal: .misplacedExif),
    ]

    @Test(arguments: table) func leavesThePhotoAsItIs(_ row: Case) throws {
        let done = try Rewritten(row.photo, time: newTime, zone: "-05:00")
        #expect(done.rewrite.refusal == row.refusal)
        #expect(done.rewrite.method == .untouched(.refused))
        #expect(done.bytes == row.photo)
        #expect(!row.refusal.description.isEmpty)
        // Where nothing is asked, nothing is refused.
        #expect(try Rewritten(row.photo, time: nil).rewrite.refusal == nil)
    }

    @Test func everyPrefixOfAPhotoIsSafe() throws {
        var block = BlockBuilder.camera()
        block.gps = [BlockBuilder.ascii(0x001D, "2019:03:21"), block.rational(0x0007, (6, 1), (9, 1), (10, 1))]
        let photo = PhotoBuilder(block).bytes()
        for length in 0..<photo.count {
            let cut = Array(photo[..<length])
            let done = try Rewritten(cut, time: newTime, zone: "-05:00")
            if done.rewrite.refusal != nil { #expect(done.bytes == cut) }
        }
    }

    @Test func noEndIsNoHindrance() throws {
        var photo = PhotoBuilder(.camera())
        photo.end = []
        try expectOnlyTimeChanged(
            photo.bytes(), Rewritten(photo.bytes(), time: newTime, zone: "-05:00").bytes, time: newTime, offset: "-05:00")
    }

    @Test func aShiftOutOfTheCalendarIsRefused() throws {
        let photo = PhotoBuilder(.camera(time: "9999:12:31 23:00:00")).bytes()
        let done = try Rewritten(photo, shift: "2h")
        #expect(done.rewrite.refusal == .timeOutOfRange)
        #expect(done.bytes == photo)
    }
}
