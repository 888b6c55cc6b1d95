public import HTTP

/// Which failures are tried again, how often, and after how long.
///
/// | what happened | verdict |
/// |---|---|
/// | 429, 503, SlowDown and its spellings | again, and reported as throttling |
/// | 500, 502, 504, InternalError, also within a 200 | again |
/// | 408, 400 RequestTimeout, 409 OperationAborted or ConditionalRequestConflict | again |
/// | connection refused, name not resolved, TLS failed | again; a few times only where nothing was ever answered |
/// | connection lost, timed out, answer is not HTTP, answer cannot be understood | again |
/// | ExpiredToken, RequestTimeTooSkewed, a region redirect | once, after adopting what the server says |
/// | the content cannot be read, or ended early; the answer is too large; cancelled | final |
/// | any other answer | final |
public struct RetryPolicy: Sendable {
    /// The most tries of one request.
    public var attempts = 10
    /// The most tries where no connection is made and the server never answered before: a wrong address must not take long to be told.
    public var connectAttempts = 4
    /// The upper bound of the first wait; it doubles with each try.
    public var baseDelay = Duration.milliseconds(100)
    /// The most that it doubles to.
    public var maximumDelay = Duration.seconds(20)
    /// The longest `Retry-After` that is waited for; where the server asks for more, the failure is final.
    public var maximumRetryAfter = Duration.seconds(120)
    /// The run's budget.
    public var budget: RetryBudget
    /// A number in 0 ..< 1, uniformly distributed.
    public var random: @Sendable () -> Double

    /// The usual policy.
    public init(budget: RetryBudget = RetryBudget(), random: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) }) {
        self.budget = budget
        self.random = random
    }

    /// The wait before try number `attempt + 1`: uniformly distributed up to a bound that doubles ("full jitter", M. Brooker, AWS Architecture
    /// Blog 2015), and no less than the server asked for.
    public func delay(after attempt: Int, retryAfter: Duration?) -> Duration {
        let bound = min(maximumDelay, baseDelay * (1 << min(attempt - 1, 20)))
        return max(bound * random(), retryAfter ?? .zero)
    }

    /// What is done about a failure.
    public enum Verdict: Sendable, Hashable {
        /// Nothing can be done.
        case final
        /// Try again, at most so many times in all.
        case again(limit: Int, throttled: Bool)
        /// Try again at once after adopting something, once.
        case adopt(Adoption)
    }

    /// What is taken over from an answer.
    public enum Adoption: Sendable, Hashable {
        /// The server's clock.
        case clock
        /// The bucket's region, or the address of a redirect.
        case address
        /// Other credentials, the ones used having expired.
        case credentials
    }

    /// Judges a transport's failure; `reached` where the server has answered this client before.
    public func verdict(on error: HTTPError, reached: Bool) -> Verdict {
        switch error {
        case .connectionLost, .timedOut, .malformedResponse, .other: .again(limit: attempts, throttled: false)
        case .notConnected, .unresolved, .tls: .again(limit: reached ? attempts : connectAttempts, throttled: false)
        case .invalidRequest, .bodyUnreadable, .bodyShort, .responseTooLarge, .sinkFailed, .cancelled: .final
        }
    }

    /// Judges a refusal. `region` is the one the request was signed for, `isTemporary` whether its credentials can expire; an answer to HEAD
    /// has no code, so there the headers must do.
    func verdict(on refusal: S3Refusal, region: String, isTemporary: Bool, hasCode: Bool) -> Verdict {
        switch refusal.code {
        case .slowDown, .serviceUnavailable: return .again(limit: attempts, throttled: refusal.status != 502 && refusal.status != 504)
        case .internalError, .requestTimeout, .operationAborted, .conditionalRequestConflict:
            return .again(limit: attempts, throttled: false)
        case .requestTimeTooSkewed: return .adopt(.clock)
        case .expiredToken: return .adopt(.credentials)
        case .permanentRedirect, .temporaryRedirect, .authorizationHeaderMalformed, .illegalLocationConstraint: return .adopt(.address)
        default: break
        }
        switch refusal.status {
        case 429, 503: return .again(limit: attempts, throttled: true)
        case 408, 500, 502, 504: return .again(limit: attempts, throttled: false)
        case 400, 403:
            if hasCode {
                // Not every server calls it by its name: rclone says AccessDenied.
                return refusal.code == .accessDenied && refusal.clockIsOff ? .adopt(.clock) : .final
            }
            if let other = refusal.region, other != region { return .adopt(.address) }
            if refusal.clockIsOff { return .adopt(.clock) }
            return refusal.status == 400 && isTemporary ? .adopt(.credentials) : .final
        default: return .final
        }
    }
}

extension S3Refusal {
    /// True where the clocks differ so far that servers refuse: 15 minutes, less a little for the way.
    var clockIsOff: Bool { clockDifference.map { $0.magnitude > 14 * 60 } ?? false }
}
