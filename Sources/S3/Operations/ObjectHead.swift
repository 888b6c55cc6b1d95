public import HTTP
public import Vocabulary

/// What a HEAD or GET tells about an object besides its content.
public struct ObjectHead: Sendable, Hashable {
    /// The size of the object in bytes.
    public let size: Int64
    /// The entity tag.
    public let etag: ETag
    /// All header fields of the answer.
    public let headers: [HTTPHeader]

    /// The metadata header in which this tool records the SHA-256 of what it uploads, in hexadecimal digits.
    public static let sha256Header = "x-amz-meta-sha256"

    /// The content's SHA-256, where the object's metadata has it.
    public var sha256: SHA256? { header(Self.sha256Header).flatMap { SHA256(hex: $0) } }

    /// The user's metadata: names in lower case without `x-amz-meta-`, and values.
    public var metadata: [String: String] {
        var result: [String: String] = [:]
        for header in headers {
            let name = header.name.lowercased()
            if name.hasPrefix("x-amz-meta-") { result[String(name.dropFirst(11))] = header.value }
        }
        return result
    }

    /// The first header field of that name.
    public func header(_ name: String) -> String? { headers.first { $0.name.lowercased() == name.lowercased() }?.value }

    /// When the object was last written, in seconds since 1970 by the server's clock; nil where the server does not tell.
    public var lastModified: Int64? { header("Last-Modified").flatMap(HTTPDate.unixSeconds) }

    /// Reads the answer's fields; `size` where it is not the Content-Length.
    init(_ response: HTTPResponse, size: Int64? = nil) throws(AnswerFault) {
        guard let size = size ?? response.header("Content-Length").flatMap({ Int64($0) }), size >= 0 else {
            throw .header("it does not tell the object's size (Content-Length)")
        }
        self.size = size
        etag = ETag(response.header("ETag") ?? "")
        headers = response.headers
    }
}

extension S3Client {
    /// What the server holds under `key` (Amazon S3 API Reference, HeadObject); `S3Error.isNotFound` where there is nothing.
    public func head(_ key: Key) async throws(S3Error) -> ObjectHead {
        try await reading(Call(operation: .headObject, method: .head, key: key)) { response throws(AnswerFault) in try ObjectHead(response)
        }
    }
}
