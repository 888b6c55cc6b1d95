internal import Glibc
internal import Synchronization

/// What became of the changes that a writer was given.
public struct StateSummary: Sendable, Hashable {
    /// Changes that were committed.
    public var written = 0
    /// Changes that were let go, because the disk did not keep up or after a fault.
    public var dropped = 0
    /// The fault that ended the writing, if one did.
    public var failure: StateError?
}

/// Writes changes to a state database behind the back of those who make them: on a thread of its own, in batches.
///
/// A batch is committed when it is large enough or old enough, so a run that is killed keeps all but the last second. Nothing is opened,
/// and no thread started, before there is a change. After the first fault all further changes are let go: it is a cache.
///
/// `@unchecked Sendable` is sound: every variable is read and written under `mutex`, but for the statements, which the thread alone knows.
public final class StateWriter: @unchecked Sendable {
    /// Changes that may wait for the disk; what comes on top is let go.
    static let capacity = 1 << 16

    private let database: StateDatabase
    private let batchSize: Int
    private let interval: Duration
    private let onCommit: @Sendable (Int) -> Void

    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var pending: [StateChange] = []
    private var isFinished = false
    /// True where something waits that must survive a crash of the next moment.
    private var isUrgent = false
    private var thread: pthread_t?
    private var summary = StateSummary()

    /// Prepares a writer that commits when `batchSize` changes wait or the oldest has waited for `interval`.
    /// `onCommit` is told on the writer's thread how many changes were committed.
    public init(
        _ database: StateDatabase, batchSize: Int = 1000, interval: Duration = .seconds(1),
        onCommit: @escaping @Sendable (Int) -> Void = { _ in }
    ) {
        self.database = database
        self.batchSize = batchSize
        self.interval = interval
        self.onCommit = onCommit
        pthread_mutex_init(mutex, nil)
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        pthread_cond_init(condition, &attributes)
        pthread_condattr_destroy(&attributes)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    /// Takes a change; never waits for a disk. After `finish()` changes are let go.
    public func record(_ change: StateChange) {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        guard !isFinished, summary.failure == nil, pending.count < Self.capacity, startThread() else {
            summary.dropped += 1
            return
        }
        pending.append(change)
        // Parts of an upload whose id is lost are never found again.
        if case .multipartBegan = change { isUrgent = true }
        if pending.count == 1 || pending.count == batchSize || isUrgent { pthread_cond_signal(condition) }
    }

    /// Commits what waits and ends the thread; blocks until then. Answers the same again when called again.
    public func finish() -> StateSummary {
        pthread_mutex_lock(mutex)
        isFinished = true
        let thread = thread
        self.thread = nil
        pthread_cond_signal(condition)
        pthread_mutex_unlock(mutex)
        if let thread { pthread_join(thread, nil) }
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return summary
    }

    // MARK: The thread

    /// Under `mutex`. Answers false where no thread is to be had.
    private func startThread() -> Bool {
        if thread != nil { return true }
        var all = sigset_t()
        var before = sigset_t()
        sigfillset(&all)
        // Signals are the program's own threads' business.
        pthread_sigmask(SIG_SETMASK, &all, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        var started = pthread_t()
        let context = Unmanaged.passRetained(self)
        let code = pthread_create(
            &started, nil,
            { argument in
                guard let argument else { return nil }
                Unmanaged<StateWriter>.fromOpaque(argument).takeRetainedValue().run()
                return nil
            }, context.toOpaque())
        guard code == 0 else {
            context.release()
            summary.failure = StateError(errno: code, .write, database.path)
            return false
        }
        thread = started
        return true
    }

    private func run() {
        var session: WritingSession?
        while let batch = nextBatch() {
            do throws(StateError) {
                if session == nil { session = try WritingSession(database) }
                try session?.commit(batch)
                pthread_mutex_lock(mutex)
                summary.written += batch.count
                pthread_mutex_unlock(mutex)
                onCommit(batch.count)
            } catch {
                pthread_mutex_lock(mutex)
                summary.failure = error
                summary.dropped += batch.count + pending.count
                pending = []
                pthread_mutex_unlock(mutex)
                return
            }
        }
    }

    /// Waits for a batch that is large or old enough; nil when all is written and no more will come.
    private func nextBatch() -> [StateChange]? {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while pending.isEmpty {
            if isFinished { return nil }
            pthread_cond_wait(condition, mutex)
        }
        var deadline = timespec()
        clock_gettime(CLOCK_MONOTONIC, &deadline)
        let (seconds, attoseconds) = interval.components
        let nanoseconds = deadline.tv_nsec + Int(attoseconds / 1_000_000_000)
        deadline.tv_sec += Int(seconds) + nanoseconds / 1_000_000_000
        deadline.tv_nsec = nanoseconds % 1_000_000_000
        while pending.count < batchSize, !isFinished, !isUrgent {
            if pthread_cond_timedwait(condition, mutex, &deadline) == ETIMEDOUT { break }
        }
        defer {
            isUrgent = false
            pending = []
            pending.reserveCapacity(batchSize)
        }
        return pending
    }
}

/// A connection with the statements of a writer, on its thread.
private struct WritingSession {
    private let path: String
    private let connection: Connection
    private var statements: ChangeStatements

    init(_ database: StateDatabase) throws(StateError) {
        path = database.path
        connection = try database.connect()
        do throws(SQLiteFault) { statements = try ChangeStatements(on: connection) } catch {
            throw .failed(.write, path: path, error.cause)
        }
    }

    mutating func commit(_ changes: [StateChange]) throws(StateError) {
        do throws(SQLiteFault) {
            try connection.writing { () throws(SQLiteFault) in
                try statements.apply(changes)
            }
        } catch {
            throw .failed(.write, path: path, error.cause)
        }
    }
}
