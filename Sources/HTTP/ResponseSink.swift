/// An answer's body on its way to the caller's sink: filled by the event loop, emptied by a thread that may block. It is a body's window the other
/// way round; where the sink is slower than the network, libcurl pauses.
final class ResponseSink: BlockingWork {
    /// What the caller is given.
    typealias Receive = @Sendable (UnsafeRawBufferPointer) throws -> Void

    /// What becomes of bytes that arrive.
    enum Given {
        case taken
        /// No room: the transfer is posted to the inbox when there is.
        case full
        /// The sink has failed, or the transfer is over.
        case refused
    }

    private struct State {
        var chunks: [Chunk] = []
        /// True while the sink waits for a thread or is with one.
        var isScheduled = false
        var isOpen = false
        var isEnded = false
        var failure: (any Error)?
        /// The transfer that is paused for want of room.
        var waiting: Transfer?
        /// Whom to tell when everything has been handed over.
        var completion: (@Sendable ((any Error)?) -> Void)?
    }

    private let receive: Receive
    private let readers: BodyReaders
    private let inbox: Inbox
    private let state = Locked(State())

    init(_ receive: @escaping Receive, readers: BodyReaders, inbox: Inbox) {
        self.receive = receive
        self.readers = readers
        self.inbox = inbox
    }

    /// Takes bytes over. On the loop's thread.
    func give(_ bytes: UnsafeRawBufferPointer, for transfer: Transfer) -> Given {
        let (given, mustOpen, mustSchedule) = state.withLock { state -> (Given, Bool, Bool) in
            if state.failure != nil || state.isEnded { return (.refused, false, false) }
            let mustOpen = !state.isOpen
            state.isOpen = true
            var rest = bytes
            if let last = state.chunks.indices.last { rest = state.chunks[last].append(rest) }
            if rest.count > 0, state.chunks.count >= readers.chunksPerWindow {
                // All or nothing: libcurl gives the same bytes again.
                if let last = state.chunks.indices.last { state.chunks[last].count -= bytes.count - rest.count }
                state.waiting = transfer
                return (.full, mustOpen, scheduling(&state))
            }
            while rest.count > 0 {
                var chunk = readers.emptyChunk()
                rest = chunk.append(rest)
                state.chunks.append(chunk)
            }
            // A thread is woken for whole chunks only.
            return (.taken, mustOpen, state.chunks.count > 1 && scheduling(&state))
        }
        if mustOpen { readers.windowOpened() }
        if mustSchedule { readers.schedule(self) }
        return given
    }

    /// Says that no more bytes will come. `completion` is called once the sink has them all or has failed, with its error; those of a transfer that
    /// is `abandoned` are dropped.
    func end(abandoned: Bool, completion: @escaping @Sendable ((any Error)?) -> Void) {
        let (dropped, mustSchedule) = state.withLock { state in
            state.isEnded = true
            state.waiting = nil
            state.completion = completion
            var dropped: [Chunk] = []
            if abandoned { swap(&dropped, &state.chunks) }
            return (dropped, scheduling(&state))
        }
        for chunk in dropped { readers.recycle(chunk) }
        if mustSchedule { readers.schedule(self) } else { completeIfDone() }
    }

    /// Hands one chunk to the sink. On a thread that may block; answers whether there is another.
    func work() -> Bool {
        let (chunk, waiting) = state.withLock { state -> (Chunk?, Transfer?) in
            if state.chunks.isEmpty { return (nil, nil) }
            var waiting: Transfer?
            swap(&waiting, &state.waiting)
            return (state.chunks.removeFirst(), waiting)
        }
        if let waiting { inbox.post(.resume(waiting)) }
        var failure: (any Error)?
        if let chunk {
            do { try receive(chunk.bytes(0..<chunk.count)) } catch { failure = error }
            readers.recycle(chunk)
        }
        let (dropped, refused, isHungry) = state.withLock { state in
            state.isScheduled = false
            var dropped: [Chunk] = []
            var refused: Transfer?
            if let failure {
                state.failure = failure
                swap(&dropped, &state.chunks)
                swap(&refused, &state.waiting)
            }
            return (dropped, refused, scheduling(&state))
        }
        for chunk in dropped { readers.recycle(chunk) }
        // It resumes, and hears that nothing is taken any more.
        if let refused { inbox.post(.resume(refused)) }
        if !isHungry { completeIfDone() }
        return isHungry
    }

    private func completeIfDone() {
        var completion: (@Sendable ((any Error)?) -> Void)?
        let (failure, isOpen) = state.withLock { state in
            if state.isEnded, !state.isScheduled, state.chunks.isEmpty { swap(&completion, &state.completion) }
            return (state.failure, state.isOpen)
        }
        guard let completion else { return }
        if isOpen { readers.windowClosed() }
        completion(failure)
    }

    /// Marks the sink as scheduled where there is something to hand over; answers whether it did.
    private func scheduling(_ state: inout State) -> Bool {
        guard !state.isScheduled, !state.chunks.isEmpty, state.failure == nil else { return false }
        guard state.isEnded || state.waiting != nil || state.chunks.count > 1 else { return false }
        state.isScheduled = true
        return true
    }
}
