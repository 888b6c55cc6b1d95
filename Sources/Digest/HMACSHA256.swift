public import Vocabulary

/// HMAC-SHA-256 (RFC 2104, FIPS 198-1) under one key. The states after the key's two blocks are kept, so that a short message costs two
/// compressions instead of four: what SigV4 does with its signing key for each request.
public final class HMACSHA256: Sendable {
    // Only ever copied from, which any number of threads may do at once.
    private let inner: Context
    private let outer: Context

    /// Prepares `key`, of any length.
    public init(key: some Sequence<UInt8>) {
        var block = [UInt8](key)
        if block.count > Self.blockSize { block = SHA256.digest(of: block).bytes }
        block += [UInt8](repeating: 0, count: Self.blockSize - block.count)
        inner = Context(.sha256, after: block.map { $0 ^ 0x36 })
        outer = Context(.sha256, after: block.map { $0 ^ 0x5c })
    }

    /// The code of `message`.
    public func authenticate(_ message: UnsafeRawBufferPointer) -> SHA256 {
        var context = Context(copying: inner)
        context.update(message)
        var digest: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        return withUnsafeMutableBytes(of: &digest) { buffer in
            context.finish(into: buffer)
            context.assume(outer)
            context.update(UnsafeRawBufferPointer(buffer))
            return context.finishSHA256()
        }
    }

    /// The code of `message`.
    public func authenticate(_ message: [UInt8]) -> SHA256 { message.withUnsafeBytes { authenticate($0) } }

    /// The code of `message` under `key`, for a key that is used once.
    public static func authenticate(_ message: [UInt8], key: some Sequence<UInt8>) -> SHA256 {
        HMACSHA256(key: key).authenticate(message)
    }

    private static let blockSize = 64
}
