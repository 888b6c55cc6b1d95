/// The threads that read streamed bodies and feed sinks, and the buffers between them and the loop. Threads are started when there is more to read than there are idle
/// ones; blocking reads stay off the event loop and off Swift's cooperative pool.
final class BodyReaders: Sendable {
    private struct State {
        var openWindows = 0
        var idleChunks: [Chunk] = []
    }

    private let queue: WorkQueue
    private let state = Locked(State())
    private let chunkSize: Int
    private let windowChunks: Int
    private let totalChunks: Int

    init(_ configuration: HTTPClientConfiguration) {
        chunkSize = max(configuration.bodyChunk, 1)
        windowChunks = max(configuration.bodyWindow / chunkSize, 1)
        totalChunks = max(configuration.bodyMemory / chunkSize, 1)
        queue = WorkQueue(threads: max(configuration.readerThreads, 1), name: "body reader")
    }

    /// How many chunks a window may hold now: its own limit, or its share of the common one.
    var chunksPerWindow: Int {
        state.withLock { max(1, min(windowChunks, totalChunks / max($0.openWindows, 1))) }
    }

    func windowOpened() { state.withLock { $0.openWindows += 1 } }

    func windowClosed() {
        let surplus = state.withLock { state in
            state.openWindows -= 1
            // As many buffers are kept as were enough a moment ago; the last window to close frees them.
            guard state.openWindows == 0 else { return [Chunk]() }
            defer { state.idleChunks = [] }
            return state.idleChunks
        }
        for chunk in surplus { chunk.deallocate() }
    }

    /// Has a step of `work` done by one of the threads.
    func schedule(_ work: any BlockingWork) { queue.enqueue(work) }

    /// A buffer to read into.
    func emptyChunk() -> Chunk {
        state.withLock { $0.idleChunks.popLast() } ?? Chunk(capacity: chunkSize)
    }

    /// Takes a buffer back.
    func recycle(_ chunk: Chunk) {
        let isKept = state.withLock { state in
            guard state.openWindows > 0, state.idleChunks.count < totalChunks else { return false }
            var chunk = chunk
            chunk.count = 0
            state.idleChunks.append(chunk)
            return true
        }
        if !isKept { chunk.deallocate() }
    }

    /// Says that a reader is stuck in a read that nobody waits for any more: another may take its place.
    func readerStuck() { queue.addThread() }

    /// Takes no more work, and ends the threads when what is queued has been done.
    func stop() { queue.stop() }
}
