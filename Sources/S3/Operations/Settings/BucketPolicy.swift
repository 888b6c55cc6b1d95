internal import HTTP
internal import Vocabulary

extension S3Client {
    /// The bucket's policy as JSON (Amazon S3 API Reference, GetBucketPolicy).
    public func bucketPolicy() async throws(S3Error) -> SettingAnswer<[UInt8]> {
        try await setting(.policy) { response throws(AnswerFault) in
            // A server that does not know the sub-resource answers with XML.
            guard response.body.first(where: { ![9, 10, 13, 32].contains($0) }) == UInt8(ascii: "{") else {
                throw .unreadable(.content("it is no JSON object"))
            }
            return response.body
        }
    }

    /// Replaces the bucket's policy (Amazon S3 API Reference, PutBucketPolicy, at most 20 KB).
    public func setBucketPolicy(_ document: [UInt8]) async throws(S3Error) -> SettingReason? { try await setSetting(.policy, document) }

    /// Removes the bucket's policy (Amazon S3 API Reference, DeleteBucketPolicy). Only for a bucket that has just answered with one: a server that
    /// did not know the sub-resource would take this for the removal of the bucket.
    public func removeBucketPolicy() async throws(S3Error) -> SettingReason? {
        let call = Call(operation: .deleteBucketPolicy, method: .delete, query: BucketSetting.policy.query)
        do throws(S3Error) { try await send(call) { _ throws(AnswerFault) in } } catch {
            guard let reason = SettingReason(error) else { throw error }
            return reason
        }
        return nil
    }

    /// The partition in the bucket's resource names (AWS General Reference, "ARNs"): `aws`, `aws-cn`, `aws-us-gov`.
    public var partition: String { endpoint.isAWS ? Partition(region: region).rawValue : Partition.aws.rawValue }
}
