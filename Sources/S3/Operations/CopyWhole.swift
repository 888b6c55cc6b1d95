public import HTTP
public import Vocabulary

extension S3Client {
    /// Copies an object on the server with everything that belongs to it: content, headers, metadata and tags (Amazon S3 API Reference, CopyObject,
    /// `x-amz-metadata-directive: COPY`). It cannot be copied onto itself so.
    ///
    /// `sourceBucket` is named where the source lies in another bucket of the same store. `headers` are those that say how the copy is kept, such as
    /// its access control list and storage class, which no copy takes over. `ifMatch` makes it conditional on the source's entity tag; some servers
    /// (radosgw) ignore it, so look at the copy. An error within a 200 answer is an error here. Where `isCalledOff` answers true when the request's turn
    /// has come, nothing is sent, as if the task had been cancelled.
    public func copyWhole(
        _ source: Key, in sourceBucket: String? = nil, to key: Key, headers: [HTTPHeader] = [], ifMatch: ETag? = nil,
        isUnderCustomerKey: Bool = false, isCalledOff: (@Sendable () -> Bool)? = nil
    ) async throws(S3Error) -> PutAnswer {
        var all = underCustomerKey(headers)
        if isUnderCustomerKey, let key = parts.customerKey { all += key.sourceHeaders }
        all.append(copySource(source, in: sourceBucket))
        all.append(HTTPHeader("x-amz-metadata-directive", "COPY"))
        if let ifMatch { all.append(HTTPHeader("x-amz-copy-source-if-match", "\"" + ifMatch.value + "\"")) }
        let call = Call(operation: .copyObject, method: .put, key: key, headers: all, isCalledOff: isCalledOff)
        return try await confirmed(call) { response throws(AnswerFault) in
            let root = try XMLElement(answer: response)
            if let document = ErrorDocument(response.body) { throw .error(document) }
            guard root.name == "CopyObjectResult" else { throw .unreadable(.root(expected: "CopyObjectResult", found: root.name)) }
            return PutAnswer(etag: root.text("ETag").map { ETag($0) }, versionID: response.header("x-amz-version-id"))
        }
    }
}
