internal import Digest
internal import HTTP
internal import Synchronization
public import Vocabulary

/// What an object holds, as reading it to its end told.
public struct HashedObject: Sendable, Hashable {
    /// SHA-256 of its content.
    public let sha256: SHA256
    /// The head that came with it; its size is that of what was read.
    public let head: ObjectHead
}

extension S3Client {
    /// Reads an object to its end and hashes it (Amazon S3 API Reference, GetObject). Nothing of it is kept, however large it is.
    public func hashObject(_ key: Key) async throws(S3Error) -> HashedObject {
        let content = ReceivedContent()
        var call = Call(operation: .getObject, method: .get, key: key)
        call.receiver = { content.beginAnew() }
        return try await send(call) { response throws(AnswerFault) in
            let (sha256, size) = content.finish()
            if let length = response.header("Content-Length"), Int64(length) != size { throw .header("its content ends early") }
            return HashedObject(sha256: sha256, head: try ObjectHead(response, size: size))
        }
    }
}

/// The digest of what has come so far of an answer.
private final class ReceivedContent: Sendable {
    private struct State: ~Copyable, Sendable {
        var hasher = SHA256Hasher()
        var size: Int64 = 0
    }

    private let state = Mutex(State())

    /// A receiver for another try: what an earlier one brought does not count.
    func beginAnew() -> @Sendable (UnsafeRawBufferPointer) -> Void {
        state.withLock { $0 = State() }
        return { [self] bytes in
            state.withLock { state in
                state.hasher.update(bytes)
                state.size += Int64(bytes.count)
            }
        }
    }

    func finish() -> (sha256: SHA256, size: Int64) { state.withLock { ($0.hasher.finalize(), $0.size) } }
}
