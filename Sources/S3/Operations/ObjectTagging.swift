public import HTTP
public import Vocabulary

extension S3Client {
    /// An object's tags, as the header of an upload that sets the same (Amazon S3 API Reference, GetObjectTagging; PutObject, `x-amz-tagging`): none
    /// where it has none.
    public func taggingHeaders(of key: Key) async throws(S3Error) -> [HTTPHeader] {
        let call = Call(operation: .getObjectTagging, method: .get, key: key, query: "tagging")
        return try await send(call) { response throws(AnswerFault) in
            let root = try XMLElement(answer: response, root: "Tagging")
            let pairs = (root.child("TagSet")?.children("Tag") ?? []).map { tag in
                PercentEncoding.query(tag.text("Key") ?? "") + "=" + PercentEncoding.query(tag.text("Value") ?? "")
            }
            return pairs.isEmpty ? [] : [HTTPHeader(HeaderSet.tagging, pairs.joined(separator: "&"))]
        }
    }

    /// Gives an object the tags that `headers` ask for, where they ask for any, on a store that forgets those of a copy and of an upload in parts;
    /// elsewhere they are there already (Amazon S3 API Reference, PutObjectTagging).
    ///
    /// Never sent to a store that is not known: there are some that take the document for the object's new content.
    public func tagAgain(_ key: Key, _ headers: [HTTPHeader]) async throws(S3Error) {
        guard profile.forgetsTags, let tags = headers.first(where: { $0.name.lowercased() == HeaderSet.tagging })?.value, !tags.isEmpty
        else {
            return
        }
        var document = XMLWriter(root: "Tagging")
        document.open("TagSet")
        for pair in tags.split(separator: "&") {
            let words = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            document.open("Tag")
            document.element("Key", PercentEncoding.decoded(words[0]))
            document.element("Value", words.count > 1 ? PercentEncoding.decoded(words[1]) : "")
            document.close("Tag")
        }
        document.close("TagSet")
        document.close("Tagging")
        var call = Call.document(document.bytes, operation: .putObjectTagging, method: .put, query: "tagging")
        call.key = key
        try await send(call) { _ throws(AnswerFault) in }
    }
}
