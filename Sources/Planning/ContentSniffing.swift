/// Content types by the first bytes of a file, for names that have no extension (WHATWG MIME Sniffing, §6 to §8, and the formats' own specifications).
extension ContentType {
    /// How many bytes are looked at.
    public static let sniffedCount = 512

    /// The content type that the first `sniffedCount` bytes of a file tell.
    public static func sniffed(_ head: [UInt8]) -> String {
        for (offset, signature, type) in signatures where head.dropFirst(offset).starts(with: signature) { return type }
        if head.starts(with: Array("RIFF".utf8)) {
            let form = head.dropFirst(8)
            if form.starts(with: Array("WEBP".utf8)) { return "image/webp" }
            if form.starts(with: Array("WAVE".utf8)) { return "audio/wav" }
            if form.starts(with: Array("AVI ".utf8)) { return "video/x-msvideo" }
            return unknown
        }
        if head.dropFirst(4).starts(with: Array("ftyp".utf8)) { return mediaType(brand: Array(head.dropFirst(8).prefix(4))) }
        return text(head)
    }

    private static let signatures: [(offset: Int, bytes: [UInt8], type: String)] = [
        (0, [0xFF, 0xD8, 0xFF], "image/jpeg"), (0, [0x89] + Array("PNG\r\n\u{1A}\n".utf8), "image/png"),
        (0, Array("GIF87a".utf8), "image/gif"), (0, Array("GIF89a".utf8), "image/gif"),
        (0, [0xFF, 0x0A], "image/jxl"), (0, [0, 0, 0, 0x0C] + Array("JXL ".utf8), "image/jxl"),
        (0, Array("II*\0".utf8), "image/tiff"), (0, Array("MM\0*".utf8), "image/tiff"), (0, [0, 0, 1, 0], "image/x-icon"),
        (0, Array("%PDF-".utf8), "application/pdf"), (0, [0x50, 0x4B, 3, 4], "application/zip"), (0, [0x1F, 0x8B, 8], "application/gzip"),
        (0, [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "application/x-7z-compressed"), (257, Array("ustar".utf8), "application/x-tar"),
        (0, Array("wOFF".utf8), "font/woff"), (0, Array("wOF2".utf8), "font/woff2"), (0, Array("OTTO".utf8), "font/otf"),
        (0, [0, 1, 0, 0, 0], "font/ttf"), (0, Array("\0asm".utf8), "application/wasm"),
        (0, [0x1A, 0x45, 0xDF, 0xA3], "video/webm"), (0, Array("OggS\0".utf8), "audio/ogg"), (0, Array("fLaC".utf8), "audio/flac"),
        (0, Array("ID3".utf8), "audio/mpeg"),
    ]

    /// The type of an ISO base media file by its major brand (mp4ra.org).
    private static func mediaType(brand: [UInt8]) -> String {
        switch String(decoding: brand, as: UTF8.self) {
        case "avif", "avis": "image/avif"
        case "heic", "heix", "hevc", "hevx": "image/heic"
        case "mif1", "msf1", "heim", "heis": "image/heif"
        case "qt  ": "video/quicktime"
        case "M4A ", "M4B ": "audio/mp4"
        default: "video/mp4"
        }
    }

    /// Text, if it is UTF-8 without control characters; markup by what it begins with.
    private static func text(_ head: [UInt8]) -> String {
        guard !head.isEmpty, head.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || [9, 10, 12, 13].contains($0) }), isUTF8(head) else {
            return unknown
        }
        let start = (head.starts(with: [0xEF, 0xBB, 0xBF]) ? head.dropFirst(3) : head[...]).drop { [9, 10, 12, 13, 32].contains($0) }
        let word = String(decoding: start, as: UTF8.self).lowercased()
        if ["<!doctype html", "<html", "<head", "<body"].contains(where: word.hasPrefix) { return "text/html; charset=utf-8" }
        if word.hasPrefix("<svg") || word.hasPrefix("<?xml") && word.contains("<svg") { return "image/svg+xml" }
        if word.hasPrefix("<?xml") { return "application/xml" }
        return "text/plain; charset=utf-8"
    }

    /// True for UTF-8, whose last character may be cut off.
    private static func isUTF8(_ head: [UInt8]) -> Bool {
        (0...min(3, head.count)).contains { cut in
            (cut == 0 || head.count == sniffedCount) && String(validating: head.dropLast(cut), as: UTF8.self) != nil
        }
    }
}
