internal import Digest
public import HTTP
public import Vocabulary

/// Under which condition a small object is written (Amazon S3 User Guide, "Conditional writes").
public enum WriteCondition: Sendable, Hashable {
    /// There is none yet: `If-None-Match: *`.
    case absent
    /// It is the one with this entity tag: `If-Match`. Ceph compares the header as it is written and wants no quotation marks.
    case tagged(ETag, quoted: Bool)

    /// The header field.
    public var header: HTTPHeader {
        switch self {
        case .absent: HTTPHeader("If-None-Match", "*")
        case .tagged(let etag, let quoted): HTTPHeader("If-Match", quoted ? "\"\(etag.value)\"" : etag.value)
        }
    }
}

extension S3Client {
    /// Puts a small object on a condition; nil where the condition does not hold. Where an answer was lost and the request repeated, nil may also
    /// mean that the first one was carried out: look at what is there.
    public func put(_ key: Key, _ bytes: [UInt8], if condition: WriteCondition) async throws(S3Error) -> ETag? {
        do {
            let headers = [condition.header, HTTPHeader("Content-Type", "text/plain")]
            return try await put(key, body: PutBody(bytes, sha256: SHA256.digest(of: bytes)), headers: headers).etag
        } catch {
            if error.code == .preconditionFailed || (condition != .absent && error.isNotFound) { return nil }
            throw error
        }
    }
}

extension ObjectHead {
    /// How many seconds passed, by the server's own clock, from the object's last write to this answer; nil where the server does not tell.
    public var age: Int64? {
        guard let now = header("Date").flatMap(HTTPDate.unixSeconds), let then = header("Last-Modified").flatMap(HTTPDate.unixSeconds)
        else { return nil }
        return now - then
    }
}
