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
}
