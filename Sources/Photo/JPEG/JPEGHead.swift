import Vocabulary

/// The segments of a JPEG from SOI to the first SOS, and access to their bytes; the image data is never read.
struct JPEGHead {
    /// The size of the file in bytes.
    let size: Int64
    /// The segments that matter here, in file order.
    private(set) var segments: [Segment] = []
    /// Where a new Exif segment goes: behind SOI and all leading APP0 segments (JFIF must come first: JFIF 1.02, p. 5).
    private(set) var insertion: Int64 = 2
    /// Position of the first SOS marker's FF.
    private(set) var scan: Int64 = 0
    /// True where an APP1 holds `Exif\0` behind stray bytes: some readers take it for Exif.
    private(set) var hasMisplacedExif = false

    private var window: SourceWindow
    private let keepsAll: Bool

    /// Segments beyond this number are refused: real photos stay far below (a 10 MB extended XMP has 160).
    static let maximumSegments = 20_000

    /// Walks the segments. Throws a `Refusal` for what is no sound JPEG, and the source's own errors. Where `keepsAll`, comments and
    /// foreign APPn segments are noted too.
    init(_ source: some ByteSource, keepsAll: Bool = false) throws {
        self.keepsAll = keepsAll
        size = source.size
        window = try SourceWindow(source)
        guard try window.holds(0, 3), window[0] == 0xFF, window[1] == 0xD8, window[2] == 0xFF else { throw Refusal.notJPEG }
        var position: Int64 = 2
        var leading = true
        var count = 0
        while true {
            guard try window.holds(position, 2) else { throw Refusal.noImage }
            guard window[position] == 0xFF else { throw Refusal.garbageBetweenSegments(at: position) }
            while window[position + 1] == 0xFF {
                position += 1
                guard try window.holds(position, 2) else { throw Refusal.noImage }
            }
            let marker = window[position + 1]
            switch marker {
            case 0x00: throw Refusal.garbageBetweenSegments(at: position)
            case 0xD9: throw Refusal.noImage
            case 0x01, 0xD0...0xD8:  // stand-alone markers: TEM, RSTn, SOI
                position += 2
                leading = false
                continue
            default: break
            }
            guard try window.holds(position + 2, 2) else { throw Refusal.segmentTruncated(marker: marker, at: position) }
            let length = Int64(window[position + 2]) << 8 | Int64(window[position + 3])
            let end = position + 2 + length
            guard length >= 2, end <= size else { throw Refusal.segmentTruncated(marker: marker, at: position) }
            if marker == 0xDA {
                scan = position
                return
            }
            count += 1
            guard count <= Self.maximumSegments else { throw Refusal.tooManySegments }
            try note(marker, at: position, payload: position + 4..<end)
            if marker != 0xE0 { leading = false }
            position = end
            if leading { insertion = end }
        }
    }

    private mutating func note(_ marker: UInt8, at position: Int64, payload: Range<Int64>) throws {
        guard marker == 0xE1 || marker == 0xE2 || marker == 0xEB || marker == 0xED else {
            guard keepsAll, 0xE0...0xEF ~= marker || marker == 0xFE else { return }
            let opening = try window.view(payload.lowerBound..<min(payload.upperBound, payload.lowerBound + 5))
            let isJFIF = marker == 0xE0 && (opening.has("JFIF\0") || opening.has("JFXX\0"))
            segments.append(Segment(kind: isJFIF ? .jfif : .other, marker: position, payload: payload))
            return
        }
        let opening = try window.view(payload.lowerBound..<min(payload.upperBound, payload.lowerBound + 40))
        let kind: Segment.Kind
        let foreign = Segment(kind: .other, marker: position, payload: payload)
        switch marker {
        case 0xE1:
            if Self.isExif(opening, at: 0) {
                kind = continuesExif(opening, position) ? .exifContinuation : .exif
            } else if opening.has("http://ns.adobe.com/xap/1.0/\0") {
                kind = .xmp
            } else if opening.has("http://ns.adobe.com/xmp/extension/\0") {
                kind = .extendedXMP
            } else {
                if (1...4).contains(where: { Self.isExif(opening, at: $0) }) { hasMisplacedExif = true }
                if keepsAll { segments.append(foreign) }
                return
            }
        case 0xE2:
            guard opening.has("MPF\0") else {
                if keepsAll, !opening.has("ICC_PROFILE\0") { segments.append(foreign) }
                return
            }
            kind = .mpf
        case 0xEB:
            guard opening.has("JP") else {
                if keepsAll { segments.append(foreign) }
                return
            }
            kind = .jumbf
        default:
            guard opening.has("Photoshop 3.0\0") else {
                if keepsAll { segments.append(foreign) }
                return
            }
            kind = .photoshop
        }
        segments.append(Segment(kind: kind, marker: position, payload: payload))
    }

    /// `Exif\0` in any case of letters: readers take `EXIF` too.
    private static func isExif(_ view: ByteView, at position: Int) -> Bool {
        guard view.count - position >= 5, view[position + 4] == 0 else { return false }
        let letters: StaticString = "exif"
        return (0..<4).allSatisfy { view[position + $0] | 0x20 == letters.utf8Start[$0] }
    }

    /// Some writers split one TIFF block over adjacent APP1 segments; the later ones start without a TIFF header.
    private func continuesExif(_ opening: ByteView, _ position: Int64) -> Bool {
        guard let last = segments.last, last.kind == .exif || last.kind == .exifContinuation, last.payload.upperBound == position else {
            return false
        }
        return !opening.has("II*\0", at: 6) && !opening.has("MM\0*", at: 6)
    }

    /// The bytes of a segment's payload from `skip` on.
    mutating func payload(_ segment: Segment, dropping skip: Int = 0) throws -> ByteView {
        try window.view(min(segment.payload.lowerBound + Int64(skip), segment.payload.upperBound)..<segment.payload.upperBound)
    }

    /// Bytes at any position of the file; fewer where it ends.
    mutating func bytes(_ range: Range<Int64>) throws -> ByteView {
        let low = max(0, min(range.lowerBound, size))
        return try window.view(low..<max(low, min(range.upperBound, size)))
    }
}
