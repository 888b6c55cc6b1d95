internal import HTTP
public import Vocabulary

extension S3Client {
    /// Whether the bucket keeps versions; `notConfigured` where it never did (Amazon S3 API Reference, GetBucketVersioning).
    public func versioning() async throws(S3Error) -> SettingAnswer<BucketVersioning> {
        try await setting(.versioning) { response throws(AnswerFault) in
            switch try XMLElement(answer: response).text("Status") {
            case "Enabled": return .enabled
            case "Suspended": return .suspended
            default: return nil
            }
        }
    }

    /// Begins or suspends the keeping of versions (Amazon S3 API Reference, PutBucketVersioning). What needs a second factor stays as it is.
    public func setVersioning(_ versioning: BucketVersioning) async throws(S3Error) -> SettingReason? {
        var document = XMLWriter(root: "VersioningConfiguration")
        document.element("Status", versioning == .enabled ? "Enabled" : "Suspended")
        document.close("VersioningConfiguration")
        return try await setSetting(.versioning, document.bytes)
    }
}
