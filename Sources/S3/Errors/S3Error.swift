public import HTTP
public import Vocabulary

/// Why a request to S3 failed: what was asked, of what, and the cause.
///
/// Its parts are kept apart: they are many, and every function that may throw it sets aside room for it, several times, whether it throws or not.
public struct S3Error: Error, Sendable {
    /// The cause.
    public enum Cause: Sendable {
        /// The server refused.
        case refused(S3Refusal)
        /// The server answered with success, but with something that is not the answer: a proxy's page, a cut-off document. The reason and the
        /// start of the answer, escaped and cut.
        case unreadable(status: Int, reason: String, excerpt: String)
        /// There was no answer.
        case transport(HTTPError)
        /// There were no credentials to sign with.
        case credentials(CredentialError)
        /// The server did it without what was asked of it: which.
        case ignored(WriteRequest)
        /// The request cannot be made as asked; nothing was sent.
        case unsendable(String)
    }

    private final class Parts: Sendable {
        let operation: S3Operation
        let bucket: String
        let key: Key?
        let endpoint: String
        let cause: Cause
        let attempts: Int
        let asked: [WriteRequest]
        let provider: ProviderProfile
        let budgetExhausted: Bool

        init(
            operation: S3Operation, bucket: String, key: Key?, endpoint: String, cause: Cause, attempts: Int, asked: [WriteRequest],
            provider: ProviderProfile, budgetExhausted: Bool
        ) {
            self.operation = operation
            self.bucket = bucket
            self.key = key
            self.endpoint = endpoint
            self.cause = cause
            self.attempts = attempts
            self.asked = asked
            self.provider = provider
            self.budgetExhausted = budgetExhausted
        }
    }

    private let parts: Parts

    /// The request.
    public var operation: S3Operation { parts.operation }
    /// The bucket.
    public var bucket: String { parts.bucket }
    /// The object, where one was concerned.
    public var key: Key? { parts.key }
    /// The endpoint that was asked.
    public var endpoint: String { parts.endpoint }
    /// The cause.
    public var cause: Cause { parts.cause }
    /// How often it was tried.
    public var attempts: Int { parts.attempts }
    /// What the request asked of the store beyond keeping the content.
    public var asked: [WriteRequest] { parts.asked }
    /// What is known of the store.
    public var provider: ProviderProfile { parts.provider }
    /// True where it would have been tried again, had the run's budget of retries not been used up.
    public var budgetExhausted: Bool { parts.budgetExhausted }

    /// Creates an error.
    public init(
        operation: S3Operation, bucket: String, key: Key? = nil, endpoint: String, cause: Cause, attempts: Int = 1,
        budgetExhausted: Bool = false, asked: [WriteRequest] = [], provider: ProviderProfile = .unknown
    ) {
        parts = Parts(
            operation: operation, bucket: bucket, key: key, endpoint: endpoint, cause: cause, attempts: attempts, asked: asked,
            provider: provider, budgetExhausted: budgetExhausted)
    }
}

extension S3Error.Cause {
    /// True where the server may have done what was asked all the same: it got the request, as far as can be told, and its answer is lost or tells nothing.
    var leavesDoubt: Bool {
        switch self {
        case .transport(let error):
            switch error {
            case .connectionLost, .timedOut, .malformedResponse, .responseTooLarge, .cancelled, .other: true
            case .invalidRequest, .unresolved, .notConnected, .tls, .bodyUnreadable, .bodyShort, .sinkFailed: false
            }
        case .unreadable: true
        case .refused(let refusal): refusal.status >= 500 && refusal.status != 503 || refusal.status == 200
        case .credentials, .ignored, .unsendable: false
        }
    }
}

extension S3Error {
    /// The refusal, where the server gave one.
    public var refusal: S3Refusal? {
        if case .refused(let refusal) = cause { return refusal }
        return nil
    }

    /// The refusal's code, where the server gave one.
    public var code: S3ErrorCode? { refusal?.code }

    /// True where the object, or the bucket for a request of its own, does not exist.
    public var isNotFound: Bool { code == .noSuchKey || (operation.concernsBucket && code == .noSuchBucket) }

    /// True where the task was cancelled.
    public var isCancelled: Bool {
        switch cause {
        case .transport(.cancelled), .credentials(.cancelled): true
        default: false
        }
    }

    /// What an error means for the run as a whole.
    public enum Scope: Sendable, Hashable {
        /// The credentials are missing, wrong or at their end: exit status 5.
        case credentials
        /// The bucket cannot be reached, does not exist, or lets us not do what the operation needs: exit status 6.
        case bucket
        /// One object is concerned; others may go through.
        case object
        /// The task was cancelled.
        case cancelled
    }

    /// What this error means for the run as a whole.
    public var scope: Scope {
        if isCancelled { return .cancelled }
        switch cause {
        case .credentials: return .credentials
        case .transport(.bodyUnreadable), .transport(.bodyShort), .unsendable: return operation.concernsBucket ? .bucket : .object
        case .transport(.unresolved), .transport(.notConnected), .transport(.tls): return .bucket
        case .transport, .unreadable: return operation.concernsBucket ? .bucket : .object
        case .ignored: return .object
        case .refused(let refusal):
            switch refusal.code {
            case .invalidAccessKeyID, .signatureDoesNotMatch, .expiredToken, .invalidToken, .requestTimeTooSkewed: return .credentials
            case .noSuchBucket, .permanentRedirect, .temporaryRedirect, .authorizationHeaderMalformed, .illegalLocationConstraint,
                .invalidBucketName:
                return .bucket
            default: return operation.concernsBucket ? .bucket : .object
            }
        }
    }
}
