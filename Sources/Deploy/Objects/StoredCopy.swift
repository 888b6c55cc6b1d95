internal import HTTP
internal import Planning
public import S3
public import Vocabulary

/// Why an object was not copied.
public enum CopyFault: Error, Sendable, CustomStringConvertible {
    /// The store refused or did not answer.
    case store(S3Error)
    /// The source was replaced meanwhile.
    case changed
    /// The copy is there and is not what the source was; what differs.
    case differs(String)

    /// Why, and what to do next.
    public var description: String {
        switch self {
        case .store(let error): error.isNotFound ? "there is no such object" : error.description
        case .changed: "was replaced while it was being copied; run again"
        case .differs(let what): "was copied, but the copy has another \(what): look at both. The source was kept"
        }
    }
}

/// Copies an object on the server with all that belongs to it: content, headers, metadata, tags, access control list, storage class. The copy is looked
/// at afterwards. An object that is larger than one request copies is copied in parts.
public struct StoredCopy: Sendable {
    private let source: S3Client
    private let target: S3Client
    private let stop: DeployStop

    /// Parts of this size are copied at once, in bytes.
    private static let partSize: Int64 = 256 << 20

    /// Copies from the bucket of `source` to that of `target`, of the same store.
    public init(from source: S3Client, to target: S3Client, stop: DeployStop) {
        self.source = source
        self.target = target
        self.stop = stop
        stop.beginSending()
    }

    /// Copies and answers what is known of the copy. Where this throws after the copy was made, the copy stays.
    public func copy(_ key: Key, to copy: Key) async throws(CopyFault) -> ObjectHead {
        let made: (head: ObjectHead, copy: ObjectHead)?
        do throws(S3Error) { made = try await perform(key, copy) } catch {
            throw error.refusal?.status == 412 ? .changed : .store(error)
        }
        guard let made else { throw .changed }
        if let difference = Self.difference(made.head, made.copy) { throw .differs(difference) }
        return made.copy
    }

    /// True where the object is still the one that was copied, so that it may go.
    public func isStill(_ key: Key, _ copy: ObjectHead) async throws(CopyFault) -> Bool {
        do throws(S3Error) { return Self.difference(try await source.head(key), copy) == nil } catch { throw .store(error) }
    }

    /// Copies; the heads of both, nil where the source was another object by then.
    private func perform(_ key: Key, _ copy: Key) async throws(S3Error) -> (head: ObjectHead, copy: ObjectHead)? {
        let head = try await source.head(key)
        var kept = head.headers.filter { Self.forgotten.contains($0.name.lowercased()) }
        if case .granting(let grants) = try await source.acl(of: key) { kept += grants }
        let hasTags = (head.header("x-amz-tagging-count").flatMap { Int($0) } ?? 0) > 0
        if head.size > target.profile.multipart.largestCopy {
            let tags = hasTags ? try await source.taggingHeaders(of: key) : []
            let headers = head.headers.filter { Self.describes($0.name.lowercased()) } + kept + tags
            guard try await copyInParts(key, head, to: copy, headers) else { return nil }
            try await target.tagAgain(copy, tags)
        } else {
            _ = try await target.copyWhole(
                key, in: source.bucket, to: copy, headers: kept, ifMatch: head.etag.value.isEmpty ? nil : head.etag,
                isUnderCustomerKey: head.header("x-amz-server-side-encryption-customer-algorithm") != nil, isCalledOff: stop.question)
            if hasTags, target.profile.forgetsTags { try await target.tagAgain(copy, try await source.taggingHeaders(of: key)) }
        }
        let made = try await target.head(copy)
        return (head, made)
    }

    /// Copies in parts; false where the source is another object by then. What was begun and came to nothing is given up.
    private func copyInParts(_ key: Key, _ head: ObjectHead, to copy: Key, _ headers: [HTTPHeader]) async throws(S3Error) -> Bool {
        guard let layout = PartLayout(size: head.size, partSize: Self.partSize, within: PartBounds(target.profile.multipart)) else {
            return false
        }
        let id = try await target.createMultipartUpload(copy, sha256: head.sha256, headers: headers, isCalledOff: stop.question)
        do throws(S3Error) {
            var parts: [UploadedPart] = []
            var next = 1
            while next <= layout.count {
                let batch = next..<min(next + max(1, target.requestLimit), layout.count + 1)
                parts += try await copyParts(batch, of: id, layout, key, head, copy)
                next = batch.upperBound
            }
            // Not every server heeds the condition of each part.
            let now = try await source.head(key)
            guard now.etag == head.etag, now.size == head.size else {
                try await target.abortMultipartUpload(id, copy)
                return false
            }
            _ = try await target.completeMultipartUpload(id, copy, parts: parts)
            return true
        } catch {
            _ = await Upload.clearingUp { [target] in (try? await target.abortMultipartUpload(id, copy)) != nil }
            throw error
        }
    }

    private func copyParts(
        _ numbers: Range<Int>, of id: String, _ layout: PartLayout, _ key: Key, _ head: ObjectHead, _ copy: Key
    ) async throws(S3Error) -> [UploadedPart] {
        let results = await withTaskGroup(of: Result<UploadedPart, S3Error>.self) { group in
            for number in numbers {
                group.addTask {
                    do throws(S3Error) {
                        return .success(
                            try await target.copyPart(
                                number, of: id, copy, from: key, in: source.bucket, bytes: layout.range(of: number), ifMatch: head.etag,
                                isCalledOff: stop.question))
                    } catch { return .failure(error) }
                }
            }
            var results: [Result<UploadedPart, S3Error>] = []
            for await result in group { results.append(result) }
            return results
        }
        var parts: [UploadedPart] = []
        for result in results { parts.append(try result.get()) }
        return parts.sorted { $0.number < $1.number }
    }

    /// What is the same of an object and its copy, where it can be told; the name of the first that is not.
    private static func difference(_ head: ObjectHead, _ copy: ObjectHead) -> String? {
        if copy.size != head.size { return "size" }
        if let md5 = head.etag.md5, let other = copy.etag.md5, !head.hidesMD5, !copy.hidesMD5, md5 != other {
            return "content (entity tag)"
        }
        if copy.metadata != head.metadata { return "set of metadata" }
        for name in ["content-type", "content-encoding", "cache-control", "content-disposition"]
        where copy.header(name) != head.header(name) {
            return name
        }
        return nil
    }

    /// What no copy takes over by itself (Amazon S3 API Reference, CopyObject).
    private static let forgotten: Set<String> = [
        "x-amz-storage-class", HeaderSet.redirect, "x-amz-server-side-encryption", "x-amz-server-side-encryption-aws-kms-key-id",
    ]

    private static func describes(_ name: String) -> Bool {
        name.hasPrefix(HeaderSet.metadataPrefix)
            || [
                "content-type", "cache-control", "content-disposition", "content-encoding", "content-language", "expires",
            ].contains(name)
    }
}
