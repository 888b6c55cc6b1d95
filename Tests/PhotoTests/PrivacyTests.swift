import Photo
import Testing
import Vocabulary

/// What privacy removes is nowhere in the deployed bytes, and nothing else is touched.
@Suite struct PrivacyTests {
    static let secrets = ["Jane Photographer", "SN-4242424", "LN-777777", "59,19.1234N"]

    /// A photo that says where, by whom and with what, in every place that is known.
    private static func photo(bigEndian: Bool = false) -> PhotoBuilder {
        var block = BlockBuilder.camera(bigEndian: bigEndian, offset: "+02:00")
        block.image.insert(BlockBuilder.ascii(0x013B, "Jane Photographer"), at: 4)
        block.image.append(BlockBuilder.ascii(0x8298, "(c) 2019 Jane Photographer, all rights"))
        block.image.append(
            BlockBuilder.Entry(tag: 0x9C9D, type: 1, count: 36, bytes: "Jane Photographer\0".utf8.flatMap { [$0, UInt8(0)] }))
        block.exif?.insert(BlockBuilder.ascii(0xA430, "Jane Photographer"), at: 7)
        block.exif?.append(BlockBuilder.ascii(0xA435, "LN-777777"))
        block.gps = [
            BlockBuilder.Entry(tag: 0, type: 1, count: 4, bytes: [2, 2, 0, 0]), BlockBuilder.ascii(1, "N"),
            block.rational(2, (59, 1), (19, 1), (1234, 100)), BlockBuilder.ascii(3, "E"), block.rational(4, (18, 1), (4, 1), (5678, 100)),
            block.rational(6, (4711, 100)), BlockBuilder.ascii(0x1D, "2019:03:21"),
        ]
        var photo = PhotoBuilder(block)
        photo.segments.insert(PhotoBuilder.xmp(packet), at: 2)
        photo.segments.insert(PhotoBuilder.segment(0xED, Array("Photoshop 3.0\0".utf8) + resources()), at: 3)
        photo.segments.insert(PhotoBuilder.segment(0xFE, Array("Taken by Jane Photographer with SN-4242424.".utf8)), at: 4)
        photo.segments.insert(PhotoBuilder.segment(0xE0, Array("JFXX\0".utf8) + [0x10] + thumbnail), at: 1)
        return photo
    }

    static let thumbnail: [UInt8] = [0xFF, 0xD8, 0xFF, 0xDB] + [UInt8](repeating: 0x5A, count: 80) + [0xFF, 0xD9]

    static let packet = """
        <?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF>
        <rdf:Description xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:a="http://ns.adobe.com/exif/1.0/aux/"
         exif:GPSLatitude="59,19.1234N" exif:ExposureTime="1/250" a:SerialNumber='SN-4242424' xmp:CreatorTool="Jane Photographer's tool">
        <!-- no > harm --><dc:creator><rdf:Seq><rdf:li>Jane Photographer</rdf:li></rdf:Seq></dc:creator>
        <dc:rights><rdf:Alt><rdf:li xml:lang="x-default">by Jane Photographer</rdf:li></rdf:Alt></dc:rights>
        <drone-dji:GpsLongitude>+18.0686</drone-dji:GpsLongitude><xmp:Rating>5</xmp:Rating><a:LensSerialNumber/>
        </rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>
        """

    private static func resource(_ number: Int, _ data: [UInt8]) -> [UInt8] {
        let size = data.count
        return Array("8BIM".utf8) + [UInt8(number >> 8), UInt8(number & 255), 0, 0, 0, 0, UInt8(size >> 8), UInt8(size & 255)] + data
            + (size % 2 == 1 ? [0] : [])
    }

