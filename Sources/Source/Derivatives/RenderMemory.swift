internal import Dispatch
internal import Synchronization

/// Bounds the memory of what is drawn at once: whoever wants more than there is left waits on his thread until another one is done.
///
/// One that wants more than there is in all may draw alone, so that nobody waits for ever.
public final class RenderMemory: Sendable {
    private struct State {
        var used: Int64 = 0
        /// Who waits, in order, and for how much.
        var waiting: [(bytes: Int64, semaphore: DispatchSemaphore)] = []
    }

    /// How much there is, in bytes, where nobody says otherwise.
    public static let standard: Int64 = 192 << 20

    private let limit: Int64
    private let state = Mutex(State())

    /// Lets at most `limit` bytes be used.
    public init(limit: Int64 = standard) { self.limit = limit }

    /// How many wait on their threads.
    var waitingCount: Int { state.withLock { $0.waiting.count } }

    /// Does `work`, which needs about `bytes`, once there are so many.
    func holding<Value>(_ bytes: Int64, _ work: () -> Value) -> Value {
        let semaphore: DispatchSemaphore? = state.withLock { state in
            // First come, first served: a large one is not passed by small ones for ever.
            if state.waiting.isEmpty, fits(bytes, state) {
                state.used += bytes
                return nil
            }
            let semaphore = DispatchSemaphore(value: 0)
            state.waiting.append((bytes, semaphore))
            return semaphore
        }
        semaphore?.wait()
        defer { release(bytes) }
        return work()
    }

    private func fits(_ bytes: Int64, _ state: borrowing State) -> Bool { state.used == 0 || state.used + bytes <= limit }

    private func release(_ bytes: Int64) {
        let woken: [DispatchSemaphore] = state.withLock { state in
            state.used -= bytes
            var woken: [DispatchSemaphore] = []
            while let next = state.waiting.first, fits(next.bytes, state) {
                state.used += next.bytes
                woken.append(state.waiting.removeFirst().semaphore)
            }
            return woken
        }
        for semaphore in woken { semaphore.signal() }
    }
}
