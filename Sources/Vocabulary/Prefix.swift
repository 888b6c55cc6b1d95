/// The folder within a bucket that a deploy owns: empty (the whole bucket) or bytes that end in `/`.
///
/// `photos` means `photos/`, so that `photos-old/x` is neither counted nor deleted.
public struct Prefix: Sendable, Hashable, CustomStringConvertible {
    /// The UTF-8 bytes: empty, or ending in exactly the slash that was given or added.
    public let bytes: [UInt8]

    /// Creates the folder prefix for `text`; one slash is appended where it is missing.
    public init(_ text: String) {
        var bytes = [UInt8](text.utf8)
        if let last = bytes.last, last != UInt8(ascii: "/") { bytes.append(UInt8(ascii: "/")) }
        self.bytes = bytes
    }

    /// The prefix as text.
    public var string: String { String(decoding: bytes, as: UTF8.self) }

    /// The prefix as text.
    public var description: String { string }

    /// The key in the bucket of a path that is relative to the source.
    public func key(for relative: Key) -> Key { Key(unchecked: bytes + relative.bytes) }

    /// The path below this prefix of a key in the bucket, or nil where the key lies outside.
    public func relative(_ key: Key) -> Key? {
        if bytes.isEmpty { return key }
        guard key.bytes.starts(with: bytes) else { return nil }
        // A prefix is whole characters, so what is left is, too.
        return Key(unchecked: Array(key.bytes[bytes.count...]))
    }
}
