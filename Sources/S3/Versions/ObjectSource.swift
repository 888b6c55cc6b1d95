public import HTTP
public import Vocabulary

/// What is copied on the server: an object, or one of its versions.
public struct ObjectSource: Sendable, Hashable {
    /// The key.
    public let key: Key
    /// The version; nil for what is there now.
    public let version: String?

    /// An object, or one of its versions.
    public init(_ key: Key, version: String? = nil) {
        self.key = key
        self.version = version
    }
}

extension S3Client {
    /// What the server holds of a source.
    public func head(_ source: ObjectSource) async throws(S3Error) -> ObjectHead {
        if let version = source.version { try await head(source.key, version: version) } else { try await head(source.key) }
    }

    /// Copies a source as it is, with its headers, metadata and tags, to another key of the bucket (Amazon S3 API Reference, CopyObject, REPLACE with what
    /// the source's head shows; above the store's limit UploadPartCopy). Who may read it is not copied by any store: `grants` say.
    ///
    /// The source is looked at again where the copy was made in parts. Nothing is sent once `isCalledOff` answers true.
    public func duplicate(
        _ source: ObjectSource, _ head: ObjectHead, to key: Key, grants: [HTTPHeader] = [], isCalledOff: (@Sendable () -> Bool)? = nil
    ) async throws(S3Error) {
        let headers = head.carried + grants
        guard head.size > profile.multipart.largestCopy else {
            var all = underCustomerKey(headers)
            all.append(copySource(source.key, version: source.version))
            all.append(HTTPHeader("x-amz-metadata-directive", "REPLACE"))
            if !head.etag.value.isEmpty { all.append(HTTPHeader("x-amz-copy-source-if-match", "\"" + head.etag.value + "\"")) }
            let call = Call(operation: .copyObject, method: .put, key: key, headers: all, isCalledOff: isCalledOff)
            _ = try await confirmed(call) { response throws(AnswerFault) in
                let root = try XMLElement(answer: response)
                if let document = ErrorDocument(response.body) { throw .error(document) }
                guard root.name == "CopyObjectResult" else { throw .unreadable(.root(expected: "CopyObjectResult", found: root.name)) }
                return PutAnswer(etag: root.text("ETag").map { ETag($0) }, versionID: response.header("x-amz-version-id"))
            }
            return
        }
        try await duplicateInParts(source, head, to: key, headers, isCalledOff)
    }

    private func duplicateInParts(
        _ source: ObjectSource, _ head: ObjectHead, to key: Key, _ headers: [HTTPHeader], _ isCalledOff: (@Sendable () -> Bool)?
    ) async throws(S3Error) {
        let partSize = max(256 << 20, (head.size + 9_999) / 10_000)
        guard let sha256 = head.sha256 else {
            throw error(
                Call(operation: .copyObject, method: .put, key: key),
                .unsendable("it is larger than the store copies at once, and its metadata has no sha256"))
        }
        let id = try await createMultipartUpload(key, sha256: sha256, headers: headers, isCalledOff: isCalledOff)
        do throws(S3Error) {
            var parts: [UploadedPart] = []
            for start in stride(from: Int64(0), to: head.size, by: Int64.Stride(partSize)) {
                let range = start..<min(start + partSize, head.size)
                parts.append(
                    try await copyPart(
                        parts.count + 1, of: id, key, from: source.key, version: source.version, bytes: range, ifMatch: head.etag,
                        isCalledOff: isCalledOff))
            }
            let now = try await self.head(source)
            guard now.etag == head.etag, now.size == head.size else {
                throw error(
                    Call(operation: .copyObject, method: .put, key: key), .unsendable("the object was replaced while it was copied"))
            }
            _ = try await completeMultipartUpload(id, key, parts: parts)
        } catch {
            try? await abortMultipartUpload(id, key)
            throw error
        }
    }
}

extension ObjectHead {
    /// What a copy is given so that it is as its source: content headers, metadata, and how it is stored.
    public var carried: [HTTPHeader] {
        headers.filter { header in
            let name = header.name.lowercased()
            return name.hasPrefix("x-amz-meta-") || Self.carriedNames.contains(name)
        }
    }

    private static let carriedNames: Set<String> = [
        "content-type", "cache-control", "content-disposition", "content-encoding", "content-language", "expires", "x-amz-storage-class",
        "x-amz-website-redirect-location", "x-amz-server-side-encryption", "x-amz-server-side-encryption-aws-kms-key-id",
    ]
}
