internal import HTTP
public import Vocabulary

extension S3Client {
    /// How the bucket encrypts by itself (Amazon S3 API Reference, GetBucketEncryption).
    public func bucketEncryption() async throws(S3Error) -> SettingAnswer<BucketEncryption> {
        try await setting(.encryption) { response throws(AnswerFault) in
            guard let rule = try XMLPieces(answer: response).pieces.first(where: { $0.element.name == "Rule" }) else { return nil }
            let standard = rule.element.child("ApplyServerSideEncryptionByDefault")
            let key = standard?.text("KMSMasterKeyID") ?? ""
            return BucketEncryption(
                algorithm: standard?.text("SSEAlgorithm") ?? "", keyID: key.isEmpty ? nil : key,
                besides: try XMLPieces(within: rule).pieces.filter { $0.element.name != "ApplyServerSideEncryptionByDefault" }.map(\.bytes))
        }
    }

    /// Sets how the bucket encrypts by itself (Amazon S3 API Reference, PutBucketEncryption).
    public func setBucketEncryption(_ encryption: BucketEncryption) async throws(S3Error) -> SettingReason? {
        var document = XMLWriter(root: "ServerSideEncryptionConfiguration")
        document.open("Rule")
        document.open("ApplyServerSideEncryptionByDefault")
        document.element("SSEAlgorithm", encryption.algorithm)
        if let key = encryption.keyID { document.element("KMSMasterKeyID", key) }
        document.close("ApplyServerSideEncryptionByDefault")
        for piece in encryption.besides { document.verbatim(piece) }
        document.close("Rule")
        document.close("ServerSideEncryptionConfiguration")
        return try await setSetting(.encryption, document.bytes)
    }
}
