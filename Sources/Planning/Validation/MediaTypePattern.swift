/// A media type, or all of a kind: `image/jpeg`, `image/*` (RFC 9110 §12.5.1).
public struct MediaTypePattern: Sendable, Hashable, CustomStringConvertible {
    private let text: String

    /// Nil for anything but two words with a slash between them, of which the second may be a star.
    public init?(_ text: String) {
        let parts = text.lowercased().split(separator: "/", omittingEmptySubsequences: false)
        func isToken(_ part: Substring) -> Bool {
            !part.isEmpty && part.utf8.allSatisfy { 97...122 ~= $0 || 48...57 ~= $0 || "+-._".utf8.contains($0) }
        }
        guard parts.count == 2, isToken(parts[0]), parts[1] == "*" || isToken(parts[1]) else { return nil }
        self.text = text.lowercased()
    }

    /// True for a type of that name, whatever its parameters.
    public func matches(_ type: String) -> Bool {
        let type = type.prefix { $0 != ";" }
        return text.hasSuffix("/*") ? type.hasPrefix(text.dropLast()) : type == text
    }

    /// The pattern as it is written.
    public var description: String { text }
}
