internal import HTTP
internal import S3
internal import Vocabulary

extension Upload {
    /// Makes an object, looked at a moment ago (`head`), the object of a file by a copy on the server, of whatever size: one request, or parts where
    /// the store copies no more at once. Nil where it is in doubt what was copied. `headers` become all its headers.
    func copy(
        _ source: Key, _ head: ObjectHead, to file: LocalFile, _ sha256: SHA256, _ headers: [HTTPHeader], dropsTags: Bool
    ) async throws(S3Error) -> PutAnswer? {
        let target = prefix.key(for: file.path)
        let isLarge = head.size > store.profile.multipart.largestCopy
        let hasTags = headers.contains { $0.name.lowercased() == HeaderSet.tagging }
        // What a copy keeps by itself is told where it does not.
        let keepsTags = !hasTags && !dropsTags && head.tagCount > 0 && (isLarge || store.profile.forgetsTags)
        let headers = try await headers + (keepsTags ? store.taggingHeaders(of: source) : [])
        let answer: PutAnswer
        if isLarge {
            let copy = MultipartCopy(upload: self, source: source, head: head, file: file, sha256: sha256, headers: headers)
            guard let copied = try await copy.run() else { return nil }
            answer = copied
        } else {
            let directive = dropsTags && !hasTags ? [HTTPHeader("x-amz-tagging-directive", "REPLACE")] : []
            answer = try await store.copy(source, to: target, headers: headers + directive, ifMatch: head.etag, isCalledOff: stop.question)
            guard try await store.isCopy(answer, of: head, at: target) else { return nil }
        }
        try await store.tagAgain(target, headers)
        return answer
    }
}

extension S3Client {
    /// True where what is at `key` after a copy is the object with this head, as far as can be told.
    ///
    /// Some servers (radosgw) copy whatever the condition says, so the answer is looked at: a simple upload's tag stays the same. The tags of
    /// multipart and of encrypted objects change with every copy; such a server keeps the condition.
    fileprivate func isCopy(_ answer: PutAnswer, of head: ObjectHead, at key: Key) async throws(S3Error) -> Bool {
        if answer.etag == head.etag { return true }
        let now = try await self.head(key)
        guard head.etag.md5 == nil || head.hidesMD5 || now.hidesMD5 else { return false }
        return now.size == head.size && (answer.etag == nil || now.etag == answer.etag)
    }
}

extension ObjectHead {
    /// True where the tag is no MD5 though it may look like one (Amazon S3 API Reference, Object, `ETag`).
    var hidesMD5: Bool {
        header("x-amz-server-side-encryption")?.hasPrefix("aws:") == true
            || header("x-amz-server-side-encryption-customer-algorithm") != nil
    }

    /// How many tags the object has (Amazon S3 API Reference, HeadObject, `x-amz-tagging-count`).
    fileprivate var tagCount: Int { header("x-amz-tagging-count").flatMap { Int($0) } ?? 0 }
}
