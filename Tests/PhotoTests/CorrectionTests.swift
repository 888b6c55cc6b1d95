import Photo
import Testing
import Vocabulary

/// What a correction makes of a photo's time and offset.
@Suite struct CorrectionTests {
    struct Case: CustomTestStringConvertible {
        var name: String
        var time: String? = "2019:03:21 08:09:10"
        var offset: String?
        var shift = "0"
        var zone = "keep"
        var cameraZone: String?
        var timeAfter: String?
        var offsetAfter: String?
        var method: PhotoMethod = .inPlace
        var warnings: [PhotoWarning] = []
        var testDescription: String { name }
    }

    static let table: [Case] = [
        Case(name: "shift, offset kept", offset: "+01:00", shift: "-4h", timeAfter: "2019:03:21 04:09:10", offsetAfter: "+01:00"),
        Case(name: "shift, no offset", shift: "-9h", timeAfter: "2019:03:20 23:09:10"),
        Case(name: "label alone", offset: "+01:00", zone: "+05:45", timeAfter: "2019:03:21 08:09:10", offsetAfter: "+05:45"),
        Case(name: "label alone, new", zone: "+05:45", timeAfter: "2019:03:21 08:09:10", offsetAfter: "+05:45", method: .appended),
        Case(
            name: "the shift comes first, the zone follows the new date", time: "2024:03:31 06:30:00", offset: "+09:00", shift: "-6h",
            zone: "Europe/Berlin", timeAfter: "2024:03:31 00:30:00", offsetAfter: "+01:00"),
        Case(
            name: "shifted over the change", time: "2024:03:31 00:30:00", offset: "+09:00", shift: "6h", zone: "Europe/Berlin",
            timeAfter: "2024:03:31 06:30:00", offsetAfter: "+02:00"),
        Case(
            name: "gap", time: "2024:03:31 02:30:00", offset: "+09:00", zone: "Europe/Berlin", timeAfter: "2024:03:31 02:30:00",
            offsetAfter: "+01:00", warnings: [.localTimeInGap]),
        Case(
            name: "repeated hour", time: "2024:10:27 02:30:00", offset: "+09:00", zone: "Europe/Berlin", timeAfter: "2024:10:27 02:30:00",
            offsetAfter: "+02:00", warnings: [.localTimeRepeated]),
        Case(
            name: "the camera stayed at home", time: "2024:06:15 23:30:00", offset: "+02:00", zone: "Asia/Tokyo",
            cameraZone: "Europe/Berlin",
            timeAfter: "2024:06:16 06:30:00", offsetAfter: "+09:00"),
        Case(
            name: "shift, then conversion", time: "2024:06:15 23:30:00", offset: "+02:00", shift: "-1h", zone: "-05:00",
            cameraZone: "+02:00",
            timeAfter: "2024:06:15 15:30:00", offsetAfter: "-05:00"),
        Case(
            name: "nothing to do", offset: "+01:00", zone: "+01:00", timeAfter: "2019:03:21 08:09:10", offsetAfter: "+01:00",
            method: .untouched(.alreadyRight)),
        Case(
            name: "no time to shift", time: nil, shift: "-4h", zone: "+01:00", method: .untouched(.noCaptureTime),
            warnings: [.noCaptureTime(nil)]),
        Case(
            name: "a clock never set", time: "0000:00:00 00:00:00", shift: "-4h", method: .untouched(.noCaptureTime),
            warnings: [.noCaptureTime(nil)]),
        Case(
            name: "blanks", time: "    :  :     :  :  ", zone: "+01:00", method: .untouched(.noCaptureTime), warnings: [.noCaptureTime(nil)]
        ),
        Case(
            name: "no time at all", time: "2019:13:45 99:99:99", shift: "-4h", method: .untouched(.noCaptureTime),
            warnings: [.noCaptureTime("2019:13:45 99:99:99")]),
        Case(
            name: "a foreign form is shifted into the right one", time: "2019-03-21 08:09:10", shift: "-4h",
            timeAfter: "2019:03:21 04:09:10"),
        Case(
            name: "an offset before standard time", time: "1880:01:01 12:00:00", offset: "+01:00", zone: "Asia/Manila",
            timeAfter: "1880:01:01 12:00:00", offsetAfter: "+08:04"),
        Case(
            name: "an offset that Exif cannot hold", time: "1840:01:01 12:00:00", offset: "+01:00", zone: "Asia/Manila",
            timeAfter: "1840:01:01 12:00:00", offsetAfter: "+01:00", method: .untouched(.alreadyRight), warnings: [.offsetNotRepresentable]),
    ]

