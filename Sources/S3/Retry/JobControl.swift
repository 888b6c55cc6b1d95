internal import Vocabulary

/// How many requests may be in flight, decided from what became of earlier ones: a pure function of what it is told, its time included.
///
/// | what is seen over a window | what is done |
/// |---|---|
/// | the server throttles | half as many, at once, at most once a second; from then on one more for each window without throttling |
/// | at the beginning: all places were taken, and throughput is higher than ever, and higher with the number of places | twice as many (slow start) |
/// | the same, but throughput is not much higher, twice in a row | half of the last step back, and that was the beginning |
/// | throughput is not higher, twice in a row | back to the number before, and that was the beginning |
/// | after that, once in a while: all places were taken | a quarter more; kept, and again, for as long as the mean of four windows grows with it |
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
        /// Doubled, at the beginning: what the limit was before, the highest throughput until then, and the highest since where that was looked at.
        case doubled(from: Int, rate: Double, seen: Double?)
        /// A quarter more is tried: what the limit was before, the mean throughput then, and the sum and the number of windows since.
        case trying(from: Int, rate: Double, sum: Double, windows: Int)
        /// More did not pay; so many windows until it is tried again, and the sum and the number of those that have passed.
        case holding(left: Int, sum: Double, windows: Int)
        /// The server has throttled.
        case careful
    }

    private var phase = Phase.doubled(from: 0, rate: 0, seen: 0)
    private var patience = Self.leastPatience
    /// True until every place may have been used once since the last change; at first connections are opened, which takes longer.
    private var isSettling = true
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
    private static let worthwhile = 0.6
    private static let half = 0.2
    /// How many windows a quarter more is tried for: a machine that does something else besides makes throughput go up and down by itself.
    private static let trial = 4
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
        guard elapsed >= (phase == .careful || isFirst ? 2 : 1) * Self.windowLength else { return }
        let (rate, isBusy) = (work / Double(elapsed), busyCount * 10 >= count * 9)
        beginWindow(now)
        if isBusy { judge(rate) }
    }

    /// True in the first window, which all that follows is compared with: the program itself is still warming up.
    private var isFirst: Bool {
        if case .doubled(from: 0, _, _) = phase { return true }
        return false
    }

    private mutating func judge(_ rate: Double) {
        switch phase {
        case .doubled(let before, let old, let seen):
            let best = max(rate, seen ?? 0)
            // What more places would bring at most.
            let possible = before == 0 ? 0 : old * Double(limit - before) / Double(before)
            if best >= old + possible * Self.worthwhile {
                guard limit < ceiling else { return hold(limit) }
                phase = .doubled(from: limit, rate: best, seen: nil)
                set(limit * 2)
            } else if seen == nil {
                // One window may have met a machine, or a server, that was busy with something else.
                phase = .doubled(from: before, rate: old, seen: best)
            } else {
                hold(best >= old + possible * Self.half ? (before + limit) / 2 : before)
            }
        case .trying(let before, let old, let sum, let windows):
            guard windows + 1 == Self.trial else {
                phase = .trying(from: before, rate: old, sum: sum + rate, windows: windows + 1)
                return
            }
            let mean = (sum + rate) / Double(Self.trial)
            if mean >= old * (1 + Double(limit - before) / Double(before) * Self.worthwhile) {
                patience = Self.leastPatience
                if limit < ceiling { tryMore(mean) } else { hold(limit) }
            } else {
                patience = min(Self.mostPatience, patience * 2)
                hold(before)
            }
        case .holding(let left, let sum, let windows):
            if left > 0 {
                phase = .holding(left: left - 1, sum: sum + rate, windows: windows + 1)
            } else if limit < ceiling {
                tryMore((sum + rate) / Double(windows + 1))
            }
        case .careful: set(limit + 1)
        }
    }

    private mutating func tryMore(_ rate: Double) {
        phase = .trying(from: limit, rate: rate, sum: 0, windows: 0)
        set(limit + max(1, limit / 4))
    }

    private mutating func hold(_ number: Int) {
        phase = .holding(left: patience, sum: 0, windows: 0)
        set(number)
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
