internal import HTTP
public import Vocabulary

extension S3Client {
    /// Reads an object to its end and hands its bytes on as they come (Amazon S3 API Reference, GetObject); nothing of it is kept.
    ///
    /// `begin` is called before each try: what the receiver of an earlier one was given does not count. Answers the object's head.
    public func readObject(
        _ key: Key, begin: @escaping @Sendable () -> @Sendable (UnsafeRawBufferPointer) -> Void
    ) async throws(S3Error) -> ObjectHead {
        var call = Call(operation: .getObject, method: .get, key: key)
        call.receiver = begin
        return try await send(call) { response throws(AnswerFault) in
            guard let length = response.header("Content-Length").flatMap({ Int64($0) }) else { throw .header("it has no Content-Length") }
            return try ObjectHead(response, size: length)
        }
    }
}
