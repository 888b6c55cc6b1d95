/// An entity tag as S3 answers it, without the quotation marks (some servers leave them out, so they never take part in comparison).
///
/// The tag of a simple upload, 32 lower-case hexadecimal digits, is held as 16 bytes inline: a listing of 200,000 rows allocates nothing for it.
public struct ETag: Sendable, Hashable, CustomStringConvertible {
    private enum Form: Sendable, Hashable {
        case md5(MD5)
        case text(String)
    }

    private let form: Form

    /// Creates a tag from its wire form, quoted or not; a weak marker (`W/`) is dropped, because a proxy that compresses adds it.
    public init(_ wire: some StringProtocol) {
        var wire = String(wire)
        self = wire.withUTF8 { ETag(utf8: $0) }
    }

    /// Creates a tag from the bytes of its wire form.
    public init(utf8 wire: UnsafeBufferPointer<UInt8>) {
        let quote = UInt8(ascii: "\"")
        var tag = wire
        if tag.count >= 2, tag[0] == UInt8(ascii: "W"), tag[1] == UInt8(ascii: "/") {
            tag = UnsafeBufferPointer(rebasing: tag.dropFirst(2))
        }
        if tag.count >= 2, tag.first == quote, tag.last == quote { tag = UnsafeBufferPointer(rebasing: tag.dropFirst().dropLast()) }
        if let md5 = Self.lowerCaseMD5(tag) {
            form = .md5(md5)
        } else {
            form = .text(String(decoding: tag, as: UTF8.self))
        }
    }

    /// Creates the tag that a simple, unencrypted upload of bytes with this digest has.
    public init(_ md5: MD5) { form = .md5(md5) }

    /// The tag without quotation marks.
    public var value: String {
        switch form {
        case .md5(let md5): md5.hex
        case .text(let text): text
        }
    }

    /// The MD5 that a simple, unencrypted upload has as its tag; nil for multipart (`-N`), encrypted and foreign tags.
    public var md5: MD5? {
        switch form {
        case .md5(let md5): md5
        case .text(let text): text.utf8.count == 32 ? MD5(hex: text) : nil
        }
    }

    /// The number of parts of a multipart upload's tag (`<hex>-N`), nil for any other tag.
    public var partCount: Int? {
        guard case .text(let value) = form, let dash = value.lastIndex(of: "-"), value[..<dash].utf8.count == 32,
            let n = Int(value[value.index(after: dash)...]), n > 0
        else { return nil }
        return n
    }

    /// The tag without quotation marks.
    public var description: String { value }

    /// The digest where every digit is lower-case: only then does it spell the tag again, byte for byte.
    private static func lowerCaseMD5(_ tag: UnsafeBufferPointer<UInt8>) -> MD5? {
        guard tag.count == 32 else { return nil }
        var words: (UInt64, UInt64) = (0, 0)
        for c in tag {
            let digit: UInt8
            switch c {
            case 48...57: digit = c - 48
            case 97...102: digit = c - 87
            default: return nil
            }
            words = (words.0 << 4 | words.1 >> 60, words.1 << 4 | UInt64(digit))
        }
        return MD5(words.0, words.1)
    }
}
