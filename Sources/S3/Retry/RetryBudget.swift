internal import Synchronization

/// How much retrying one run may do in all, so that a broken server is not besieged and a hopeless run ends: a bucket of tokens that
/// retries take from and successes refill (the scheme of AWS SDKs' standard retry mode). One is shared by all requests of a run.
public final class RetryBudget: Sendable {
    private let tokens: Mutex<Int>
    private let capacity: Int

    /// What a retry costs.
    static let retryCost = 5
    /// What a success gives back where it needed no retry; one that did gives back what its last retry cost.
    static let successRefund = 1

    /// A budget for a run with up to `jobs` requests in flight.
    public convenience init(jobs: Int) { self.init(capacity: max(5000, 80 * jobs)) }

    /// A budget that starts full with `capacity` tokens: 5,000 allow 1,000 retries before any success, or a server that restarts under 64
    /// requests in flight.
    public init(capacity: Int = 5000) {
        self.capacity = capacity
        tokens = Mutex(capacity)
    }

    /// Takes what a retry costs; false where too little is left.
    func take() -> Bool {
        tokens.withLock { tokens in
            guard tokens >= Self.retryCost else { return false }
            tokens -= Self.retryCost
            return true
        }
    }

    /// Notes a success.
    func refund(retried: Bool) {
        tokens.withLock { $0 = min(capacity, $0 + (retried ? Self.retryCost : Self.successRefund)) }
    }

    /// The tokens left.
    var left: Int { tokens.withLock { $0 } }
}