    private static func resources() -> [UInt8] {
        func set(_ number: UInt8, _ text: String) -> [UInt8] { [0x1C, 2, number, 0, UInt8(text.utf8.count)] + Array(text.utf8) }
        var block = BlockBuilder()
        block.image = [BlockBuilder.ascii(0x013B, "Jane Photographer")]
        block.gps = [BlockBuilder.ascii(1, "N"), block.rational(2, (59, 1), (19, 1), (1234, 100))]
        return resource(0x0404, set(5, "A title") + set(80, "Jane Photographer") + set(116, "(c) Jane Photographer"))
            + resource(0x040C, [UInt8](repeating: 1, count: 28) + thumbnail) + resource(0x0422, block.bytes())
    }

    private static func count(_ text: String, in bytes: [UInt8]) -> Int {
        let wide: [UInt8] = text.utf8.flatMap { [$0, UInt8(0)] }
        let forms: [[UInt8]] = [Array(text.utf8), wide]
        return bytes.indices.reduce(0) { sum, i in sum + forms.count { bytes[i...].starts(with: $0) } }
    }

    private static func redacted(
        _ photo: [UInt8], _ items: Set<PrivacyItem>, time: String? = nil, zone: String = "keep"
    ) throws -> Rewritten {
        let plain = try Rewritten.rewriter(time: time, zone: zone)
        return try Rewritten(photo, PhotoRewriter(rules: plain.rules, privacy: items))
    }

