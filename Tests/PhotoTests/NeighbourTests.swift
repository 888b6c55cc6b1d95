import Photo
import Testing

/// What stands beside the Exif block is left alone and spoken of.
@Suite struct NeighbourTests {
    struct Case: CustomTestStringConvertible {
        let name: String
        let segment: [UInt8]
        let warnings: [PhotoWarning]
        var testDescription: String { name }
    }

    private static func iptc(_ sets: [(UInt8, String)]) -> [UInt8] {
        var data: [UInt8] = []
        for (number, text) in sets { data += [0x1C, 2, number, 0, UInt8(text.utf8.count)] + Array(text.utf8) }
        return PhotoBuilder.segment(0xED, Array("Photoshop 3.0\u{0}8BIM".utf8) + [4, 4, 0, 0, 0, 0, 0, UInt8(data.count)] + data)
    }

    static let table: [Case] = [
        Case(
            name: "XMP element", segment: PhotoBuilder.xmp("<exif:DateTimeOriginal>2019-03-21T08:09:10.42</exif:DateTimeOriginal>"),
            warnings: [.contradictingDate(.xmpDateTimeOriginal, "2019-03-21T08:09:10.42")]),
        Case(
            name: "XMP attribute", segment: PhotoBuilder.xmp("<rdf:Description photoshop:DateCreated = '2019-03-21'/>"),
            warnings: [.contradictingDate(.xmpDateCreated, "2019-03-21")]),
        Case(name: "XMP agrees", segment: PhotoBuilder.xmp("<x exif:DateTimeOriginal=\"2024-06-15T10:30:45-05:00\"/>"), warnings: []),
        Case(name: "XMP agrees to the minute", segment: PhotoBuilder.xmp("<x exif:DateTimeOriginal=\"2024-06-15T10:30\"/>"), warnings: []),
        Case(name: "XMP agrees to the day", segment: PhotoBuilder.xmp("<x photoshop:DateCreated=\"2024-06-15\"/>"), warnings: []),
        Case(
            name: "XMP says nothing", segment: PhotoBuilder.xmp("<x exif:DateTimeOriginal=\"\"/><y exif:DateTimeOriginal/>"), warnings: []),
        Case(
            name: "IPTC", segment: iptc([(55, "20190321"), (60, "080910+0100")]),
            warnings: [.contradictingDate(.iptcDateCreated, "2019-03-21 08:09:10")]),
        Case(name: "IPTC agrees", segment: iptc([(55, "20240615"), (60, "103045-0500")]), warnings: []),
        Case(name: "C2PA", segment: PhotoBuilder.segment(0xEB, Array("JP\0\u{1}....jumbc2pa".utf8)), warnings: [.signatureBroken]),
        Case(name: "another JUMBF box", segment: PhotoBuilder.segment(0xEB, Array("JP\0\u{1}....jumb360".utf8)), warnings: []),
    ]

    @Test(arguments: table) func isSpokenOf(_ row: Case) throws {
        var photo = PhotoBuilder(.camera(offset: "+01:00"))
        photo.segments.append(row.segment)
        let done = try Rewritten(photo.bytes(), time: newTime, zone: "-05:00")
        #expect(done.rewrite.warnings == row.warnings)
        try expectOnlyTimeChanged(photo.bytes(), done.bytes, time: newTime, offset: "-05:00")
        // An unchanged photo breaks no signature, and where nothing is asked nothing is said.
        #expect(try Rewritten(photo.bytes(), time: nil).rewrite.warnings == [])
    }

    @Test func gpsIsSeenInExifAndXMP() throws {
        var block = BlockBuilder.camera()
        block.gps = [block.rational(2, (59, 1), (19, 1), (0, 1)), block.rational(4, (18, 1), (4, 1), (0, 1))]
        #expect(try Rewritten(PhotoBuilder(block).bytes(), time: nil).rewrite.facts.hasGPS)
        var photo = PhotoBuilder(.camera())
        #expect(try !Rewritten(photo.bytes(), time: nil).rewrite.facts.hasGPS)
        photo.segments.append(PhotoBuilder.xmp("<x exif:GPSLatitude=\"59,19N\"/>"))
        #expect(try Rewritten(photo.bytes(), time: nil).rewrite.facts.hasGPS)
    }
}
