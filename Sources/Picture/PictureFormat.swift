/// A format that pictures can be written in.
public enum PictureFormat: String, Sendable, Hashable, CaseIterable {
    case jpeg
    case png
    case webp
    case avif

    /// The format that a file's name asks for by its extension (`jpg`, `jpeg`, `jpe`, `png`, `webp`, `avif`, in any case), or that a word names.
    public init?(word: some StringProtocol) {
        switch word.lowercased() {
        case "jpg", "jpeg", "jpe": self = .jpeg
        case "png": self = .png
        case "webp": self = .webp
        case "avif": self = .avif
        default: return nil
        }
    }

    /// The media type (IANA registry).
    public var mediaType: String { "image/\(rawValue)" }

    /// What a quality of 1 to 100 is where none is asked for; nil where the format has none: PNG loses nothing. JPEG's 85 and libwebp's 80 look
    /// alike; AVIF's 50 is libvips's own.
    public var defaultQuality: Int? {
        switch self {
        case .jpeg: 85
        case .png: nil
        case .webp: 80
        case .avif: 50
        }
    }

    /// Transparency can be written.
    public var hasAlpha: Bool { self != .jpeg }

    /// The longest side that the format can hold, in pixels: JPEG's 65535 (ITU-T T.81 B.2.2; libjpeg stops at 65500), WebP's 16383 (RFC 9649 §2.7),
    /// AVIF's as far as the encoder goes; PNG's (2³¹ − 1) is beyond what is decoded.
    public var maxSide: Int {
        switch self {
        case .jpeg: 65_500
        case .png: 10_000_000
        case .webp: 16_383
        case .avif: 16_384
        }
    }
}