    @Test(arguments: table, [false, true]) func makes(_ row: Case, bigEndian: Bool) throws {
        let photo = PhotoBuilder(.camera(bigEndian: bigEndian, time: row.time, offset: row.offset)).bytes()
        let correction = CaptureCorrection(
            clockShift: try ClockShift(parsing: row.shift), zone: try CaptureZone(parsing: row.zone),
            cameraZone: try row.cameraZone.map { try CaptureZone(parsing: $0) })
        let done = try Rewritten(photo, PhotoRewriter(rules: CaptureRules(all: correction)))
        #expect(done.rewrite.refusal == nil)
        #expect(done.rewrite.method == row.method)
        #expect(done.rewrite.timeAfter?.description == row.timeAfter)
        #expect(done.rewrite.offsetAfter?.description == row.offsetAfter)
        #expect(done.rewrite.warnings == row.warnings)
        let reader = try #require(PlainReader(jpeg: done.bytes))
        if row.timeAfter != nil { #expect(reader.text("Exif/9003") == row.timeAfter) }
        if row.timeAfter != nil { #expect(reader.text("Exif/9011") == row.offsetAfter) }
        #expect(reader.text("Exif/9291") == "042")
        if case .untouched = row.method { #expect(done.bytes == photo) }
    }

    @Test func aLabelDoesNotReformTheTime() throws {
        let photo = PhotoBuilder(.camera(time: "2019-03-21 08:09:10", offset: "+01:00")).bytes()
        let done = try Rewritten(photo, time: nil, zone: "+02:00")
        #expect(PlainReader(jpeg: done.bytes)?.text("Exif/9003") == "2019-03-21 08:09:10")
    }

    @Test(arguments: [
        ("2024:06:15 12:30:45", "+02:00"), ("2024:06:15 12:34:00", "+02:00"), ("2024:06:15 16:15:45", "+05:45"),
        ("2024:06:15 00:30:45", "-10:00"),
        ("2024:06:16 00:30:45", "+14:00"),
    ]) func gpsGivesTheOffset(_ time: String, _ offset: String) throws {
        let done = try Rewritten(gps(time), gpsRewriter("Asia/Tokyo"))
        #expect(PlainReader(jpeg: done.bytes)?.text("Exif/9011") == offset)
        #expect(done.rewrite.warnings == [])
    }

    @Test(arguments: [("2024:06:15 12:45:00", 134), ("2024:06:17 12:30:45", 3000), ("2024:06:15 10:10:45", -20)])
    func implausibleGPSIsRefused(_ time: String, _ minutes: Int) throws {
        let photo = try gps(time)
        let done = try Rewritten(photo, gpsRewriter("Asia/Tokyo"))
        #expect(done.rewrite.refusal == .gpsImplausible(minutes: minutes))
        #expect(done.bytes == photo)
    }

    @Test func withoutGPSTheZoneIsUsed() throws {
        let done = try Rewritten(PhotoBuilder(.camera()).bytes(), gpsRewriter("Asia/Tokyo"))
        #expect(PlainReader(jpeg: done.bytes)?.text("Exif/9011") == "+09:00")
        #expect(done.rewrite.warnings == [.noGPSTime])
    }

    /// A photo taken at 10:30:45 UTC by GPS.
    private func gps(_ time: String) throws -> [UInt8] {
        var block = BlockBuilder.camera(time: time)
        block.gps = [block.rational(0x0007, (10, 1), (30, 1), (4575, 100)), BlockBuilder.ascii(0x001D, "2024:06:15")]
        return PhotoBuilder(block).bytes()
    }

    private func gpsRewriter(_ zone: String) throws -> PhotoRewriter {
        PhotoRewriter(rules: CaptureRules(all: CaptureCorrection(zone: try CaptureZone(parsing: zone), offsetSource: .gps)))
    }
}
