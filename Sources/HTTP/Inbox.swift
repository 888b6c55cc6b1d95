internal import CCurl
internal import Glibc

/// What other threads ask of the event loop, and the eventfd that wakes it. One lock, held for a few instructions.
final class Inbox: Sendable {
    /// A request to the loop.
    enum Message: Sendable {
        case start(Transfer)
        case cancel(Transfer)
        /// The body has bytes again, or will have none.
        case resume(Transfer)
        case stop
    }

    private struct State {
        var messages: [Message] = []
        var isSleeping = false
        var isStopped = false
    }

    private let state = Locked(State())
    /// Readable, edge-triggered, whenever a sleeping loop has mail. It is closed only when no one can post any more.
    let wakeDescriptor: CInt

    /// Creates an empty inbox; nil where no descriptor is to be had.
    init?() {
        wakeDescriptor = eventfd(0, CInt(EFD_CLOEXEC) | CInt(EFD_NONBLOCK))
        if wakeDescriptor < 0 { return nil }
    }

    /// Hands a message to the loop; false once the loop has been asked to stop.
    @discardableResult
    func post(_ message: Message) -> Bool {
        let (isTaken, mustWake) = state.withLock { state in
            if state.isStopped { return (false, false) }
            if case .stop = message { state.isStopped = true }
            state.messages.append(message)
            defer { state.isSleeping = false }
            return (true, state.isSleeping)
        }
        if mustWake {
            var one: UInt64 = 1
            _ = write(wakeDescriptor, &one, MemoryLayout<UInt64>.size)
        }
        return isTaken
    }

    /// Moves the messages out; `messages` comes back empty of the old ones, its storage reused for the next.
    func take(into messages: inout [Message]) {
        messages.removeAll(keepingCapacity: true)
        state.withLock { state in
            state.isSleeping = false
            swap(&state.messages, &messages)
        }
    }

    /// Says that the loop is about to sleep; false where there is mail, and the loop must not.
    func prepareToSleep() -> Bool {
        state.withLock { state in
            state.isSleeping = state.messages.isEmpty
            return state.isSleeping
        }
    }

    deinit { close(wakeDescriptor) }
}
