internal import Vocabulary

/// How many requests may be in flight, decided from what became of earlier ones: a pure function of what it is told, its time included.
///
/// | what is seen over a window | what is done |
/// |---|---|
/// | the server throttles | half as many, at once, at most once a second; from then on one more for each window without throttling |
/// | at the beginning: all places were taken, and throughput had grown with their number | twice as many (slow start) |
/// | the same, but throughput had grown by little | half of the last step back, and that was the beginning |
/// | throughput had not grown, twice in a row | back to the number before, and that was the beginning |
/// | after that, once in a while: all places were taken | a quarter more; kept, and again, for as long as throughput grows |
/// | places were free | nothing: their number is not what limits |
///
/// Throughput counts bytes and requests together: a small request is bound by latency, a large one by bandwidth. A window lasts until every
/// place may have been used once and a tenth of a second has passed (a fifth, once the server has throttled); after a change nothing is judged until every place may have been used once,
/// because requests under way began before. (Slow start and additive increase, multiplicative decrease: Jacobson 1988; Chiu and Jain 1989.)
struct JobControl: Sendable {
    /// The number of requests that may be in flight.
    private(set) var limit: Int
    private let ceiling: Int
    private let isFixed: Bool

    private enum Phase: Equatable {
        /// Growing while it pays: what the limit was before the last step, the throughput then, and the highest seen since.
        case growing(from: Int, rate: Double, seen: Double, isSecondLook: Bool)
        /// It did not pay; so many windows until it is tried again.
        case holding(windows: Int)
        /// The server has throttled.
        case careful
    }

    private var phase = Phase.growing(from: 0, rate: 0, seen: 0, isSecondLook: true)
    /// True until a step did not pay.
    private var isBeginning = true
    private var patience = Self.leastPatience
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
    private static let windowLength: Int64 = 100_000_000
    private static let halvingPause: Int64 = 1_000_000_000
    /// Of the throughput that further places would bring if nothing else limited it, the share that makes them worthwhile, and the one that makes
    /// half of them so.
    private static let worthwhile = 0.4
    private static let half = 0.15
    /// After how many windows it is tried again, the first time; each time in vain doubles it.
    private static let leastPatience = 20
    private static let mostPatience = 160

    init(_ jobs: JobLimit) {
        ceiling = jobs.ceiling
        switch jobs {
        case .automatic:
            limit = min(Self.start, ceiling)
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
        guard count >= limit else { return }
        if isSettling {
            isSettling = false
            return beginWindow(now)
        }
        let elapsed = now - start
        guard elapsed >= (phase == .careful ? 2 : 1) * Self.windowLength else { return }
        let (rate, isBusy) = (work / Double(elapsed), busyCount * 10 >= count * 9)
        beginWindow(now)
        if isBusy { judge(rate) }
    }

    private mutating func judge(_ rate: Double) {
        switch phase {
        case .growing(let before, let old, let seen, let isSecondLook):
            let best = max(rate, seen)
            // What more places would bring at most.
            let possible = before == 0 ? 0 : old * Double(limit - before) / Double(before)
            if best >= old + possible * Self.worthwhile {
                patience = Self.leastPatience
                if limit < ceiling { step(from: limit, best) }
            } else if !isSecondLook {
                // One window may have met a machine, or a server, that was busy with something else.
                phase = .growing(from: before, rate: old, seen: best, isSecondLook: true)
            } else {
                let isHalfWorthwhile = isBeginning && best >= old + possible * Self.half
                if !isBeginning { patience = min(Self.mostPatience, patience * 2) }
                isBeginning = false
                phase = .holding(windows: patience)
                set(isHalfWorthwhile ? (before + limit) / 2 : before)
            }
        case .holding(let windows):
            if windows > 0 { phase = .holding(windows: windows - 1) } else if limit < ceiling { step(from: limit, rate) }
        case .careful: set(limit + 1)
        }
    }

    private mutating func step(from before: Int, _ rate: Double) {
        phase = .growing(from: before, rate: rate, seen: 0, isSecondLook: false)
        set(isBeginning ? before * 2 : before + max(1, before / 4))
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
        isBeginning = false
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
