public import Vocabulary

/// Content types by file name extension, as browsers expect them (IANA media types registry; WHATWG MIME Sniffing).
public enum ContentType {
    private static let table: [String: String] = [
        "html": "text/html; charset=utf-8", "htm": "text/html; charset=utf-8", "xhtml": "application/xhtml+xml",
        "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "mjs": "text/javascript; charset=utf-8",
        "json": "application/json", "map": "application/json", "geojson": "application/geo+json",
        "webmanifest": "application/manifest+json", "xml": "application/xml", "rss": "application/rss+xml", "atom": "application/atom+xml",
        "txt": "text/plain; charset=utf-8", "md": "text/markdown; charset=utf-8", "csv": "text/csv; charset=utf-8",
        "vtt": "text/vtt; charset=utf-8", "ics": "text/calendar; charset=utf-8",
        "jpg": "image/jpeg", "jpeg": "image/jpeg", "jpe": "image/jpeg", "jfif": "image/jpeg", "mpo": "image/jpeg", "png": "image/png",
        "apng": "image/apng",
        "gif": "image/gif", "webp": "image/webp", "avif": "image/avif", "jxl": "image/jxl", "heic": "image/heic", "heif": "image/heif",
        "svg": "image/svg+xml", "ico": "image/x-icon", "bmp": "image/bmp", "tif": "image/tiff", "tiff": "image/tiff",
        "dng": "image/x-adobe-dng",
        "mp4": "video/mp4", "m4v": "video/mp4", "mov": "video/quicktime", "webm": "video/webm", "ogv": "video/ogg",
        "avi": "video/x-msvideo", "mkv": "video/x-matroska", "m3u8": "application/vnd.apple.mpegurl", "ts": "video/mp2t",
        "mp3": "audio/mpeg", "m4a": "audio/mp4", "aac": "audio/aac", "ogg": "audio/ogg", "oga": "audio/ogg", "opus": "audio/ogg",
        "wav": "audio/wav", "flac": "audio/flac",
        "woff": "font/woff", "woff2": "font/woff2", "ttf": "font/ttf", "otf": "font/otf",
        "pdf": "application/pdf", "zip": "application/zip", "gz": "application/gzip", "tar": "application/x-tar",
        "7z": "application/x-7z-compressed", "wasm": "application/wasm", "gpx": "application/gpx+xml",
        "kml": "application/vnd.google-earth.kml+xml", "xmp": "application/rdf+xml",
    ]

    /// What is answered for a name whose extension says nothing.
    public static let unknown = "application/octet-stream"

    /// The content type of `path`.
    public static func of(_ path: Key) -> String { table[path.pathExtension] ?? unknown }

    private static let imageExtensions = ExtensionSet(table.filter { $0.value.hasPrefix("image/") }.keys)

    /// True where the name says that the file is an image.
    public static func namesImage(_ path: Key) -> Bool { imageExtensions.contains(path) }

    /// True for text, and for the few other types that coding makes much smaller: what is packed already stays as it is.
    static func shrinks(_ type: String) -> Bool {
        let type = type.prefix { $0 != ";" }
        return type.hasPrefix("text/") || type.hasSuffix("+json") || type.hasSuffix("+xml") || otherTypesThatShrink.contains(type)
    }

    private static let otherTypesThatShrink: Set<Substring> = [
        "application/json", "application/xml", "application/wasm", "application/vnd.apple.mpegurl", "font/ttf", "font/otf",
    ]
}
