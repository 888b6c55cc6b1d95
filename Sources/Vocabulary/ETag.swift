/// An entity tag as S3 answers it, without the quotation marks (some servers leave them out, so they never take part in comparison).
public struct ETag: Sendable, Hashable, CustomStringConvertible {
    /// The tag without quotation marks.
    public let value: String

    /// Creates a tag from its wire form, quoted or not; a weak marker (`W/`) is dropped, because a proxy that compresses adds it.
    public init(_ wire: some StringProtocol) {
        // By bytes: a listing makes one of each row, and counting characters would cost a microsecond.
        var text = Substring(wire).utf8
        if text.starts(with: "W/".utf8) { text = text.dropFirst(2) }
        let quote = UInt8(ascii: "\"")
        if text.count >= 2, text.first == quote, text.last == quote { text = text.dropFirst().dropLast() }
        value = String(Substring(text))
    }

    /// The MD5 that a simple, unencrypted upload has as its tag; nil for multipart (`-N`), encrypted and foreign tags.
    public var md5: MD5? { value.utf8.count == 32 ? MD5(hex: value) : nil }

    /// The number of parts of a multipart upload's tag (`<hex>-N`), nil for any other tag.
    public var partCount: Int? {
        guard let dash = value.lastIndex(of: "-"), value[..<dash].utf8.count == 32, let n = Int(value[value.index(after: dash)...]), n > 0
        else { return nil }
        return n
    }

    /// The tag without quotation marks.
    public var description: String { value }
}
