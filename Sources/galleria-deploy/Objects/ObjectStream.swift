internal import Deploy
internal import Digest
internal import Glibc
internal import S3
internal import Source
internal import Vocabulary

/// Writes objects to standard output as they arrive, and says afterwards whether they were what the store keeps.
struct ObjectStream {
    let session: BucketSession
    let range: ByteRange?
    let isBase64: Bool

    /// Writes one object; throws what ends the command, and answers false where the content was not what it should be.
    func write(_ key: Key) async throws -> Bool {
        let name = session.name(of: key)
        var hasher = SHA256Hasher()
        var base64 = Base64Encoding()
        let head: ObjectHead
        do throws(S3Error) { head = try await session.store.head(key) } catch {
            if error.isNotFound { throw OutputFault.store(error) }
            throw Fault(error)
        }
        let bytes: Range<Int64>
        if let range {
            guard let found = range.bytes(of: head.size) else {
                throw Fault(.usage, "\(name) has \(head.size) bytes, and none of the range.")
            }
            bytes = found
        } else {
            bytes = 0..<head.size
        }
        try await ObjectPieces(session.store, key, size: head.size, etag: head.etag).read(bytes) { _, piece throws(OutputFault) in
            piece.withUnsafeBytes { hasher.update($0) }
            try Self.write(isBase64 ? base64.encode(piece) : piece)
        }
        if isBase64 { try Self.write(base64.finish() + [UInt8(ascii: "\n")]) }
        guard range == nil, let expected = head.sha256 else { return true }
        let found = hasher.finalize()
        guard found != expected else { return true }
        session.console.complain(
            "failed: \(name): what was written is damaged: it has SHA-256 \(found), and the store says \(expected). Do not use it; run again."
        )
        return false
    }

    /// A reader that goes away is no fault of the object's, but the rest is not worth reading.
    private static func write(_ bytes: [UInt8]) throws(OutputFault) {
        var done = 0
        while done < bytes.count {
            let n = bytes.withUnsafeBytes { Glibc.write(STDOUT_FILENO, $0.baseAddress.map { $0 + done }, bytes.count - done) }
            if n > 0 { done += n } else if errno != EINTR { throw .system(SystemCause(errno)) }
        }
    }
}
