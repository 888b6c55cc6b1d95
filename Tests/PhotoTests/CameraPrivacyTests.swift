import Photo
import Testing

/// What camera makers hide in forms of their own: removed where it is understood, and told where it is not, so that the photo is not sent.
@Suite struct CameraPrivacyTests {
    private static func redacted(_ photo: [UInt8], _ items: Set<PrivacyItem>) throws -> Rewritten {
        try Rewritten(photo, PhotoRewriter(rules: CaptureRules(), privacy: items))
    }

    private static func has(_ text: String, _ bytes: [UInt8]) -> Bool {
        let wanted = Array(text.utf8)
        return bytes.indices.contains { (i: Int) -> Bool in bytes[i...].starts(with: wanted) }
    }

    private static func camera(_ make: String, _ model: String, note: [UInt8]?) -> BlockBuilder {
        var block = BlockBuilder.camera(makerNote: false, thumbnail: false)
        block.image[0] = BlockBuilder.ascii(0x010F, make)
        block.image[1] = BlockBuilder.ascii(0x0110, model)
        if let note { block.exif?.insert(BlockBuilder.undefined(0x927C, note), at: 4) }
        return block
    }

    struct Sony: CustomTestStringConvertible {
        let model: String
        let range: Range<Int>?
        var testDescription: String { model }
    }

    /// Positions by ExifTool's Sony.pm, Tag9050a to c.
    @Test(arguments: [
        Sony(model: "SLT-A77V", range: 0xF0..<0xF5), Sony(model: "ILCA-77M2", range: 0xF0..<0xF5), Sony(model: "NEX-6", range: 0x7C..<0x80),
        Sony(model: "ILCE-7", range: 0x7C..<0x80), Sony(model: "ILCE-7M3", range: 0x88..<0x90),
        Sony(model: "ILCA-99M2", range: 0x88..<0x90),
        Sony(model: "ILCE-7M9", range: 0x88..<0x90), Sony(model: "DSC-RX100", range: nil),
    ]) func sonysEncipheredSerialNumberIsGone(_ row: Sony) throws {
        let secret = (0..<944).map { UInt8($0 * $0 % 247 + 1) }
        func photo(_ at: Int) -> [UInt8] {
            let b = BlockBuilder()
            let entries =
                b.u16(0x2031) + b.u16(2) + b.u32(9) + b.u32(at + 30) + b.u16(0x9050) + b.u16(7) + b.u32(secret.count) + b.u32(at + 40)
            let note = b.u16(2) + entries + b.u32(0) + Array("12345678\0\0".utf8) + secret
            return PhotoBuilder(Self.camera("SONY", row.model, note: note)).bytes()
        }
        // The note counts from the TIFF header, which stands 30 bytes into the file: SOI, JFIF and ten bytes of APP1.
        let start = 2 + PhotoBuilder.jfif.count + 10
        let at = try #require(photo(0).indices.first { photo(0)[$0...].starts(with: [2, 0, 0x31, 0x20]) }) - start
        let before = photo(at)
        let done = try Self.redacted(before, [.serial])
        #expect(done.rewrite.gaps == [])
        let hasNumber = Self.has("12345678", done.bytes)
        #expect(!hasNumber)
        let cipher = start + at + 40
        var expected = secret
        for i in row.range ?? 0..<0 { expected[i] = 0 }
        #expect(Array(done.bytes[cipher..<cipher + secret.count]) == expected)
    }

    private static func goPro() -> [UInt8] {
        func value(_ key: String, _ type: UInt8, _ size: Int, _ data: [UInt8]) -> [UInt8] {
            let count = data.count / size
            return Array(key.utf8) + [type, UInt8(size), UInt8(count >> 8), UInt8(count & 255)] + data
                + [UInt8](repeating: 0, count: (4 - data.count % 4) % 4)
        }
        let stream = value("GPS5", UInt8(ascii: "l"), 4, Array("PLACE.PLACE.".utf8)) + value("SCAL", UInt8(ascii: "s"), 2, [0, 9])
        let device =
            value("MINF", UInt8(ascii: "c"), 1, Array("HERO9 Black".utf8))
            + value("CASN", UInt8(ascii: "c"), 1, Array("C3471327755785".utf8))
            + value("STRM", 0, 1, stream)
        return PhotoBuilder.segment(0xE6, Array("GoPro\0".utf8) + value("DEVC", 0, 1, device) + [0, 0, 0, 0])
    }

