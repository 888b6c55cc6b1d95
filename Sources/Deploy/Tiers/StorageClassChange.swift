internal import HTTP
internal import Planning
internal import S3
internal import Vocabulary

/// Gives an object another storage class by a copy onto itself on the server that names everything it had, and looks at it afterwards.
struct StorageClassChange: Sendable {
    let store: S3Client

    /// What a copy onto itself forgets unless it is named (Amazon S3 API Reference, CopyObject).
    private static let kept: Set<String> = [
        "content-type", "cache-control", "content-disposition", "content-encoding", "content-language", "expires", HeaderSet.redirect,
        "x-amz-server-side-encryption", "x-amz-server-side-encryption-aws-kms-key-id", "x-amz-server-side-encryption-bucket-key-enabled",
    ]

    /// Why an object keeps its class.
    enum Refusal: Error {
        case words(String)
        case store(S3Error)
    }

    /// Changes the class; answers the object's tag afterwards.
    func run(_ change: TierPlan.ClassChange) async throws(Refusal) -> ETag? {
        let result: Result<ETag?, Refusal>
        do throws(S3Error) { result = try await attempt(change) } catch { throw .store(error) }
        return try result.get()
    }

    private func attempt(_ change: TierPlan.ClassChange) async throws(S3Error) -> Result<ETag?, Refusal> {
        let (key, object) = (change.object.key, change.object)
        let before = try await store.head(key)
        guard before.size == object.size, before.etag == object.etag else {
            return .failure(.words("it is another object by now; run again"))
        }
        guard before.header("x-amz-server-side-encryption-customer-algorithm") == nil else {
            return .failure(.words("it is encrypted with a key of its owner's, which a copy would have to name"))
        }
        guard before.size <= store.profile.multipart.largestCopy else {
            return .failure(.words("it is larger than the store copies at once; a lifecycle rule moves it (bucket: lifecycle:)"))
        }
        var headers = before.headers.filter { header in
            let name = header.name.lowercased()
            return Self.kept.contains(name) || name.hasPrefix(HeaderSet.metadataPrefix)
        }
        headers.append(HTTPHeader("x-amz-storage-class", change.to))
        if case .granting(let grants) = try await store.acl(of: key) { headers += grants }
        if store.profile.forgetsTags { headers += try await store.taggingHeaders(of: key) }
        let answer = try await store.copy(key, to: key, headers: headers, ifMatch: before.etag)
        try await store.tagAgain(key, headers)
        let after = try await store.head(key)
        guard after.size == before.size, answer.etag == nil || after.etag == answer.etag else {
            return .failure(.words("it was written to by someone else meanwhile; run again"))
        }
        let now = after.header("x-amz-storage-class") ?? TierRule.standard
        guard now == change.to else {
            return .failure(.words("the store copied it and kept the class \(now): it has no class \(change.to)"))
        }
        for header in headers where Self.kept.contains(header.name.lowercased()) || header.name.lowercased().hasPrefix("x-amz-meta-") {
            guard after.header(header.name) == header.value else {
                return .failure(.words("the store did not keep its header \(header.name); deploy with --check-headers mends it"))
            }
        }
        return .success(after.etag)
    }
}
