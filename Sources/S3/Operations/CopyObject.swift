public import HTTP
public import Vocabulary

extension S3Client {
    /// Copies an object within the bucket, on the server, giving the copy `headers` as all its headers and metadata (Amazon S3 API Reference,
    /// CopyObject, `x-amz-metadata-directive: REPLACE`); onto itself this changes headers only.
    ///
    /// The source's tags go along, unless `headers` have `x-amz-tagging` or say otherwise. `ifMatch` makes the copy conditional on the source's
    /// entity tag; some servers (radosgw) ignore it, so compare the answer's tag.
    /// `isUnderCustomerKey` says that the source is encrypted by the customer's key.
    /// An error within a 200 answer is an error here. Where `isCalledOff` answers true when the request's turn has come, nothing is sent, as if the
    /// task had been cancelled.
    public func copy(
        _ source: Key, to key: Key, headers: [HTTPHeader], ifMatch: ETag? = nil, isUnderCustomerKey: Bool = false,
        isCalledOff: (@Sendable () -> Bool)? = nil
    ) async throws(S3Error) -> PutAnswer {
        var all = underCustomerKey(headers)
        if isUnderCustomerKey, let key = parts.customerKey { all += key.sourceHeaders }
        all.append(copySource(source))
        all.append(HTTPHeader("x-amz-metadata-directive", "REPLACE"))
        // Tags are copied unless it is said that they are not.
        if all.contains(where: { $0.name.lowercased() == "x-amz-tagging" }) { all.append(HTTPHeader("x-amz-tagging-directive", "REPLACE")) }
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
