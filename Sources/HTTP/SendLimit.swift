/// The limit on body bytes a second, shared by all transfers of a loop, and those that it holds back.
struct SendLimit {
    private var bucket: TokenBucket?
    private var held: [Transfer] = []
    /// When something may be sent again, in nanoseconds; `.max` where nothing waits for that.
    private(set) var nextRelease = Int64.max

    /// Creates a limit of `bytesPerSecond`, nil for none.
    init(bytesPerSecond: Int?) {
        bucket = bytesPerSecond.map { TokenBucket(rate: $0, now: monotonicNanoseconds()) }
    }

    /// How many body bytes a streaming transfer may send now; nil where it must wait until it is released.
    mutating func allowance(for transfer: Transfer) -> Int? {
        guard bucket != nil else { return .max }
        if mustWait() {
            held.append(transfer)
            return nil
        }
        return bucket?.piece
    }

    /// Whether `transfer` may start. Content in memory goes out in one piece and waits before it starts.
    mutating func mayStart(_ transfer: Transfer) -> Bool {
        guard bucket != nil, case .bytes = transfer.content, transfer.size > 0 else { return true }
        return !mustWait()
    }

    /// Counts body bytes as sent.
    mutating func charge(_ count: Int) { bucket?.charge(count) }

    /// The transfers that may go on, where it is time; nil where it is not.
    mutating func release() -> [Transfer]? {
        guard nextRelease != .max, nextRelease <= monotonicNanoseconds() else { return nil }
        nextRelease = .max
        defer { held = [] }
        return held
    }

    private mutating func mustWait() -> Bool {
        guard let next = bucket?.wait(now: monotonicNanoseconds()) else { return false }
        nextRelease = min(nextRelease, next)
        return true
    }
}
