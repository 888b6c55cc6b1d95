public import Vocabulary

/// How long browsers and networks may keep a file of which nobody says anything else (RFC 9111 §5.2.2; `immutable`: RFC 8246).
///
/// | files | `cache-control` | because |
/// |---|---|---|
/// | pages, data, feeds | `no-cache` | they are asked for each time, which costs an answer without content where nothing has changed |
/// | style sheets, scripts and fonts with a digest in their names | `max-age=31536000, immutable` | other content has another name |
/// | photos and everything else | `max-age=3600` | a corrected photo has the same name, and must reach its viewers |
public enum CacheDefault: String, Sendable, Hashable, CaseIterable {
    /// Asked for each time.
    case revalidated = "no-cache"
    /// Kept for good: the name changes with the content.
    case immutable = "max-age=31536000, immutable"
    /// Kept for an hour.
    case brief = "max-age=3600"

    private static let namedByContent: ExtensionSet = ["css", "js", "mjs", "woff", "woff2", "ttf", "otf"]

    /// What holds for a file. A photo's name may hold a digest of the original, which the correction does not change, so it says nothing.
    public init(_ path: Key, contentType: String) {
        if Wave(path: path) == .pages || contentType.hasPrefix("text/html") {
            self = .revalidated
        } else if Self.namedByContent.contains(path), Self.holdsDigest(path.lastComponent) {
            self = .immutable
        } else {
            self = .brief
        }
    }

    /// True where a name holds a word of at least eight hexadecimal digits, one of them a letter: 20240615 is a day.
    private static func holdsDigest(_ name: ArraySlice<UInt8>) -> Bool {
        name.split { !isLetterOrDigit($0) }.contains { word in
            word.count >= 8 && word.allSatisfy(isHexDigit) && word.contains { $0 > UInt8(ascii: "9") }
        }
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool { 48...57 ~= byte || 97...102 ~= byte | 0x20 }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool { 48...57 ~= byte || 97...122 ~= byte | 0x20 || byte >= 0x80 }
}
