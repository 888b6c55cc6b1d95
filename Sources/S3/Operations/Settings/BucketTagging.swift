internal import HTTP
public import Vocabulary

extension S3Client {
    /// The bucket's tags (Amazon S3 API Reference, GetBucketTagging).
    public func bucketTags() async throws(S3Error) -> SettingAnswer<[BucketTag]> {
        try await setting(.tagging) { response throws(AnswerFault) in
            let set = try XMLElement(answer: response).child("TagSet")?.children("Tag") ?? []
            return set.isEmpty ? nil : set.map { BucketTag(name: $0.text("Key") ?? "", value: $0.text("Value") ?? "") }
        }
    }

    /// Replaces the bucket's tags (Amazon S3 API Reference, PutBucketTagging, at most 50).
    public func setBucketTags(_ tags: [BucketTag]) async throws(S3Error) -> SettingReason? {
        var document = XMLWriter(root: "Tagging")
        document.open("TagSet")
        for tag in tags {
            document.open("Tag")
            document.element("Key", tag.name)
            document.element("Value", tag.value)
            document.close("Tag")
        }
        document.close("TagSet")
        document.close("Tagging")
        return try await setSetting(.tagging, document.bytes)
    }
}
