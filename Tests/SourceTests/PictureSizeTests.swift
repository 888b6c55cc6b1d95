import Testing
import Vocabulary

@testable import Source

/// Width and height from the first bytes of pictures, as the standards lay them out.
@Suite struct PictureSizeTests {
    private static func jpeg(_ frame: [UInt8]) -> [UInt8] { [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2] + frame }
    private static func webp(_ chunk: String, _ rest: [UInt8]) -> [UInt8] {
        Array("RIFF".utf8) + [0, 0, 0, 0] + Array("WEBP\(chunk)".utf8) + [0, 0, 0, 0] + rest + [UInt8](repeating: 0, count: 16)
    }

    private static let pictures: [(String, [UInt8], Int, Int)] = [
        ("baseline", jpeg([0xFF, 0xC0, 0, 17, 8, 0x0B, 0xB8, 0x0F, 0xA0, 3]), 4000, 3000),
        ("progressive", jpeg([0xFF, 0xC2, 0, 17, 8, 0, 1, 0, 2, 3]), 2, 1),
        ("fill bytes and a table before", jpeg([0xFF, 0xC4, 0, 3, 9, 0xFF, 0xFF, 0xFF, 0xC1, 0, 17, 8, 0, 1, 0, 2, 3]), 2, 1),
        (
            "PNG",
            [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13] + Array("IHDR".utf8) + [0, 0, 1, 0, 0, 0, 0, 5, 8, 6, 0, 0, 0],
            256, 5
        ),
        ("GIF", Array("GIF89a".utf8) + [0x40, 0x01, 0xF0, 0x00, 0, 0, 0], 320, 240),
        ("WebP, lossy", webp("VP8 ", [0, 0, 0, 0x9D, 0x01, 0x2A, 0x40, 0x41, 0xF0, 0x40]), 320, 240),
        ("WebP, lossless", webp("VP8L", [0x2F, 0x3F, 0xC1, 0x3B, 0x00]), 320, 240),
        ("WebP, extended", webp("VP8X", [0, 0, 0, 0, 0x3F, 0x01, 0, 0xEF, 0, 0]), 320, 240),
    ]

    @Test(arguments: pictures.indices) func theSizeIsRead(_ index: Int) throws {
        let (name, bytes, width, height) = Self.pictures[index]
        let size = try PictureSize(of: MemoryBytes(bytes))
        #expect(size?.width == width && size?.height == height, "\(name): \(String(describing: size))")
        // What is cut short has another size or none, and is never read beyond its end.
        for count in bytes.indices { _ = try PictureSize(of: MemoryBytes(Array(bytes[..<count]))) }
    }

    @Test(arguments: [
        [], [0xFF, 0xD8], jpeg([0xFF, 0xDA, 0, 2]), jpeg([0xFF, 0xC0, 0, 17, 8, 0, 0, 0, 0, 3]), jpeg([0, 0]),
        Array("RIFF....WEBPxxxx".utf8),
    ])
    func whatHasNoneTellsNone(_ bytes: [UInt8]) throws {
        #expect(try PictureSize(of: MemoryBytes(bytes)) == nil)
    }
}
