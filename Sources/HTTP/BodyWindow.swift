internal import Vocabulary

/// The stretch of a streamed body that has been read and not yet been taken by libcurl: a queue of chunks, filled by reader threads and emptied by
/// the event loop, neither of which waits for the other.
final class BodyWindow: BlockingWork {
    /// What the loop finds.
    enum Taken {
        case bytes(Int)
        /// Nothing yet: the transfer is posted to the inbox when there is.
        case nothingYet
        case failed(HTTPError)
    }

    private struct State {
        var chunks: [Chunk] = []
        /// How much of the first chunk has been taken.
        var consumed = 0
        /// Where the next read begins.
        var next: Int64 = 0
        /// Counts rewinds: what was read before one is thrown away.
        var epoch = 0
        /// True while the window waits for a reader or is with one; at most one reads it.
        var isScheduled = false
        var isOpen = false
        var isClosed = false
        var failure: HTTPError?
        /// The transfer that is paused for want of bytes.
        var waiting: Transfer?
    }

    /// The size of the body in bytes, as announced.
    let size: Int64
    private let source: any ByteSource
    private let readers: BodyReaders
    private let inbox: Inbox
    private let state = Locked(State())

    init(_ source: any ByteSource, readers: BodyReaders, inbox: Inbox) {
        self.source = source
        size = source.size
        self.readers = readers
        self.inbox = inbox
    }

    /// Begins to read ahead, from the start.
    func open() {
        let isFirst = state.withLock { state in
            defer { state.isOpen = true }
            return !state.isOpen
        }
        if isFirst { readers.windowOpened() }
        seek(to: 0)
    }

    /// Fills `buffer` with what has been read. On the loop's thread.
    func take(into buffer: UnsafeMutableRawBufferPointer, for transfer: Transfer) -> Taken {
        while true {
            let count = copy(into: buffer)
            if count > 0 { return .bytes(count) }
            let taken: Taken? = state.withLock { state in
                if let failure = state.failure { return .failed(failure) }
                // A reader may have come in between: who is not noted as waiting is not told.
                guard state.chunks.isEmpty else { return nil }
                state.waiting = transfer
                return .nothingYet
            }
            if let taken { return taken }
        }
    }

    /// Moves bytes into `buffer` until it is full or no chunk is left.
    private func copy(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        var filled = 0
        while filled < buffer.count {
            let (chunk, consumed) = state.withLock { ($0.chunks.first, $0.consumed) }
            guard let chunk else { break }
            // Outside the lock: only this thread removes chunks, and a reader only appends.
            let count = min(buffer.count - filled, chunk.count - consumed)
            UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]).copyMemory(from: chunk.bytes(consumed..<consumed + count))
            filled += count
            if consumed + count < chunk.count {
                state.withLock { $0.consumed = consumed + count }
            } else {
                removeFirst(chunk)
            }
        }
        return filled
    }

    private func removeFirst(_ chunk: Chunk) {
        let mustSchedule = state.withLock { state in
            state.chunks.removeFirst()
            state.consumed = 0
            return scheduling(&state)
        }
        readers.recycle(chunk)
        if mustSchedule { readers.schedule(self) }
    }

    /// Goes to `offset`, as libcurl asks where a connection that was kept turned out to be dead. On the loop's thread.
    func seek(to offset: Int64) {
        let (stale, mustSchedule) = state.withLock { state in
            let stale = state.chunks
            state.chunks = []
            state.consumed = 0
            state.next = offset
            state.epoch += 1
            state.failure = nil
            return (stale, scheduling(&state))
        }
        for chunk in stale { readers.recycle(chunk) }
        if mustSchedule { readers.schedule(self) }
    }

    /// Gives back all chunks; a reader that is at work gives back its own.
    func close() {
        let (stale, wasOpen) = state.withLock { state in
            defer {
                state.chunks = []
                state.waiting = nil
                state.isClosed = true
            }
            return (state.chunks, state.isOpen && !state.isClosed)
        }
        for chunk in stale { readers.recycle(chunk) }
        if wasOpen { readers.windowClosed() }
    }

    /// Reads one chunk. On a reader's thread; answers whether the window wants another.
    func work() -> Bool {
        guard let (offset, epoch) = state.withLock({ $0.isClosed ? nil : ($0.next, $0.epoch) }) else { return false }
        var chunk = readers.emptyChunk()
        let failure = read(into: &chunk, at: offset)
        let (waiting, isKept, isHungry) = state.withLock { state in
            state.isScheduled = false
            var isKept = false
            var waiting: Transfer?
            if !state.isClosed, state.epoch == epoch {
                isKept = chunk.count > 0
                if isKept { state.chunks.append(chunk) }
                state.next += Int64(chunk.count)
                state.failure = failure
                swap(&waiting, &state.waiting)
            }
            return (waiting, isKept, scheduling(&state))
        }
        if !isKept { readers.recycle(chunk) }
        if let waiting { inbox.post(.resume(waiting)) }
        return isHungry
    }

    /// Fills `chunk` from `offset` on, to its end or the body's; answers why it could not.
    private func read(into chunk: inout Chunk, at offset: Int64) -> HTTPError? {
        let wanted = Int(min(Int64(chunk.capacity), size - offset))
        do {
            while chunk.count < wanted {
                let read = try source.read(into: chunk.room(upTo: wanted), at: offset + Int64(chunk.count))
                if read == 0 { return .bodyShort(expected: size, got: offset + Int64(chunk.count)) }
                chunk.count += read
            }
            return nil
        } catch {
            return .bodyUnreadable(error)
        }
    }

    /// Marks the window as scheduled where it has room and there is more to read; answers whether it did.
    private func scheduling(_ state: inout State) -> Bool {
        guard !state.isScheduled, !state.isClosed, state.failure == nil, state.next < size, state.chunks.count < readers.chunksPerWindow
        else { return false }
        state.isScheduled = true
        return true
    }
}
