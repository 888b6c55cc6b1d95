internal import S3

/// Tells a fault that concerns the whole bucket, after which nothing else can succeed, from one of a single object, after which the others go on.
///
/// | what failed | verdict |
/// |---|---|
/// | credentials missing, wrong, expired; the clock refused | the run ends |
/// | no such bucket; the server not reached, after all tries; a redirect that is not followed | the run ends |
/// | the account's quota is used up | the run ends |
/// | the run's budget of retries is used up | the run ends |
/// | access denied, ten times without anything granted in between | the run ends |
/// | anything else | that object fails |
struct FaultWatch: Sendable {
    /// How many denials in a row are taken for a denial of everything.
    static let deniedLimit = 10

    /// The fault that ended the run; nil while it may go on.
    private(set) var fault: S3Error?
    private var denials = 0

    /// Notes that the store did something for us.
    mutating func noteSuccess() { denials = 0 }

    /// Notes a failure.
    mutating func note(_ error: S3Error) {
        guard fault == nil else { return }
        if error.code == .accessDenied { denials += 1 }
        let isFinal =
            switch error.scope {
            case .credentials, .bucket: true
            case .cancelled: false
            case .object: error.budgetExhausted || error.code == .quotaExceeded || denials >= Self.deniedLimit
            }
        if isFinal { fault = error }
    }

    /// Notes how a file, or an inquiry about it, failed.
    mutating func note(_ cause: FailureCause) {
        switch cause {
        case .store(let error), .kept(let error): note(error)
        default: break
        }
    }
}
