internal import Digest
internal import HTTP
internal import Vocabulary

/// Whether a bucket had to be made.
public enum BucketCreation: Sendable, Hashable {
    /// It was created.
    case created
    /// It was there and is ours.
    case alreadyOwned
}

extension S3Client {
    /// Asks whether the bucket exists and may be listed (Amazon S3 API Reference, HeadBucket); answers its region where the server tells.
    public func headBucket() async throws(S3Error) -> String? {
        try await send(Call(operation: .headBucket, method: .head)) { response throws(AnswerFault) in response.header("x-amz-bucket-region")
        }
    }

    /// Creates the bucket in the region in use (Amazon S3 API Reference, CreateBucket).
    ///
    /// `us-east-1` must not be named in the request. Servers with regions of their own naming (radosgw's zone groups) may refuse the name;
    /// then it is created without one, where the endpoint decides.
    public func createBucket() async throws(S3Error) -> BucketCreation {
        let region = region
        do throws(S3Error) {
            do throws(S3Error) {
                try await create(in: region == "us-east-1" || region == "auto" ? nil : region)
            } catch {
                guard error.code == .invalidLocationConstraint, !endpoint.isAWS else { throw error }
                try await create(in: nil)
            }
            return .created
        } catch {
            if error.code == .bucketAlreadyOwnedByYou { return .alreadyOwned }
            throw error
        }
    }

    private func create(in region: String?) async throws(S3Error) {
        var call = Call(operation: .createBucket, method: .put)
        if let region {
            var document = XMLWriter(root: "CreateBucketConfiguration")
            document.element("LocationConstraint", region)
            document.close("CreateBucketConfiguration")
            call = .document(document.bytes, operation: .createBucket, method: .put, query: "")
        }
        try await send(call) { _ throws(AnswerFault) in }
    }
}
