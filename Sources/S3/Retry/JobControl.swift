internal import Vocabulary

/// How many requests may be in flight, decided from what became of earlier ones: a pure function of what it is told, its time included.
///
/// | what is seen over a window | what is done |
/// |---|---|
/// | the server throttles | half as many, at once, at most once a second; from then on one more for each window without throttling |
/// | all places were taken, and throughput had grown with their number | half as many again |
/// | all places were taken, and throughput had not grown | back to the number before; tried again after a while |
/// | places were free | nothing: their number is not what limits |
///
/// Throughput counts bytes and requests together: a small request is bound by latency, a large one by bandwidth. A window lasts until every
/// place may have been used once and a fifth of a second has passed; the first after a change is not judged, because its requests began
/// before. (Additive increase, multiplicative decrease: Chiu and Jain, 1989.)
struct JobControl: Sendable {
    /// The number of requests that may be in flight.
    private(set) var limit: Int
    private let ceiling: Int
    private let isFixed: Bool

    private enum Phase: Equatable {
        /// Growing while it pays; what the limit was before the last step, and the throughput then.
        case growing(from: Int, rate: Double)
        /// It did not pay; so many windows until it is tried again.
        case holding(windows: Int)
        /// The server has throttled.
        case careful
    }

    private var phase = Phase.growing(from: 0, rate: 0)
    private var isSettling = false
    private var windowStart: Int64?
    private var work = 0.0
    private var count = 0
    private var busyCount = 0
    private var nextHalving = Int64.min

    /// What is begun with where nothing is known.
    static let start = 16
    /// What a request counts for beside its bytes.
    private static let requestWork = 65_536.0
    private static let windowLength: Int64 = 200_000_000
    private static let halvingPause: Int64 = 1_000_000_000
    /// How much more throughput half as many places again must bring.
    private static let worthwhile = 1.15
    private static let patience = 50

    init(_ jobs: JobLimit) {
        ceiling = jobs.ceiling
        switch jobs {
        case .automatic:
            limit = Self.start
            isFixed = false
        case .fixed(let number):
            limit = number
            isFixed = true
        }
    }

    /// Notes the end of a try that moved `bytes`; `inFlight` were under way, it included. `now` in nanoseconds.
    mutating func note(_ signal: TrafficSignal, bytes: Int64, inFlight: Int, now: Int64) {
        if signal == .throttled { return halve(now) }
        guard signal == .answered, !isFixed || limit < ceiling else { return }
        guard let start = windowStart else {
            windowStart = now
            return
        }
        count += 1
        work += Self.requestWork + Double(bytes)
        if inFlight >= limit { busyCount += 1 }
        let elapsed = now - start
        guard elapsed >= Self.windowLength, count >= limit else { return }
        let (rate, isBusy) = (work / Double(elapsed), busyCount * 10 >= count * 9)
        beginWindow(now)
        if isSettling {
            isSettling = false
        } else if isBusy {
            judge(rate)
        }
    }

    private mutating func judge(_ rate: Double) {
        switch phase {
        case .growing(let before, let old):
            if rate >= old * Self.worthwhile {
                if limit < ceiling { step(to: limit + max(1, limit / 2), from: limit, rate) }
            } else {
                phase = .holding(windows: Self.patience)
                set(before)
            }
        case .holding(let windows):
            if windows > 0 { phase = .holding(windows: windows - 1) } else { step(to: limit + max(1, limit / 2), from: limit, rate) }
        case .careful: set(limit + 1)
        }
    }

    private mutating func step(to next: Int, from before: Int, _ rate: Double) {
        phase = .growing(from: before, rate: rate)
        set(next)
    }

    private mutating func set(_ next: Int) {
        let next = min(ceiling, max(1, next))
        isSettling = next != limit
        limit = next
    }

    private mutating func halve(_ now: Int64) {
        // Those that were in flight with the one that was throttled tell nothing new.
        guard now >= nextHalving else { return }
        nextHalving = now + Self.halvingPause
        phase = .careful
        limit = max(1, limit / 2)
        isSettling = true
        beginWindow(now)
    }

    private mutating func beginWindow(_ now: Int64) {
        windowStart = now
        work = 0
        count = 0
        busyCount = 0
    }
}
