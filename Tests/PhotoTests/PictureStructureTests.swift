import Foundation
import Photo
import TestSupport
import Testing
import Vocabulary

/// Pictures that are not whole are found without decoding them; whole ones raise no alarm.
@Suite struct PictureStructureTests {
    /// Pictures made here, of the smallest parts that a format asks for.
    private static let made: [(name: String, bytes: [UInt8])] = [
        ("sequential JPEG", jpeg(frame: 0xC0)), ("progressive JPEG", jpeg(frame: 0xC2, scans: 3)),
        ("JPEG with restarts", jpeg(frame: 0xC0, data: [0x12, 0xFF, 0x00, 0xFF, 0xD0, 0x34, 0xFF, 0xD7, 0x56])),
        ("JPEG with a thumbnail in front", jpeg(frame: 0xC0, segment: [0xFF, 0xD8, 0xFF, 0xD9])), ("PNG", png()),
        ("WebP, lossy", webp([("VP8 ", vp8)])), ("WebP, lossless", webp([("VP8L", [0x2F, 1, 2, 3, 4])])),
        ("WebP, extended", webp([("VP8X", [UInt8](repeating: 0, count: 10)), ("ICCP", [1, 2, 3]), ("VP8 ", vp8)])),
    ]

    private static let vp8: [UInt8] = [0x10, 0, 0, 0x9D, 0x01, 0x2A, 8, 0, 8, 0, 7]

    private static func jpeg(
        frame: UInt8, scans: Int = 1, data: [UInt8] = [0x12, 0xFF, 0x00, 0x34], segment: [UInt8] = [1, 2]
    ) -> [UInt8] {
        var bytes: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE1, 0, UInt8(segment.count + 2)] + segment
        bytes += [0xFF, frame, 0, 11, 8, 0, 8, 0, 8, 1, 1, 0x11, 0]
        for _ in 0..<scans { bytes += [0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0] + data }
        return bytes + [0xFF, 0xD9]
    }

    private static func big(_ value: Int) -> [UInt8] { [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) } }

    private static func little(_ value: Int) -> [UInt8] { big(value).reversed() }

    /// Bit by bit, as PNG's annex D defines it: not the way of the code under test.
    private static func crc(_ bytes: [UInt8]) -> Int {
        var value: UInt32 = 0xFFFF_FFFF
        for byte in bytes {
            value ^= UInt32(byte)
            for _ in 0..<8 { value = value & 1 == 1 ? (value >> 1) ^ 0xEDB8_8320 : value >> 1 }
        }
        return Int(~value)
    }

    private static func png() -> [UInt8] {
        let header: [UInt8] = big(1) + big(1) + [8, 2, 0, 0, 0]
        let chunks: [(String, [UInt8])] = [
            ("IHDR", header), ("tEXt", Array("Comment\0a longer text than eight bytes".utf8)), ("IDAT", [1, 2, 3, 4, 5]), ("IEND", []),
        ]
        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
            + chunks.flatMap { (name: String, data: [UInt8]) -> [UInt8] in
                big(data.count) + Array(name.utf8) + data + big(crc(Array(name.utf8) + data))
            }
    }

    private static func webp(_ chunks: [(String, [UInt8])]) -> [UInt8] {
        let body = chunks.flatMap { (name: String, data: [UInt8]) -> [UInt8] in
            Array(name.utf8) + little(data.count) + data + (data.count & 1 == 1 ? [0] : [])
        }
        return Array("RIFF".utf8) + little(body.count + 4) + Array("WEBP".utf8) + body
    }

    private static func fault(_ bytes: [UInt8]) throws -> PictureFault? { try PictureStructure.fault(in: MemoryBytes(bytes)) }

    @Test(arguments: made.indices) func wholePicturesAreWhole(_ index: Int) throws {
        let picture = Self.made[index]
        #expect(try Self.fault(picture.bytes) == nil, "\(picture.name)")
        // What follows the picture is its own: motion photos, several pictures in one.
        #expect(try Self.fault(picture.bytes + [1, 2, 3, 4]) == nil, "\(picture.name)")
    }

    /// Cut anywhere from the point where the format can be told, it is found.
    @Test(arguments: made.indices) func everyCutIsFound(_ index: Int) throws {
        let picture = Self.made[index]
        let least = picture.bytes.starts(with: [0xFF]) ? 2 : picture.bytes.starts(with: [0x89]) ? 4 : 12
        for count in least..<picture.bytes.count {
            #expect(try Self.fault(Array(picture.bytes[..<count])) != nil, "\(picture.name), \(count) bytes")
        }
    }

    private static let damaged: [(name: String, bytes: [UInt8], words: String)] = {
        var flipped = png()
        flipped[flipped.count - 20] ^= 1
        var large = jpeg(frame: 0xC0)
        large.replaceSubrange(13..<17, with: [0x0B, 0xB8, 0x0F, 0xA0])
        return [
            ("PNG, a bit flipped in its data", flipped, "wrong checksum"),
            ("PNG after a transfer as text", [0x89, 0x50, 0x4E, 0x47, 0x0A, 0x1A, 0x0A, 0] + png()[7...], "line ends"),
            ("JPEG of zeros behind its head", jpeg(frame: 0xC0).prefix(30) + [UInt8](repeating: 0, count: 900), "breaks off"),
            ("JPEG of 4000 × 3000 with four bytes of image data", large, "less image data"),
            ("JPEG without image data", [0xFF, 0xD8, 0xFF, 0xD9], "without image data"),
            ("WebP without a picture", webp([("EXIF", [1, 2])]), "no picture"),
            ("WebP whose picture does not begin as it must", webp([("VP8 ", [0x10, 0, 0, 0, 0, 0, 8, 0, 8, 0])]), "begin as they must"),
        ]
    }()

    @Test(arguments: damaged.indices) func damageIsFound(_ index: Int) throws {
        let row = Self.damaged[index]
        let fault = try #require(try Self.fault(row.bytes), "\(row.name)")
        #expect(fault.description.contains(row.words), "\(row.name): \(fault)")
    }

    /// A source that answers each read with so few bytes.
    private struct Drops: ByteSource {
        let bytes: MemoryBytes
        let atOnce: Int
        var size: Int64 { bytes.size }

        func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) throws -> Int {
            bytes.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<min(buffer.count, atOnce)]), at: offset)
        }
    }

    /// Bytes of anything are judged without a trap, alike however they are read, and whatever follows a picture that is whole.
    @Test(arguments: 0..<40 as Range<UInt64>) func anyBytesAreJudged(seed: UInt64) throws {
        var state = seed &* 0x9e37_79b9_7f4a_7c15 &+ 1
        func random(_ limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % limit
        }
        for picture in Self.made {
            for _ in 0..<60 {
                var bytes = picture.bytes
                for _ in 0...random(4) { bytes[random(bytes.count)] = UInt8(random(256)) }
                let fault = try Self.fault(bytes)
                let read = try PictureStructure.fault(in: Drops(bytes: MemoryBytes(bytes), atOnce: 1 + random(7)))
                #expect(read == fault, "\(picture.name): \(bytes)")
                if fault == nil { #expect(try Self.fault(bytes + [1, 2, 3, 4]) == nil, "\(picture.name): \(bytes)") }
            }
        }
    }

    /// The gallery of Fixtures is whole, and every cut of one of each format is found.
    @Test func thePicturesOfFixturesAreWhole() throws {
        let folder = PackageFolder.path("Fixtures")
        var formats: [String: [UInt8]] = [:]
        for path in try FileManager.default.subpathsOfDirectory(atPath: folder)
        where ["jpg", "png", "webp"].contains((path as NSString).pathExtension) {
            let bytes = [UInt8](try Data(contentsOf: URL(filePath: "\(folder)/\(path)")))
            #expect(try Self.fault(bytes) == nil, "\(path)")
            let format = (path as NSString).pathExtension
            if formats[format].map({ bytes.count < $0.count }) ?? true { formats[format] = bytes }
        }
        #expect(formats.count == 3)
        for (format, bytes) in formats {
            for count in stride(from: 16, to: bytes.count, by: max(1, bytes.count / 2000)) {
                #expect(try Self.fault(Array(bytes[..<count])) != nil, "\(format), \(count) of \(bytes.count) bytes")
            }
        }
    }

    /// Photos of many cameras and programs: found broken are those that Pillow cannot decode, and no others.
    @Test(.enabled(if: PictureSamples.folder != nil, "the pack of samples is not there")) func samplesAreJudgedAsADecoderDoes() throws {
        let folder = try #require(PictureSamples.folder)
        var alarms: Set<String> = []
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        for name in names where try Self.fault([UInt8](Data(contentsOf: URL(filePath: "\(folder)/\(name)")))) != nil { alarms.insert(name) }
        #expect(alarms == PictureSamples.broken.intersection(names))
    }
}

