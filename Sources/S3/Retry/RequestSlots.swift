internal import Glibc
internal import Synchronization
public import Vocabulary

/// The places for requests in flight, shared by all kinds of requests of a run. Who finds none free waits; places are given in order.
public final class RequestSlots: Sendable {
    private struct State {
        var control: JobControl
        var inFlight = 0
        var waiting: [UnsafeContinuation<Void, Never>] = []
        var head = 0

        mutating func takeFree() -> Bool {
            guard inFlight < control.limit, head == waiting.count else { return false }
            inFlight += 1
            return true
        }

        /// Whoever waits longest, with a place, where one is free.
        mutating func nextWaiting() -> UnsafeContinuation<Void, Never>? {
            guard head < waiting.count, inFlight < control.limit else { return nil }
            inFlight += 1
            defer {
                head += 1
                if head == waiting.count {
                    waiting.removeAll(keepingCapacity: true)
                    head = 0
                } else if head > 1024 {
                    waiting.removeFirst(head)
                    head = 0
                }
            }
            return waiting[head]
        }
    }

    private let state: Mutex<State>
    private let now: @Sendable () -> Int64

    /// Places as `jobs` says. `now` answers nanoseconds of any clock that only goes forward.
    public init(_ jobs: JobLimit, now: @escaping @Sendable () -> Int64 = RequestSlots.monotonic) {
        state = Mutex(State(control: JobControl(jobs)))
        self.now = now
    }

    /// How many requests may be in flight now.
    public var limit: Int { state.withLock { $0.control.limit } }

    /// Takes a place where one is free at once and nobody waits.
    func takeFree() -> Bool { state.withLock { $0.takeFree() } }

    /// Waits for a place and takes it.
    func take() async {
        await withUnsafeContinuation { continuation in
            let isTaken = state.withLock { state in
                if state.takeFree() { return true }
                state.waiting.append(continuation)
                return false
            }
            if isTaken { continuation.resume() }
        }
    }

    /// Gives a place back after a try that moved `bytes`.
    func giveBack(_ signal: TrafficSignal, bytes: Int64) {
        let time = now()
        let (first, others) = state.withLock { state in
            state.control.note(signal, bytes: bytes, inFlight: state.inFlight, now: time)
            state.inFlight -= 1
            let first = state.nextWaiting()
            var others: [UnsafeContinuation<Void, Never>] = []
            while let other = state.nextWaiting() { others.append(other) }
            return (first, others)
        }
        first?.resume()
        for other in others { other.resume() }
    }

    /// Nanoseconds on CLOCK_MONOTONIC.
    public static let monotonic: @Sendable () -> Int64 = {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
