public import Vocabulary

extension ContentType {
    /// The content type of a file by its content where that tells for certain, else by its name: a PNG that is named `.jpg` is a PNG, a style sheet is no
    /// plain text. `head` are its first `sniffedCount` bytes.
    public static func of(_ path: Key, head: [UInt8]) -> String {
        let named = of(path)
        let found = sniffed(head)
        if named == unknown { return found }
        // Raw photos are TIFF files inside, and HEIF's brands overlap.
        return certain.contains(found) && !(found == "image/tiff" && named.hasPrefix("image/")) && named != "image/apng" ? found : named
    }

    private static let certain: Set<String> = [
        "image/jpeg", "image/png", "image/gif", "image/webp", "image/avif", "image/jxl", "image/tiff", "application/pdf",
    ]

    /// The usual extension of a content type, without its dot; nil where there is none.
    public static func fileExtension(of type: String) -> String? { extensions[String(type.prefix { $0 != ";" })] }

    private static let extensions: [String: String] = [
        "image/jpeg": "jpg", "image/png": "png", "image/gif": "gif", "image/webp": "webp", "image/avif": "avif", "image/jxl": "jxl",
        "image/heic": "heic", "image/heif": "heif", "image/tiff": "tif", "image/x-icon": "ico", "image/svg+xml": "svg",
        "application/pdf": "pdf", "application/zip": "zip", "application/gzip": "gz", "application/x-7z-compressed": "7z",
        "application/x-tar": "tar", "application/wasm": "wasm", "application/xml": "xml", "text/html": "html", "text/plain": "txt",
        "font/woff": "woff", "font/woff2": "woff2", "font/otf": "otf", "font/ttf": "ttf", "video/webm": "webm", "video/mp4": "mp4",
        "video/quicktime": "mov", "video/x-msvideo": "avi", "audio/ogg": "ogg", "audio/flac": "flac", "audio/mpeg": "mp3",
        "audio/mp4": "m4a", "audio/wav": "wav",
    ]
}
