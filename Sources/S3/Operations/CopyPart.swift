internal import HTTP
public import Vocabulary

extension S3Client {
    /// Copies bytes of an object within the bucket, on the server, into one part of an upload (Amazon S3 API Reference, UploadPartCopy): so an
    /// object that is too large for CopyObject is copied.
    ///
    /// `sourceBucket` is named where the source lies in another bucket of the same store. `ifMatch` makes it conditional on the source's entity tag; some servers (radosgw) ignore it, so look at the source once more before the
    /// upload is completed. An error within a 200 answer is an error here. Where `isCalledOff` answers
    /// true when the request's turn has come, nothing is sent, as if the task had been cancelled.
    public func copyPart(
        _ number: Int, of uploadID: String, _ key: Key, from source: Key, in sourceBucket: String? = nil, version: String? = nil,
        bytes: Range<Int64>,
        ifMatch: ETag? = nil,
        isCalledOff: (@Sendable () -> Bool)? = nil
    ) async throws(S3Error) -> UploadedPart {
        var headers = underCustomerKey([])
        headers.append(copySource(source, in: sourceBucket, version: version))
        headers.append(HTTPHeader("x-amz-copy-source-range", "bytes=\(bytes.lowerBound)-\(bytes.upperBound - 1)"))
        if let ifMatch { headers.append(HTTPHeader("x-amz-copy-source-if-match", "\"" + ifMatch.value + "\"")) }
        let call = Call(
            operation: .uploadPartCopy, method: .put, key: key, query: "partNumber=\(number)&uploadId=" + PercentEncoding.query(uploadID),
            headers: headers, isCalledOff: isCalledOff)
        return try await send(call) { response throws(AnswerFault) in
            let root = try XMLElement(answer: response)
            if let document = ErrorDocument(response.body) { throw .error(document) }
            guard root.name == "CopyPartResult" else { throw .unreadable(.root(expected: "CopyPartResult", found: root.name)) }
            guard let etag = root.text("ETag"), !etag.isEmpty else { throw .unreadable(.content("it has no ETag")) }
            return UploadedPart(number: number, etag: ETag(etag), size: Int64(bytes.count))
        }
    }

    /// The header that names what is copied.
    func copySource(_ source: Key, in sourceBucket: String? = nil, version: String? = nil) -> HTTPHeader {
        HTTPHeader(
            "x-amz-copy-source",
            "/" + (sourceBucket ?? bucket) + "/" + PercentEncoding.path(source.bytes)
                + (version.map { "?versionId=" + PercentEncoding.query($0) } ?? ""))
    }
}
