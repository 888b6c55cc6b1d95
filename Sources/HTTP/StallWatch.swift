/// Tells a transfer that stands still from one that waits for our own reads. libcurl's low-speed limit cannot: it also fires while an upload is paused.
///
/// The rule is libcurl's: a transfer that stays below the limit for the whole of the allowed time has stalled (CURLOPT_LOW_SPEED_TIME(3)).
struct StallWatch {
    /// What an observation means.
    enum Verdict: Equatable {
        case fine
        case stalled
        /// The whole request took too long.
        case tooLong
        /// A read of the body took too long.
        case bodyStalled
    }

    /// The limits, times in nanoseconds.
    struct Limits {
        let stall: Int64
        let bytesPerSecond: Int64
        let request: Int64?
        let bodyRead: Int64

        /// How often to look: often enough to be at most an eighth late, once a second at most.
        var interval: Int64 { max(1_000_000, min(1_000_000_000, min(stall, bodyRead, request ?? .max) / 8)) }
    }

    private let start: Int64
    private var last: Int64
    private var lastMoved: Int64 = 0
    private var quietSince: Int64
    private var waitingSince: Int64?
    private var waited: Int64 = 0

    /// Begins to watch at `now`.
    init(now: Int64) {
        start = now
        last = now
        quietSince = now
    }

    /// Looks at a transfer that has moved `moved` bytes so far, both directions together.
    mutating func observe(
        now: Int64, moved: Int64, isConnected: Bool, isWaitingForBody: Bool, isHeldBack: Bool = false, limits: Limits
    ) -> Verdict {
        let elapsed = now - last
        defer {
            last = now
            lastMoved = moved
        }
        if isWaitingForBody {
            waited += elapsed
            quietSince = now
            let since = moved == lastMoved ? waitingSince ?? now : now
            waitingSince = since
            return now - since >= limits.bodyRead ? .bodyStalled : .fine
        }
        waitingSince = nil
        if isHeldBack {
            // By a slow sink or the limit on bytes a second: as long as it takes, it is the caller's own doing.
            waited += elapsed
            quietSince = now
            return .fine
        }
        if let request = limits.request, now - start - waited >= request { return .tooLong }
        // Connecting has a limit of its own.
        let isMoving = !isConnected || (moved > lastMoved && (moved - lastMoved) * 1_000_000_000 >= limits.bytesPerSecond * elapsed)
        if isMoving { quietSince = now }
        return now - quietSince >= limits.stall ? .stalled : .fine
    }
}
