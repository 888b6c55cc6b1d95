import Vocabulary

/// One photo's bytes while it is rewritten: the head, and the little of what lies behind it that a rule asks for.
final class PhotoBytes {
    private(set) var head: JPEGHead
    private let source: any ByteSource

    init(_ source: some ByteSource) throws {
        self.source = source
        head = try JPEGHead(source)
    }

    var size: Int64 { head.size }
    var scan: Int64 { head.scan }

    /// The number of Exif segments, continuations included.
    var exifSegments: Int { head.segments.count { $0.kind == .exif || $0.kind == .exifContinuation } }

    var hasMultiPictureIndex: Bool { head.segments.contains { $0.kind == .mpf } }

    func segments(_ kind: Segment.Kind) -> [Segment] { head.segments.filter { $0.kind == kind } }

    func payload(_ segment: Segment, dropping skip: Int = 0) throws -> ByteView { try head.payload(segment, dropping: skip) }

    /// True where a JPEG starts at `position`: `FF D8 FF` there or up to 36 bytes on (Sony puts a header in front), or
    /// the same with a spoilt first byte (Minolta), which image data cannot hold (ITU-T T.81 §B.1.1.5).
    func hasPicture(at position: Int64) throws -> Bool {
        guard position >= 2, position < size - 4 else { return false }
        let view = ByteView(try source.bytes(position - 2..<position + 40))
        guard view.count >= 6 else { return false }
        for i in 0..<view.count - 2 where view[i] == 0xFF && view[i + 1] == 0xD8 && view[i + 2] == 0xFF { return true }
        for i in [2, 34] where i + 3 < view.count && view[i + 1] == 0xD8 && view[i + 2] == 0xFF {
            if [0xC0, 0xC2, 0xC4, 0xDB, 0xE0, 0xE1, 0xE2, 0xEE, 0xFE].contains(view[i + 3]) { return true }
        }
        return false
    }

    /// An AFCP trailer, which ends the file with `AXS!` or `AXS*`, the absolute position of its start and a checksum (AXS File
    /// Concatenation Protocol specification, §2).
    func hasAFCPTrailer() throws -> Bool {
        let tail = try head.bytes(max(scan, size - 12)..<size)
        return tail.has("AXS!") || tail.has("AXS*")
    }

    /// A video or other items behind the image, counted from the file's end: Google's motion photos by their XMP, Samsung's by `SEFT`.
    func hasMotionPhotoMarker() throws -> Bool {
        let tail = try head.bytes(max(scan, size - 4)..<size)
        if tail.has("SEFT") { return true }
        for segment in segments(.xmp) {
            let packet = try payload(segment, dropping: 29)
            if packet.contains("MotionPhoto") || packet.contains("MicroVideo") || packet.contains("Container:Directory") { return true }
        }
        return false
    }

    /// True where a JPEG starts somewhere behind the image. Reads the file from the scan on, in pieces; asked only where
    /// a MakerNote of unknown structure stands in the way of growth.
    func hasPictureBehindImage() throws -> Bool {
        let step = 256 * 1024
        var position = scan
        while position < size {
            let piece = try source.bytes(position..<min(size, position + Int64(step)))
            guard piece.count > 3 else { return false }
            let found = piece.withUnsafeBytes { raw -> Bool in
                let end = raw.count - 2
                var i = 0
                while i < end {
                    if raw[i] == 0xD8, raw[i + 1] == 0xFF, i > 0, raw[i - 1] == 0xFF { return true }
                    i += 1
                }
                return false
            }
            if found { return true }
            position += Int64(piece.count - 3)
        }
        return false
    }
}

extension ByteView {
    /// True where `text` stands anywhere in the view.
    func contains(_ text: StaticString) -> Bool { position(of: text, from: 0) != nil }

    /// Where `text` stands first, from `start` on.
    func position(of text: StaticString, from start: Int) -> Int? {
        let n = text.utf8CodeUnitCount
        guard n > 0, start >= 0, count - start >= n else { return nil }
        return bytes.withUnsafeBytes { raw in
            var i = start
            let first = text.utf8Start[0]
            while i <= raw.count - n {
                if raw[i] == first {
                    var k = 1
                    while k < n, raw[i + k] == text.utf8Start[k] { k += 1 }
                    if k == n { return i }
                }
                i += 1
            }
            return nil
        }
    }
}
