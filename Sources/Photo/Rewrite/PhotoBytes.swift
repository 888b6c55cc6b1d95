import Glibc
import Vocabulary

/// One photo's bytes while it is rewritten: the head, and the little of what lies behind it that a rule asks for.
final class PhotoBytes {
    var head: JPEGHead
    private let source: any ByteSource

    init(_ source: some ByteSource, keepsAll: Bool = false) throws {
        self.source = source
        head = try JPEGHead(source, keepsAll: keepsAll)
    }

    /// A part of the file as a source of its own.
    func part(_ range: Range<Int64>) -> some ByteSource { SourcePart(source: source, range: range) }

    var size: Int64 { head.size }
    var scan: Int64 { head.scan }

    /// The number of Exif segments, continuations included.
    var exifSegments: Int { head.segments.count { $0.kind == .exif || $0.kind == .exifContinuation } }

    var hasMultiPictureIndex: Bool { head.segments.contains { $0.kind == .mpf } }

    func segments(_ kind: Segment.Kind) -> [Segment] { head.segments.filter { $0.kind == kind } }

    func payload(_ segment: Segment, dropping skip: Int = 0) throws -> ByteView { try head.payload(segment, dropping: skip) }

    /// What has to be overwritten in multi-picture indexes when `growth` bytes are inserted at `position`; throws `GrowthObstacle.multiPicture`.
    func movedImages(growth: Int64, at position: Int64) throws -> [(position: Int64, bytes: [UInt8])] {
        try segments(.mpf).flatMap { segment in
            try MultiPicture(segment: segment, payload: payload(segment)).patches(growth: growth, at: position, scan: scan, size: size)
        }
    }

    /// True where a JPEG starts at one of `positions` (ascending): `FF D8 FF` there or up to 36 bytes on (Sony puts a header in front) or 16
    /// before (an offset from the segment instead of its TIFF header), or the same with a spoilt first byte (Minolta), which image data
    /// cannot hold (ITU-T T.81 §B.1.1.5). Positions that lie close together, as one offset by several bases gives them, cost one read.
    func hasPicture(atAnyOf positions: [Int64]) throws -> Bool {
        let before: Int64 = 16
        let behind: Int64 = 40
        var waiting = positions.filter { $0 >= before && $0 < size - 4 }[...]
        while let first = waiting.first {
            let near = waiting.prefix { $0 - first <= 4096 }
            waiting = waiting.dropFirst(near.count)
            let start = first - before
            let view = ByteView(try source.bytes(start..<(near.last ?? first) + behind))
            for position in near {
                let at = Int(position - start)
                let end = min(view.count, at + Int(behind))
                if end > at - Int(before), Self.holdsPicture(view.slice(at - Int(before)..<end), lead: Int(before)) { return true }
            }
        }
        return false
    }

    private static func holdsPicture(_ view: ByteView, lead: Int) -> Bool {
        guard view.count >= lead + 4 else { return false }
        for i in 0..<view.count - 2 where view[i] == 0xFF && view[i + 1] == 0xD8 && view[i + 2] == 0xFF { return true }
        for i in [lead, lead + 32] where i + 3 < view.count && view[i + 1] == 0xD8 && view[i + 2] == 0xFF {
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

    /// The last bytes of what lies behind the scan's start, at most `count`.
    func tail(_ count: Int64) throws -> ByteView { try head.bytes(max(scan, size - count)..<size) }

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

    /// Positions of the places in videos behind the image: the text of each QuickTime user datum `©xyz` (size, language, text).
    func videoPlaces() throws -> [Range<Int64>] {
        let step = 256 * 1024
        var result: [Range<Int64>] = []
        var position = scan
        while position < size {
            let piece = ByteView(try source.bytes(position..<min(size, position + Int64(step))))
            guard piece.count > 64 || position + Int64(piece.count) == size, piece.count > 0 else { break }
            var from = 0
            while let at = piece.position(of: "xyz", from: from) {
                from = at + 3
                guard at > 0, piece[at - 1] == 0xA9, at + 8 <= piece.count else { continue }
                let length = piece.u16(at + 3, bigEndian: true)
                let text = at + 7..<at + 7 + length
                guard 6...64 ~= length, text.upperBound <= piece.count, piece[text.lowerBound] == 0x2B || piece[text.lowerBound] == 0x2D
                else { continue }
                result.append(position + Int64(text.lowerBound)..<position + Int64(text.upperBound))
            }
            if position + Int64(piece.count) >= size { break }
            position += Int64(piece.count - 80)
        }
        return result
    }

    /// The bytes of `range` with every digit made 0.
    func zeroDigits(_ range: Range<Int64>) throws -> [UInt8] { try source.bytes(range).map { 48...57 ~= $0 ? 48 : $0 } }

    /// True where a JPEG starts somewhere behind the image. Reads the file from the scan on, in pieces; asked only where
    /// a MakerNote of unknown structure stands in the way of growth.
    func hasPictureBehindImage() throws -> Bool {
        let step = 256 * 1024
        var position = scan
        while position < size {
            let piece = try source.bytes(position..<min(size, position + Int64(step)))
            guard piece.count > 3 else { return false }
            let found = piece.withUnsafeBytes { raw -> Bool in
                guard let base = raw.baseAddress else { return false }
                var i = 0
                while i < raw.count - 2, let next = memchr(base + i, 0xFF, raw.count - 2 - i) {
                    i = UnsafeRawPointer(next) - base
                    if raw[i + 1] == 0xD8, raw[i + 2] == 0xFF { return true }
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

/// A range of another source.
private struct SourcePart: ByteSource {
    let source: any ByteSource
    let range: Range<Int64>

    var size: Int64 { range.upperBound - range.lowerBound }

    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) throws -> Int {
        guard offset >= 0, offset < size else { return 0 }
        let count = Int(min(Int64(buffer.count), size - offset))
        return try source.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<count]), at: range.lowerBound + offset)
    }
}

extension ByteView {
    /// True where `text` stands anywhere in the view.
    func contains(_ text: StaticString) -> Bool { position(of: text, from: 0) != nil }

    /// Where `text` stands first, from `start` on. Looks for its first capital, which is rare in packets, with memchr.
    func position(of text: StaticString, from start: Int) -> Int? {
        let n = text.utf8CodeUnitCount
        let wanted = UnsafeBufferPointer(start: text.utf8Start, count: n)
        let anchor = wanted.firstIndex { 65...90 ~= $0 } ?? 0
        guard n > 0, start >= 0, count - start >= n else { return nil }
        return bytes.withUnsafeBytes { raw in
            guard let base = raw.baseAddress else { return nil }
            var i = start + anchor
            let end = raw.count - (n - 1 - anchor)
            while i < end, let found = memchr(base + i, CInt(wanted[anchor]), end - i) {
                let at = UnsafeRawPointer(found) - base - anchor
                if memcmp(base + at, text.utf8Start, n) == 0 { return at }
                i = at + anchor + 1
            }
            return nil
        }
    }
}
