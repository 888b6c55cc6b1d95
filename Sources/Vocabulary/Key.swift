/// The name of an object in a bucket: UTF-8 bytes, compared and hashed bytewise.
///
/// A Swift `String` is not used as a key: it holds NFC and NFD spellings for equal and its order is not byte order,
/// while S3 lists in UTF-8 byte order and keeps both spellings apart (Amazon S3 User Guide, "Naming Amazon S3 objects").
public struct Key: Sendable {
    /// The UTF-8 bytes, validated.
    public let bytes: [UInt8]

    /// Creates a key from bytes that are valid UTF-8; answers nil for anything else.
    public init?(validating bytes: some Sequence<UInt8>) {
        let bytes = [UInt8](bytes)
        guard String(validating: bytes, as: UTF8.self) != nil else { return nil }
        self.bytes = bytes
    }

    /// Creates a key from a string's UTF-8, normalisation kept as it is.
    public init(_ string: String) {
        bytes = [UInt8](string.utf8)
    }

    /// Creates a key from bytes already known to be valid UTF-8.
    package init(unchecked bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The key as text, for messages and for APIs that take text. Never compare keys through it.
    public var string: String { String(decoding: bytes, as: UTF8.self) }

    /// The longest key S3 accepts, in UTF-8 bytes.
    public static let maximumLength = 1024

    /// The bytes after the last `/`.
    public var lastComponent: ArraySlice<UInt8> {
        guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return bytes[...] }
        return bytes[(slash + 1)...]
    }

    /// The lower-cased ASCII file name extension without its dot, or "" where there is none.
    public var pathExtension: String {
        // Nothing is allocated for an extension of the usual length.
        let found = extensionBytes
        return String(unsafeUninitializedCapacity: found.count) { text in
            for (at, byte) in found.enumerated() { text[at] = Self.lowercased(byte) }
            return found.count
        }
    }

    /// The bytes of the file name extension as they stand, without its dot.
    var extensionBytes: ArraySlice<UInt8> {
        let dot = bytes.withUnsafeBufferPointer { bytes in
            var dot = bytes.count - 1
            while dot > 0, bytes[dot] != UInt8(ascii: "."), bytes[dot] != UInt8(ascii: "/") { dot -= 1 }
            return dot > 0 && bytes[dot] == UInt8(ascii: ".") && bytes[dot - 1] != UInt8(ascii: "/") ? dot : bytes.count - 1
        }
        return bytes[(dot + 1)...]
    }

    /// An upper-case ASCII letter as a lower-case one, any other byte as it is.
    static func lowercased(_ byte: UInt8) -> UInt8 { byte >= 65 && byte <= 90 ? byte | 0x20 : byte }
}

extension Key: Hashable, Comparable, CustomStringConvertible {
    /// Bytewise equality.
    public static func == (a: Key, b: Key) -> Bool { a.bytes == b.bytes }

    /// UTF-8 byte order, the order in which ListObjectsV2 answers.
    public static func < (a: Key, b: Key) -> Bool { compareBytes(a.bytes, b.bytes) < 0 }

    /// Hashes the bytes.
    public func hash(into hasher: inout Hasher) {
        bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
    }

    /// The key as text.
    public var description: String { string }
}

/// Compares two byte arrays as unsigned bytes: negative, zero or positive as memcmp would answer; a prefix sorts first.
@inlinable
public func compareBytes(_ a: [UInt8], _ b: [UInt8]) -> Int {
    a.withUnsafeBufferPointer { x in
        b.withUnsafeBufferPointer { y in
            let n = min(x.count, y.count)
            var i = 0
            while i < n {
                if x[i] != y[i] { return Int(x[i]) - Int(y[i]) }
                i += 1
            }
            return x.count - y.count
        }
    }
}