    @Test(arguments: [false, true]) func nothingOfItRemains(bigEndian: Bool) throws {
        let before = Self.photo(bigEndian: bigEndian).bytes()
        for secret in Self.secrets { #expect(Self.count(secret, in: before) > 0) }
        let done = try Self.redacted(before, Set(PrivacyItem.allCases))
        #expect(done.rewrite.isRedacted)
        #expect(done.rewrite.method == .inPlace)
        // A camera maker that nobody knows.
        #expect(done.rewrite.gaps == [.makerNote])
        #expect(done.bytes.count == before.count)
        for secret in Self.secrets { #expect(Self.count(secret, in: done.bytes) == 0, "\(secret)") }
        #expect(!done.bytes.indices.contains { done.bytes[$0...].starts(with: Self.thumbnail.dropFirst(4).prefix(40)) })
        let reader = try #require(PlainReader(jpeg: done.bytes))
        #expect(reader.order["GPS"] == [0])
        #expect(reader.order["IFD1"] == nil)
        #expect(reader.text("Exif/a431") == "")
        #expect(reader.text("IFD0/8298") == "(c) 2019                  , all rights")
        // What nobody asked about stands.
        let text = String(decoding: done.bytes, as: UTF8.self)
        for kept in [
            "exif:ExposureTime=\"1/250\"", "<xmp:Rating>5</xmp:Rating>", "A title", "<?xpacket end=\"w\"?>", "2019:03:21 08:09:10",
        ] {
            #expect(text.contains(kept), "\(kept)")
        }
        let again = try Self.redacted(done.bytes, Set(PrivacyItem.allCases))
        #expect(again.bytes == done.bytes)
        #expect(!again.rewrite.isRedacted)
    }

    @Test(arguments: PrivacyItem.allCases) func oneItemTouchesNoOther(item: PrivacyItem) throws {
        let before = Self.photo().bytes()
        let done = try Self.redacted(before, [item])
        #expect(done.rewrite.isRedacted)
        let old = try #require(PlainReader(jpeg: before))
        let new = try #require(PlainReader(jpeg: done.bytes))
        let mine: (String) -> Bool = { key in
            switch item {
            case .gps: key.hasPrefix("GPS/")
            case .serial: key == "Exif/a431" || key == "Exif/a435"
            case .thumbnail: key.hasPrefix("IFD1/") || key == "thumbnail"
            case .owner: ["IFD0/13b", "IFD0/8298", "IFD0/9c9d", "Exif/a430"].contains(key)
            }
        }
        #expect(new.values.filter { !mine($0.key) } == old.values.filter { !mine($0.key) })
        #expect(new.values.filter { mine($0.key) } != old.values.filter { mine($0.key) })
        #expect(done.bytes.suffix(500) == before.suffix(500))
    }

    @Test func togetherWithATime() throws {
        var photo = Self.photo()
        photo.segments[2] = PhotoBuilder.xmp(Self.packet)
        var block = BlockBuilder.camera()
        block.exif?.append(BlockBuilder.ascii(0xA435, "LN"))
        let before = PhotoBuilder(block).bytes()
        let done = try Self.redacted(before, [.serial], time: newTime, zone: "-05:00")
        #expect(done.rewrite.method == .appended)
        let reader = try #require(PlainReader(jpeg: done.bytes))
        #expect(reader.text("Exif/9003") == newTime)
        #expect(reader.text("Exif/9011") == "-05:00")
        #expect(reader.text("Exif/a435") == "")
        #expect(Self.count("SN-4242424", in: done.bytes) == 0)
        // A short serial number within its entry is gone from the copied directory and from the old one.
        #expect(Self.count("LN\0", in: done.bytes) == 0)
        #expect(try Self.redacted(done.bytes, [.serial], time: newTime, zone: "-05:00").bytes == done.bytes)
    }

    @Test func aRefusedTimeIsNoLeak() throws {
        var block = BlockBuilder.camera(time: "9999:12:31 23:00:00")
        block.gps = [BlockBuilder.ascii(1, "N"), block.rational(2, (59, 1), (19, 1), (1234, 100))]
        let rules = CaptureRules(all: CaptureCorrection(clockShift: ClockShift(seconds: 7200)))
        let done = try Rewritten(PhotoBuilder(block).bytes(), PhotoRewriter(rules: rules, privacy: [.gps]))
        #expect(done.rewrite.refusal == .timeOutOfRange)
        #expect(done.rewrite.isRedacted)
        #expect(PlainReader(jpeg: done.bytes)?.order["GPS"] == [0])
        #expect(PlainReader(jpeg: done.bytes)?.text("Exif/9003") == "9999:12:31 23:00:00")
    }

    struct Gap: CustomTestStringConvertible {
        let name: String
        let photo: [UInt8]
        let gaps: [PrivacyGap]
        var testDescription: String { name }
    }

    private static func with(_ segment: [UInt8], trailer: [UInt8] = []) -> [UInt8] {
        var photo = PhotoBuilder(.camera())
        photo.segments.append(segment)
        photo.trailer = trailer
        return photo.bytes()
    }

    static let gaps: [Gap] = [
        Gap(name: "no JPEG", photo: [1, 2, 3], gaps: [.unreadable("the photo")]),
        Gap(name: "no TIFF", photo: PhotoBuilder(block: [1, 2, 3]).bytes(), gaps: [.unreadable("an Exif block")]),
        Gap(
            name: "XMP that does not close", photo: with(PhotoBuilder.xmp("<x:xmpmeta><rdf:RDF exif:GPSLatitude=\"59N\"></x:xmpmeta>")),
            gaps: [.brokenXMP]),
        Gap(name: "C2PA", photo: with(PhotoBuilder.segment(0xEB, Array("JP\0\u{1}....jumbc2pa".utf8))), gaps: [.signedClaim]),
        Gap(name: "a video", photo: with(PhotoBuilder.segment(0xFE, [1]), trailer: Array("....ftypmp42SEFT".utf8)), gaps: [.video]),
        Gap(
            name: "GPS over the camera's make",
            photo: {
                var block = BlockBuilder.camera(thumbnail: false)
                let at = PlainReader(block: block.bytes()).values["IFD0/10f"]?.first?.at ?? 0
                block.gps = [BlockBuilder.Entry(tag: 2, type: 5, count: 3, bytes: [], pointsAt: at + 12)]
                return PhotoBuilder(block).bytes()
            }(), gaps: [.sharedBytes(.gps)]),
    ]

    @Test(arguments: gaps) func whatMayRemainIsSaid(_ row: Gap) throws {
        let done = try Self.redacted(row.photo, [.gps])
        #expect(done.rewrite.gaps == row.gaps)
        #expect(done.rewrite.refusal == nil)
    }

    @Test func extendedXMPIsOnePacket() throws {
        let packet = Array(Self.packet.utf8)
        // The secret is cut in two, and the parts come in the wrong order.
        let cut = try #require(packet.indices.first { packet[$0...].starts(with: Array("59,19".utf8)) }) + 4
        func part(_ range: Range<Int>) -> [UInt8] {
            let length = [UInt8(0), 0, UInt8(packet.count >> 8), UInt8(packet.count & 255)]
            let offset = [UInt8(0), 0, UInt8(range.lowerBound >> 8), UInt8(range.lowerBound & 255)]
            return PhotoBuilder.segment(
                0xE1,
                Array("http://ns.adobe.com/xmp/extension/\0".utf8) + [UInt8](repeating: 0x41, count: 32) + length + offset + packet[range])
        }
        var photo = PhotoBuilder(.camera())
        photo.segments += [part(cut..<packet.count), part(0..<cut)]
        let done = try Self.redacted(photo.bytes(), [.gps, .serial])
        #expect(Self.count("19.1234N", in: done.bytes) == 0)
        #expect(Self.count("exif:GPS", in: done.bytes) == 0)
        #expect(Self.count("SN-4242424", in: done.bytes) == 0)
        #expect(Self.count("<xmp:Rating>5</xmp:Rating>", in: done.bytes) == 1)
    }

    @Test func imagesBehindTheFirstAreRedactedToo() throws {
        let second = Self.photo(bigEndian: true).bytes()
        var b = BlockBuilder()
        func build(_ offset: Int) -> [UInt8] {
            let entries = b.u32(0) + b.u32(0) + b.u32(0) + b.u32(0) + b.u32(0) + b.u32(second.count) + b.u32(offset) + b.u32(0)
            b.image = [b.long(0xB001, 2), BlockBuilder.undefined(0xB002, entries)]
            return Self.with(PhotoBuilder.segment(0xE2, Array("MPF\0".utf8) + b.bytes()), trailer: second)
        }
        let first = build(0)
        let header = try #require(first.indices.first { first[$0...].starts(with: Array("MPF\0".utf8)) }) + 4
        let done = try Self.redacted(build(first.count - second.count - header), Set(PrivacyItem.allCases))
        for secret in Self.secrets { #expect(Self.count(secret, in: done.bytes) == 0, "\(secret)") }
        #expect(done.rewrite.gaps == [.pictureBehindImage, .makerNote])
    }

    @Test func aVideoLosesItsPlace() throws {
        let place: [UInt8] = [0, 0, 0, 30, 0xA9] + Array("xyz".utf8) + [0, 18, 0x15, 0xC7] + Array("+59.3293+018.0686/".utf8)
        let done = try Self.redacted(Self.with(PhotoBuilder.segment(0xFE, [1]), trailer: place + Array("SEFT".utf8)), [.gps])
        #expect(Self.count("+00.0000+000.0000/", in: done.bytes) == 1)
    }

    @Test func nikonKeepsTheKeyOfItsCipher() throws {
        var nikon = Array("Nikon\0\u{2}\u{10}\0\0MM\0*".utf8) + [0, 0, 0, 8]
        nikon += [0, 1, 0, 0x1D, 0, 2, 0, 0, 0, 8, 0, 0, 0, 26, 0, 0, 0, 0] + Array("6012345\0".utf8)
        var block = BlockBuilder.camera(bigEndian: true, makerNote: false)
        block.image[0] = BlockBuilder.ascii(0x010F, "NIKON CORPORATION")
        block.exif?.insert(BlockBuilder.undefined(0x927C, nikon), at: 4)
        let done = try Self.redacted(PhotoBuilder(block).bytes(), [.serial])
        #expect(Self.count("6012345", in: done.bytes) == 0)
        // 6,012,345 mod 256 is 185: ExifTool's Nikon.pm deciphers with these eight bits.
        #expect(Self.count("0000185\0", in: done.bytes) == 1)
    }
}