/// Photos that lie beside the package on some machines.
private enum PictureSamples {
    static var folder: String? {
        let shared = ProcessInfo.processInfo.environment["GALLERIA_SHARED"] ?? PackageFolder.path("../shared")
        let folder = shared + "/exif-samples"
        return FileManager.default.fileExists(atPath: folder) ? folder : nil
    }

    /// Those that Pillow 12 cannot decode: heads without image data, files that were cut off or broken on purpose.
    static let broken: Set<String> = [
        "Ashampoo__photo_21_header.jpg", "Ashampoo__photo_46.jpg", "Ashampoo__photo_47_header.jpg",
        "apache__ArrayIndexOutOfBoundsException_DhtSegment_79.jpeg",
        "apache__clusterfuzz-testcase-minimized-ImagingJpegFuzzer-4548690447564800",
        "bep__2007-01-01-12-00-00-sep-2007-01-01-12-00-00a.jpg", "bep__2007-05-12-08-19-07-sep-2007-05-12-08-19-07a.jpg",
        "bep__2007-08-15-14-42-46-sep-2007-08-15-14-42-46a.jpg", "bep__2008-06-02-10-03-57-sep-2008-06-02-10-03-57a.jpg",
        "bep__2009-04-23-07-21-35-sep-2009-04-23-07-21-35a.jpg", "bep__2009-08-05-08-11-31-sep-2009-08-05-08-11-31a.jpg",
        "bep__2010-06-08-04-44-24-sep-2010-06-08-04-44-24a.jpg", "bep__2011-01-24-22-06-02-sep-2011-01-24-22-06-02a.jpg",
        "bep__2012-06-02-10-12-28-sep-2012-06-02-10-12-28.jpg", "bep__2013-02-05-23-12-09-sep-DSCI0001.jpg", "bep__huge_tag_exif.jpg",
        "synth_app1_len_lie.jpg", "synth_no_eoi.jpg", "synth_not_jpeg.jpg", "synth_soi_only.jpg", "synth_truncated_app1.jpg",
    ]
}
