public import Vocabulary

/// Width and height of a picture in pixels, as its file stores them: read from the first bytes, nothing is decoded.
///
/// Exif's orientation is not applied.
public struct PictureSize: Sendable, Hashable {
    /// Pixels in a row.
    public let width: Int
    /// Rows.
    public let height: Int

    init?(_ width: Int, _ height: Int) {
        guard width > 0, height > 0 else { return nil }
        self.width = width
        self.height = height
    }

    /// Reads the size of a JPEG, PNG, WebP or GIF; nil for anything else, and for what is cut short before its size.
    public init?(of bytes: any ByteSource) throws {
        let head = try bytes.bytes(0..<32)
        if head.starts(with: [0xFF, 0xD8]) {
            guard let size = try Self.jpeg(bytes) else { return nil }
            self = size
        } else {
            guard let size = Self.fixed(head) else { return nil }
            self = size
        }
    }

    /// The formats that tell it at a fixed place.
    private static func fixed(_ head: [UInt8]) -> PictureSize? {
        func big(_ at: Int, _ count: Int) -> Int { head[at..<at + count].reduce(0) { $0 << 8 | Int($1) } }
        func little(_ at: Int, _ count: Int) -> Int { head[at..<at + count].reversed().reduce(0) { $0 << 8 | Int($1) } }
        func says(_ text: String, _ at: Int) -> Bool { head.count >= at + text.utf8.count && head[at...].starts(with: text.utf8) }
        // PNG (W3C, third edition, §5.3 and §11.2.1): IHDR is the first chunk.
        if head.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
            return says("IHDR", 12) && head.count >= 24 ? PictureSize(big(16, 4), big(20, 4)) : nil
        }
        if says("GIF87a", 0) || says("GIF89a", 0), head.count >= 10 { return PictureSize(little(6, 2), little(8, 2)) }
        guard says("RIFF", 0), says("WEBP", 8), head.count >= 30 else { return nil }
        // RFC 9649 §2.7 (VP8X), §3.4 (VP8L); RFC 6386 §9.1 (VP8).
        if says("VP8X", 12) { return PictureSize(little(24, 3) + 1, little(27, 3) + 1) }
        if says("VP8L", 12), head[20] == 0x2F {
            let bits = little(21, 4)
            return PictureSize((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
        }
        if says("VP8 ", 12), head[23..<26].elementsEqual([0x9D, 0x01, 0x2A]) {
            return PictureSize(little(26, 2) & 0x3FFF, little(28, 2) & 0x3FFF)
        }
        return nil
    }

    /// Walks the marker segments to the first frame header (ITU-T T.81 §B.2.2, §B.1.1.4).
    private static func jpeg(_ bytes: any ByteSource) throws -> PictureSize? {
        var at: Int64 = 2
        // No camera writes as many segments before the frame.
        for _ in 0..<1000 {
            let head = try bytes.bytes(at..<at + 9)
            guard head.count >= 4, head[0] == 0xFF else { return nil }
            let marker = head[1]
            // Fill bytes, and markers that stand alone.
            if marker == 0xFF {
                at += 1
                continue
            }
            if marker == 0x01 || 0xD0...0xD7 ~= marker {
                at += 2
                continue
            }
            if 0xC0...0xCF ~= marker, ![0xC4, 0xC8, 0xCC].contains(marker) {
                guard head.count == 9 else { return nil }
                return PictureSize(Int(head[7]) << 8 | Int(head[8]), Int(head[5]) << 8 | Int(head[6]))
            }
            let length = Int64(head[2]) << 8 | Int64(head[3])
            guard length >= 2, marker != 0xD9, marker != 0xDA else { return nil }
            at += 2 + length
        }
        return nil
    }
}
