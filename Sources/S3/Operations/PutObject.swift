public import HTTP
public import Vocabulary

/// Content to upload, with the hash that is signed and recorded.
public struct PutBody: Sendable {
    /// Where the bytes come from.
    public enum Content: Sendable {
        /// Memory.
        case bytes([UInt8])
        /// A source that is read while it is sent, and again if it is sent again.
        case source(any ByteSource)
    }

    /// The SHA-256 of the content; the server refuses content of another.
    public let sha256: SHA256
    /// The size in bytes.
    public let size: Int64
    /// The content.
    public let content: Content

    /// Content in memory of a known hash.
    public init(_ bytes: [UInt8], sha256: SHA256) {
        self.sha256 = sha256
        size = Int64(bytes.count)
        content = .bytes(bytes)
    }

    /// A source of a known hash.
    public init(_ source: any ByteSource, sha256: SHA256) {
        self.sha256 = sha256
        size = source.size
        content = .source(source)
    }

    var httpBody: HTTPBody {
        switch content {
        case .bytes(let bytes): .bytes(bytes)
        case .source(let source): .source(source)
        }
    }
}

/// What the server answers to an upload or a copy.
public struct PutAnswer: Sendable, Hashable {
    /// The entity tag of what is now under the key; nil where the server does not tell.
    public let etag: ETag?
    /// The version, in a bucket that keeps versions.
    public let versionID: String?

    /// Creates an answer.
    public init(etag: ETag?, versionID: String? = nil) {
        self.etag = etag
        self.versionID = versionID
    }
}

extension S3Client {
    /// Puts `body` under `key` (Amazon S3 API Reference, PutObject): one plain body with Content-Length and a signed SHA-256, which every
    /// server takes. `x-amz-meta-sha256` is added unless `headers` has it. `onSend` is told how many further bytes went out.
    /// Where `isCalledOff` answers true when the request's turn has come, nothing is sent, as if the task had been cancelled.
    public func put(
        _ key: Key, body: PutBody, headers: [HTTPHeader] = [], onSend: (@Sendable (Int64) -> Void)? = nil,
        isCalledOff: (@Sendable () -> Bool)? = nil
    ) async throws(S3Error) -> PutAnswer {
        let call = Call(
            operation: .putObject, method: .put, key: key, headers: underCustomerKey(headers).recording(body.sha256),
            payload: .sha256(body.sha256),
            body: body.httpBody,
            onSend: onSend, isCalledOff: isCalledOff)
        return try await confirmed(call) { response throws(AnswerFault) in
            // Every store names what it took. A success without a name is a proxy's, and nothing may have been stored.
            guard let etag = response.header("ETag"), !etag.isEmpty else { throw AnswerFault.header("it has no ETag") }
            return PutAnswer(etag: ETag(etag), versionID: response.header("x-amz-version-id"))
        }
    }
}
