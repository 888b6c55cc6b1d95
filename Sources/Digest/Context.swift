internal import CCrypto

/// A running digest: an `EVP_MD_CTX` that is owned by one value and freed with it.
///
/// `@unchecked Sendable` is sound: the context has one owner, and everything that changes it is `mutating`.
struct Context: ~Copyable, @unchecked Sendable {
    private let state: OpaquePointer

    /// A context at the start of a message.
    init(_ algorithm: Algorithm) {
        guard let state = EVP_MD_CTX_new() else { preconditionFailure("out of memory") }
        self.state = state
        Self.check(EVP_DigestInit_ex2(state, algorithm.method, nil))
    }

    /// A context that has taken in `bytes`.
    init(_ algorithm: Algorithm, after bytes: [UInt8]) {
        self.init(algorithm)
        bytes.withUnsafeBytes { update($0) }
    }

    /// A context in the state of `other`, which may at the same time be read by other threads.
    init(copying other: borrowing Context) {
        guard let state = EVP_MD_CTX_new() else { preconditionFailure("out of memory") }
        self.state = state
        assume(other)
    }

    /// Takes in further bytes.
    mutating func update(_ bytes: UnsafeRawBufferPointer) {
        Self.check(EVP_DigestUpdate(state, bytes.baseAddress, bytes.count))
    }

    /// Takes over the state of `other`, which may at the same time be read by other threads.
    mutating func assume(_ other: borrowing Context) {
        Self.check(EVP_MD_CTX_copy_ex(state, other.state))
    }

    /// Writes the digest into `buffer`, which must have room for it. The context must be restarted or overwritten before it is used again.
    mutating func finish(into buffer: UnsafeMutableRawBufferPointer) {
        Self.check(EVP_DigestFinal_ex(state, buffer.baseAddress?.assumingMemoryBound(to: UInt8.self), nil))
    }

    /// Goes back to the start of a message, keeping what is allocated.
    mutating func restart() {
        Self.check(EVP_DigestInit_ex2(state, nil, nil))
    }

    /// OpenSSL's digests fail only where memory is exhausted or the context is misused, which the types here rule out.
    private static func check(_ result: CInt) {
        precondition(result == 1, "OpenSSL failed to compute a digest")
    }

    deinit { EVP_MD_CTX_free(state) }
}
