/// Builds JPEG files around TIFF blocks; the image data is made up, its markers are not.
struct PhotoBuilder {
    var segments: [[UInt8]] = []
    var scan: [UInt8] = (0..<500).map { UInt8($0 * 7 % 255) }
    var end: [UInt8] = [0xFF, 0xD9]
    var trailer: [UInt8] = []

    static func segment(_ marker: UInt8, _ payload: [UInt8]) -> [UInt8] {
        [0xFF, marker, UInt8((payload.count + 2) >> 8), UInt8((payload.count + 2) & 255)] + payload
    }

    static let jfif = segment(0xE0, Array("JFIF\0".utf8) + [1, 1, 0, 0, 1, 0, 1, 0, 0])
    static let tables = segment(0xDB, [0] + [UInt8](repeating: 3, count: 64)) + segment(0xC0, [8, 0, 8, 0, 8, 1, 1, 0x11, 0])
    static func exif(_ block: [UInt8]) -> [UInt8] { segment(0xE1, Array("Exif\0\0".utf8) + block) }
    static func xmp(_ packet: String) -> [UInt8] { segment(0xE1, Array("http://ns.adobe.com/xap/1.0/\0".utf8) + Array(packet.utf8)) }

    /// A photo with an Exif block behind a JFIF segment.
    init(_ block: BlockBuilder) { segments = [Self.jfif, Self.exif(block.bytes()), Self.tables] }
    init(block: [UInt8]) { segments = [Self.jfif, Self.exif(block), Self.tables] }
    init(segments: [[UInt8]]) { self.segments = segments }

    func bytes() -> [UInt8] {
        [0xFF, 0xD8] + segments.joined() + Self.segment(0xDA, [1, 1, 0, 0, 63, 0]) + scan + end + trailer
    }
}
