public import Vocabulary

/// An incremental SHA-256 (FIPS 180-4) over OpenSSL EVP. After `finalize()` it stands at the start of the next message.
public struct SHA256Hasher: ~Copyable, Sendable {
    private var context = Context(.sha256)

    /// Creates a hasher at the start of a message.
    public init() {}

    /// Takes in further bytes of the message.
    public mutating func update(_ bytes: UnsafeRawBufferPointer) { context.update(bytes) }

    /// Takes in further bytes of the message.
    public mutating func update(_ bytes: [UInt8]) { bytes.withUnsafeBytes { context.update($0) } }

    /// Takes in further bytes of the message.
    public mutating func update(_ bytes: ArraySlice<UInt8>) { bytes.withUnsafeBytes { context.update($0) } }

    /// The digest of all that was taken in; the hasher is then ready for another message.
    public mutating func finalize() -> SHA256 {
        let digest = context.finishSHA256()
        context.restart()
        return digest
    }
}

extension SHA256 {
    /// The digest of `bytes`.
    public static func digest(of bytes: UnsafeRawBufferPointer) -> SHA256 {
        var context = Context(.sha256)
        context.update(bytes)
        return context.finishSHA256()
    }

    /// The digest of `bytes`.
    public static func digest(of bytes: [UInt8]) -> SHA256 { bytes.withUnsafeBytes { digest(of: $0) } }

    /// The digest of `bytes`.
    public static func digest(of bytes: ArraySlice<UInt8>) -> SHA256 { bytes.withUnsafeBytes { digest(of: $0) } }
}

extension Context {
    /// The 32 bytes of a finished SHA-256, without a heap allocation.
    mutating func finishSHA256() -> SHA256 {
        var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        withUnsafeMutableBytes(of: &words) { finish(into: $0) }
        return SHA256(
            UInt64(bigEndian: words.0), UInt64(bigEndian: words.1), UInt64(bigEndian: words.2), UInt64(bigEndian: words.3))
    }
}
