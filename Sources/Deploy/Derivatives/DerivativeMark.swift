internal import HTTP
internal import Planning
internal import S3
internal import Source
internal import Vocabulary

/// What an object's metadata says of the picture that it holds: of which photo it was made, and how. By this a machine without a state sees that a
/// picture is what it would make, and makes nothing.
///
/// The library's release stands there for people; pictures of another one are as good. The photo's path leads from a picture that nobody makes any more to its
/// photo: `--delete` removes it only where that is gone.
struct DerivativeMark {
    /// SHA-256 of the photo's bytes as they were deployed.
    let source: SHA256
    /// What decided what became of them.
    let recipe: String
    /// The photo's path below the source; nil where it was too long to be told.
    let path: Key?

    static let sourceName = "galleria-source"
    static let recipeName = "galleria-derivative"
    static let pathName = "galleria-source-path"
    /// What the local state remembers of an object that is such a picture.
    static let note = "derivative"

    /// A path that is longer than this when it is written is left out: S3 takes 2 KB of metadata in all (Amazon S3 User Guide, "User-defined object
    /// metadata").
    private static let longestPath = 1024

    /// The mark of an object; nil where it has none.
    init?(_ head: ObjectHead) {
        guard let recipe = head.metadata[Self.recipeName]?.split(separator: " ").first,
            let source = head.metadata[Self.sourceName].flatMap({ SHA256(hex: $0) })
        else { return nil }
        self.source = source
        self.recipe = String(recipe)
        path = head.metadata[Self.pathName].flatMap { Self.path(from: $0) }
    }

    /// The header fields that mark an object with this content, made of the photo at `path` below the source.
    static func headers(of content: Content, madeOf path: Key) -> [HTTPHeader] {
        guard let derived = content.derived else { return [] }
        var headers = [
            HTTPHeader(HeaderSet.metadataPrefix + sourceName, derived.sourceSHA256.hex),
            HTTPHeader(HeaderSet.metadataPrefix + recipeName, derived.recipe + " " + derived.library),
        ]
        let text = text(of: path)
        if text.utf8.count <= longestPath { headers.append(HTTPHeader(HeaderSet.metadataPrefix + pathName, text)) }
        return headers
    }

    /// A path as a header's value: what is no visible ASCII percent-encoded (RFC 3986 §2.1).
    static func text(of path: Key) -> String {
        var text = ""
        for byte in path.bytes {
            if (0x21...0x7e).contains(byte), byte != UInt8(ascii: "%") {
                text.unicodeScalars.append(UnicodeScalar(byte))
            } else {
                text += "%" + hexString([byte]).uppercased()
            }
        }
        return text
    }

    /// The path that a header's value stands for; nil where it is no path's.
    static func path(from text: String) -> Key? {
        var bytes: [UInt8] = []
        var rest = Substring(text).utf8
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16), rest.count >= 2 else { return nil }
            rest = rest.dropFirst(2)
            bytes.append(value)
        }
        return Key(validating: bytes)
    }
}
