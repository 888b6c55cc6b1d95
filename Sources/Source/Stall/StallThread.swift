internal import Dispatch
internal import Glibc
internal import Synchronization

/// A thread that does one call after the other and may stand still in any of them.
final class StallThread: Sendable {
    private struct State {
        var call: (@Sendable () -> Void)?
        var isEnding = false
    }

    private let state = Mutex(State())
    private let wanted = DispatchSemaphore(value: 0)

    /// Signalled after each call.
    let done = DispatchSemaphore(value: 0)

    /// Starts a thread; nil where the system gives none.
    init?() {
        var thread = pthread_t()
        let context = Unmanaged.passRetained(self)
        let result = pthread_create(
            &thread, nil,
            { raw in
                guard let raw else { return nil }
                pthread_detach(pthread_self())
                Unmanaged<StallThread>.fromOpaque(raw).takeRetainedValue().run()
                return nil
            }, context.toOpaque())
        guard result == 0 else {
            context.release()
            return nil
        }
    }

    /// Has `call` done. Nothing else may be under way.
    func perform(_ call: @escaping @Sendable () -> Void) {
        state.withLock { $0.call = call }
        wanted.signal()
    }

    /// Ends the thread, after the call that it is in.
    func end() {
        state.withLock { $0.isEnding = true }
        wanted.signal()
    }

    private func run() {
        while true {
            wanted.wait()
            let (call, isEnding) = state.withLock { state in
                defer { state.call = nil }
                return (state.call, state.isEnding)
            }
            if let call {
                call()
                done.signal()
            }
            if isEnding { return }
        }
    }
}
