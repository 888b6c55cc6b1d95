/// The error codes that are acted on (Amazon S3 API Reference, "Error responses"), and all others by name.
public enum S3ErrorCode: Sendable, Hashable {
    case accessDenied
    case authorizationHeaderMalformed
    case badDigest
    case bucketAlreadyExists
    case bucketAlreadyOwnedByYou
    case conditionalRequestConflict
    case entityTooLarge
    case expiredToken
    case illegalLocationConstraint
    case internalError
    case invalidStorageClass
    case invalidAccessKeyID
    case invalidBucketName
    case invalidLocationConstraint
    case invalidToken
    case methodNotAllowed
    case noSuchBucket
    case noSuchCORSConfiguration
    case noSuchKey
    case noSuchUpload
    case notImplemented
    case operationAborted
    case permanentRedirect
    case preconditionFailed
    case quotaExceeded
    case requestTimeTooSkewed
    case requestTimeout
    case serviceUnavailable
    case signatureDoesNotMatch
    case slowDown
    case temporaryRedirect
    /// A code that nothing depends on, as the server wrote it.
    case other(String)

    /// The code of a server's answer; spellings that servers other than Amazon's use are known.
    public init(wire: String) { self = Self.byName[wire] ?? .other(wire) }

    /// What a status says where the answer has no body, as to HEAD.
    init(status: Int, operation: S3Operation) {
        self =
            switch status {
            case 301, 308: .permanentRedirect
            case 302, 307: .temporaryRedirect
            case 401, 403: .accessDenied
            case 404: operation.concernsBucket ? .noSuchBucket : .noSuchKey
            case 405: .methodNotAllowed
            case 408: .requestTimeout
            case 412: .preconditionFailed
            case 413: .entityTooLarge
            case 429: .slowDown
            case 500: .internalError
            case 501: .notImplemented
            case 502, 503, 504: .serviceUnavailable
            default: .other("HTTP \(status)")
            }
    }

    /// The name as Amazon writes it.
    public var name: String {
        if case .other(let name) = self { return name }
        return Self.names.first { $0.code == self }?.name ?? ""
    }

    private static let names: [(name: String, code: S3ErrorCode)] = [
        ("AccessDenied", .accessDenied), ("AuthorizationHeaderMalformed", .authorizationHeaderMalformed), ("BadDigest", .badDigest),
        ("BucketAlreadyExists", .bucketAlreadyExists), ("BucketAlreadyOwnedByYou", .bucketAlreadyOwnedByYou),
        ("ConditionalRequestConflict", .conditionalRequestConflict), ("EntityTooLarge", .entityTooLarge), ("ExpiredToken", .expiredToken),
        ("IllegalLocationConstraintException", .illegalLocationConstraint), ("InternalError", .internalError),
        ("InvalidStorageClass", .invalidStorageClass),
        ("InvalidAccessKeyId", .invalidAccessKeyID), ("InvalidBucketName", .invalidBucketName),
        ("InvalidLocationConstraint", .invalidLocationConstraint), ("InvalidToken", .invalidToken), ("MethodNotAllowed", .methodNotAllowed),
        ("NoSuchBucket", .noSuchBucket), ("NoSuchCORSConfiguration", .noSuchCORSConfiguration), ("NoSuchKey", .noSuchKey),
        ("NoSuchUpload", .noSuchUpload),
        ("NotImplemented", .notImplemented), ("OperationAborted", .operationAborted), ("PermanentRedirect", .permanentRedirect),
        ("PreconditionFailed", .preconditionFailed), ("QuotaExceeded", .quotaExceeded), ("RequestTimeTooSkewed", .requestTimeTooSkewed),
        ("RequestTimeout", .requestTimeout), ("ServiceUnavailable", .serviceUnavailable), ("SignatureDoesNotMatch", .signatureDoesNotMatch),
        ("SlowDown", .slowDown), ("TemporaryRedirect", .temporaryRedirect),
    ]

    private static let aliases: [(name: String, code: S3ErrorCode)] = [
        ("AllAccessDisabled", .accessDenied), ("Forbidden", .accessDenied), ("UnauthorizedAccess", .accessDenied),
        ("XAmzContentSHA256Mismatch", .badDigest), ("InvalidDigest", .badDigest), ("ExpiredTokenException", .expiredToken),
        ("TokenRefreshRequired", .expiredToken), ("InternalServerError", .internalError), ("InvalidAccessKey", .invalidAccessKeyID),
        ("InvalidClientTokenId", .invalidAccessKeyID), ("UnrecognizedClientException", .invalidAccessKeyID),
        ("Unauthorized", .invalidAccessKeyID), ("Redirect", .temporaryRedirect), ("SlowDownRead", .slowDown), ("SlowDownWrite", .slowDown),
        ("TooManyRequests", .slowDown), ("TooManyRequestsException", .slowDown), ("Throttling", .slowDown),
        ("ThrottlingException", .slowDown),
        ("RequestThrottled", .slowDown), ("RequestLimitExceeded", .slowDown), ("BandwidthLimitExceeded", .slowDown), ("Busy", .slowDown),
        ("NoSuchCORSConfigurationError", .noSuchCORSConfiguration), ("NotSupported", .notImplemented),
        ("UnsupportedOperation", .notImplemented),
        ("XNotImplemented", .notImplemented), ("InsufficientStorage", .quotaExceeded), ("StorageQuotaExceeded", .quotaExceeded),
        ("XMinioStorageFull", .quotaExceeded),
    ]

    private static let byName = Dictionary((names + aliases).map { ($0.name, $0.code) }) { first, _ in first }
}
