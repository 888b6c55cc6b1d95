internal import Source
internal import Synchronization

/// Waits for what is read from a disk, but not for ever: a disk that stands still, a network drive whose server is gone, must cost the files on it and not the
/// run.
///
/// What reads does so apart from the task that waits for it, and nobody can break it off; whoever waits is told once a single call to the system has taken too
/// long, or the run is cancelled.
final class DiskWatch: Sendable {
    /// Something that is being read and waited for.
    private protocol Watched: AnyObject, Sendable {
        var mark: ReadMark { get }
        /// Where it is read.
        var executor: DiskExecutor { get }
        /// Waits no longer; answers false where it was over already.
        func abandon() -> Bool
    }

    private final class Work<Value: Sendable>: Watched {
        private enum Phase {
            case new
            case awaited(UnsafeContinuation<Value?, Never>)
            case over
        }

        let mark = ReadMark()
        let executor: DiskExecutor
        private let phase = Mutex(Phase.new)

        init(on executor: DiskExecutor) { self.executor = executor }

        func await(_ continuation: UnsafeContinuation<Value?, Never>) {
            let isOver = phase.withLock { phase in
                if case .over = phase { return true }
                phase = .awaited(continuation)
                return false
            }
            if isOver { continuation.resume(returning: nil) }
        }

        @discardableResult
        func end(_ value: Value?) -> Bool {
            let continuation: UnsafeContinuation<Value?, Never>? = phase.withLock { phase in
                defer { phase = .over }
                if case .awaited(let continuation) = phase { return continuation }
                return nil
            }
            continuation?.resume(returning: value)
            return continuation != nil
        }

        func abandon() -> Bool { end(nil) }
    }

    private struct State {
        var works: [ObjectIdentifier: any Watched] = [:]
        var sweeper: Task<Void, Never>?
        var isStopped = false
    }

    private let state = Mutex(State())
    private let limit: Duration

    /// A watch that gives up after a single call has taken `limit`.
    init(limit: Duration) { self.limit = limit }

    /// Has `read` done on `executor` and answers what it answers; nil where it takes too long or this task is cancelled.
    func run<Value: Sendable>(on executor: DiskExecutor, _ read: @escaping @Sendable (ReadMark) -> Value) async -> Value? {
        let work = Work<Value>(on: executor)
        return await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                work.await(continuation)
                add(work)
                executor.perform {
                    let value = read(work.mark)
                    self.remove(work)
                    work.end(value)
                }
            }
        } onCancel: {
            work.end(nil)
        }
    }

    /// Watches no more.
    func stop() {
        let sweeper = state.withLock { state in
            state.isStopped = true
            return state.sweeper
        }
        sweeper?.cancel()
    }

    private func add(_ work: some Watched) {
        state.withLock { state in
            state.works[ObjectIdentifier(work)] = work
            if state.sweeper == nil, !state.isStopped {
                state.sweeper = Task.detached { [weak self, pause = limit / 8] in
                    while !Task.isCancelled {
                        do { try await Task.sleep(for: pause) } catch { return }
                        guard let self else { return }
                        sweep()
                    }
                }
            }
        }
    }

    private func remove(_ work: some Watched) {
        state.withLock { _ = $0.works.removeValue(forKey: ObjectIdentifier(work)) }
    }

    /// Gives up what has been in one call for too long.
    private func sweep() {
        let now = ReadMark.now
        let stuck = state.withLock { state in
            let stuck = state.works.values.filter { work in
                work.mark.since.map { .nanoseconds(now - $0) > limit } ?? false
            }
            for work in stuck { state.works[ObjectIdentifier(work)] = nil }
            return stuck
        }
        for work in stuck {
            // Its thread may come back some day; until then another one does its work.
            work.executor.start()
            _ = work.abandon()
        }
    }
}
