public import Vocabulary

/// An incremental MD5 (RFC 1321) over OpenSSL EVP, for ETags and Content-MD5 only. After `finalize()` it stands at the start of the next message.
public struct MD5Hasher: ~Copyable, Sendable {
    private var context = Context(.md5)

    /// Creates a hasher at the start of a message.
    public init() {}

    /// Takes in further bytes of the message.
    public mutating func update(_ bytes: UnsafeRawBufferPointer) { context.update(bytes) }

    /// Takes in further bytes of the message.
    public mutating func update(_ bytes: [UInt8]) { bytes.withUnsafeBytes { context.update($0) } }

    /// Takes in further bytes of the message.
    public mutating func update(_ bytes: ArraySlice<UInt8>) { bytes.withUnsafeBytes { context.update($0) } }

    /// The digest of all that was taken in; the hasher is then ready for another message.
    public mutating func finalize() -> MD5 {
        let digest = context.finishMD5()
        context.restart()
        return digest
    }
}

extension MD5 {
    /// The digest of `bytes`.
    public static func digest(of bytes: UnsafeRawBufferPointer) -> MD5 {
        var context = Context(.md5)
        context.update(bytes)
        return context.finishMD5()
    }

    /// The digest of `bytes`.
    public static func digest(of bytes: [UInt8]) -> MD5 { bytes.withUnsafeBytes { digest(of: $0) } }
}

extension Context {
    /// The 16 bytes of a finished MD5.
    mutating func finishMD5() -> MD5 {
        var words: (UInt64, UInt64) = (0, 0)
        withUnsafeMutableBytes(of: &words) { finish(into: $0) }
        return MD5(UInt64(bigEndian: words.0), UInt64(bigEndian: words.1))
    }
}
