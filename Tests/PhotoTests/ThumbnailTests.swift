import Foundation
import TestSupport
import Testing
import Vocabulary

@testable import Photo

/// A photo's own thumbnail, as exiftool finds it.
@Suite struct ThumbnailTests {
    private static let fixture = PackageFolder.path("Fixtures/gallery/photos/IMG_0412.jpg")

    private static func bytes(_ path: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(filePath: path))) }

    private static func exiftool(_ path: String) async throws -> [UInt8] {
        let run = try await Program.run(["sh", "-c", "exiftool -b -ThumbnailImage \"$0\" | base64 -w0", path])
        return [UInt8](Data(base64Encoded: run.output) ?? Data())
    }

    @Test func itIsTheOneThatExiftoolFinds() async throws {
        let found = try #require(try PhotoThumbnail.read(MemoryBytes(try Self.bytes(Self.fixture))))
        let wanted = try await Self.exiftool(Self.fixture)
        #expect(found.bytes == wanted && found.bytes.count == 886 && found.orientation == 1)
    }

    @Test(arguments: 1...8) func itIsTurnedAsThePhotoIs(_ orientation: Int) async throws {
        let folder = try TemporaryFolder("photo")
        try folder.write(try Self.bytes(Self.fixture), to: "p.jpg")
        _ = try await Program.run(["exiftool", "-q", "-n", "-overwrite_original", "-Orientation=\(orientation)", folder.path("p.jpg")])
        #expect(try PhotoThumbnail.read(MemoryBytes(Self.bytes(folder.path("p.jpg"))))?.orientation == orientation)
    }

    @Test func photosWithoutOne() throws {
        #expect(try PhotoThumbnail.read(MemoryBytes(Self.bytes(PackageFolder.path("Fixtures/gallery/photos/Moonrise.jpg")))) == nil)
        #expect(try PhotoThumbnail.read(MemoryBytes([])) == nil && PhotoThumbnail.read(MemoryBytes(Array("no photo".utf8))) == nil)
    }

    /// Whatever stands in the block, what is answered lies within it and begins as a JPEG does.
    @Test func hostileBlocks() throws {
        let original = try Self.bytes(Self.fixture)
        var generator = Randomness(seed: 8)
        var count = 0
        for _ in 0..<3000 {
            var bytes = original
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                bytes[Int.random(in: 0..<1500, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            }
            guard let found = try PhotoThumbnail.read(MemoryBytes(bytes)) else { continue }
            count += 1
            #expect(found.bytes.starts(with: [0xFF, 0xD8, 0xFF]) && found.bytes.count <= 65_535 && 1...8 ~= found.orientation)
        }
        #expect(count > 100)
    }

    /// SplitMix64 (Steele, Lea, Flood 2014).
    private struct Randomness: RandomNumberGenerator {
        var state: UInt64

        init(seed: UInt64) { state = seed }

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
    }
}