    private static func with(_ segment: [UInt8], trailer: [UInt8] = []) -> [UInt8] {
        var photo = PhotoBuilder(camera("Apple", "X", note: nil))
        photo.segments.append(segment)
        photo.trailer = trailer
        return photo.bytes()
    }

    @Test func goProLosesPlaceAndSerialNumberAlone() throws {
        let before = Self.with(Self.goPro())
        let places = try Self.redacted(before, [.gps])
        #expect(!Self.has("PLACE", places.bytes) && Self.has("C3471327755785", places.bytes))
        let serials = try Self.redacted(before, [.serial])
        #expect(Self.has("PLACE", serials.bytes) && !Self.has("C3471327755785", serials.bytes))
        for done in [places, serials] {
            #expect(done.rewrite.gaps == [])
            #expect(Self.has("HERO9 Black", done.bytes) && Self.has("SCAL", done.bytes))
            #expect(done.bytes.count == before.count)
        }
    }

    @Test func aSerialNumberInAPP12IsGone() throws {
        let text = "[picture info]\r\nResolution=1\r\nSerial#=A1B2C3D4\r\nType=X\r\n"
        let done = try Self.redacted(Self.with(PhotoBuilder.segment(0xEC, Array(text.utf8))), [.serial])
        #expect(Self.has("Serial#=        \r\nType=X", done.bytes))
    }

    struct Sealed: CustomTestStringConvertible {
        let name: String
        let photo: [UInt8]
        let items: Set<PrivacyItem>
        let gap: PrivacyGap?
        var testDescription: String { name }
    }

    private static let flir = with(PhotoBuilder.segment(0xE1, Array("FLIR\0\u{1}\0\0FFF\0".utf8) + [UInt8](repeating: 1, count: 60)))

    static let sealed: [Sealed] = [
        Sealed(name: "FLIR, positions", photo: flir, items: [.gps], gap: .unreadable("its thermal camera data (FLIR)")),
        Sealed(name: "FLIR, serial numbers", photo: flir, items: [.serial], gap: .unreadable("its thermal camera data (FLIR)")),
        Sealed(name: "FLIR, thumbnails", photo: flir, items: [.thumbnail], gap: nil),
        Sealed(
            name: "HP", photo: with(PhotoBuilder.segment(0xE6, Array("TDHD\u{1}\0\0\0CMSN".utf8))), items: [.serial],
            gap: .unreadable("its camera data (HP)")),
        Sealed(
            name: "GoPro, cut", photo: with(Array(goPro().prefix(2)) + [0, 40] + Array(goPro()[4..<42])), items: [.gps],
            gap: .unreadable("its camera data (GoPro)")),
        Sealed(
            name: "Kodak's maker note",
            photo: PhotoBuilder(camera("EASTMAN KODAK COMPANY", "Z", note: [UInt8](repeating: 65, count: 60))).bytes(),
            items: [.serial], gap: .unreadable("its maker note")),
        Sealed(
            name: "a Canon's note that cannot be read",
            photo: PhotoBuilder(camera("Canon", "Z", note: [UInt8](repeating: 0xEE, count: 60))).bytes(), items: [.owner],
            gap: .unreadable("its maker note")),
        Sealed(
            name: "the same, positions", photo: PhotoBuilder(camera("Canon", "Z", note: [UInt8](repeating: 0xEE, count: 60))).bytes(),
            items: [.gps], gap: nil),
        Sealed(
            name: "Photo Mechanic's trailer", photo: with(PhotoBuilder.segment(0xFE, [1]), trailer: Array("....cbipcbbl".utf8)),
            items: [.owner], gap: .unreadable("its Photo Mechanic trailer")),
    ]

    @Test(arguments: sealed) func whatIsNotUnderstoodIsNotSent(_ row: Sealed) throws {
        let done = try Self.redacted(row.photo, row.items)
        #expect(done.rewrite.gaps == [row.gap].compactMap { $0 })
        #expect(done.rewrite.gaps.allSatisfy { $0.isCertain })
    }
}
