internal import HTTP
public import Vocabulary

/// An object's content, or a range of it, with its head.
public struct ObjectContent: Sendable {
    /// The bytes.
    public let bytes: [UInt8]
    /// The head; its size is that of the whole object.
    public let head: ObjectHead
}

extension S3Client {
    /// The content of an object that is known to be small, or a range of one (Amazon S3 API Reference, GetObject).
    ///
    /// More than `maximumBytes` is an error, not a long wait. A server that ignores the range has it cut here. `ifMatch` makes it conditional on the
    /// entity tag (412 where it is another); compare the answer's tag all the same.
    public func getObject(
        _ key: Key, range: Range<Int64>? = nil, ifMatch: ETag? = nil, maximumBytes: Int = 16 << 20
    ) async throws(S3Error) -> ObjectContent {
        var headers: [HTTPHeader] = []
        if let range {
            guard !range.isEmpty, range.lowerBound >= 0 else {
                throw error(Call(operation: .getObject, method: .get, key: key), .unsendable("an empty range cannot be asked for"))
            }
            headers.append(HTTPHeader("Range", "bytes=\(range.lowerBound)-\(range.upperBound - 1)"))
        }
        if let ifMatch { headers.append(HTTPHeader("If-Match", "\"" + ifMatch.value + "\"")) }
        let call = Call(operation: .getObject, method: .get, key: key, headers: headers, maximumResponseBytes: maximumBytes)
        return try await reading(call) { response throws(AnswerFault) in
            // rclone answers a range with 200, and with Content-Range all the same.
            guard response.status == 206 || response.header("Content-Range") != nil else {
                let head = try ObjectHead(response, size: Int64(response.body.count))
                guard let range else { return ObjectContent(bytes: response.body, head: head) }
                return ObjectContent(bytes: Array(response.body.dropFirst(Int(range.lowerBound)).prefix(range.count)), head: head)
            }
            guard let content = response.header("Content-Range"), content.hasPrefix("bytes \(range?.lowerBound ?? -1)-"),
                let slash = content.lastIndex(of: "/"), let size = Int64(content[content.index(after: slash)...])
            else { throw .header("it is not the range that was asked for (Content-Range)") }
            return ObjectContent(bytes: response.body, head: try ObjectHead(response, size: size))
        }
    }
}
