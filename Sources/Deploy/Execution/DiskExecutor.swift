internal import Dispatch
internal import Glibc
internal import Source
internal import Synchronization

/// Threads on which tasks may block: walking, reading and hashing happen here, so that neither the cooperative pool nor libcurl's
/// event loop ever waits for a disk.
///
/// A task that runs with this executor as its preference reads and hashes where it stands and gives its thread back while it awaits the network.
///
/// What a job makes ready last (the task that awaits it, or one that it begins before it waits) runs on the same thread next: waking another thread
/// for it would cost more than most jobs do.
public final class DiskExecutor: TaskExecutor {
    /// What a thread does: a task's next job, or something that is no task's, which costs a quarter as much.
    private enum Work {
        case job(UnownedJob)
        case call(@Sendable () -> Void)
    }

    private struct State {
        var queue: [Work?] = []
        var head = 0
        var isStopped = false
        var threads = 0
        /// How many threads sleep.
        var asleep = 0
        /// A thread was woken and has not looked yet. Until it has, no other is woken: it takes what waits longest, and wakes the next one itself where
        /// that is not all.
        var isWaking = false

        /// True where a thread is to be woken; the caller wakes it.
        mutating func wakes() -> Bool {
            guard head < queue.count, asleep > 0, !isWaking else { return false }
            asleep -= 1
            isWaking = true
            return true
        }

        /// Takes what waits longest.
        mutating func take() -> Work? {
            guard head < queue.count else { return nil }
            let work = queue[head]
            // What was done is let go of, with all that it holds.
            queue[head] = nil
            head += 1
            if head == queue.count {
                queue.removeAll(keepingCapacity: true)
                head = 0
            } else if head > 4096 {
                queue.removeFirst(head)
                head = 0
            }
            return work
        }
    }

    /// What an idle thread does next.
    private enum Turn {
        case work(Work, wakesAnother: Bool)
        case sleep
        case end
    }

    /// A thread's own next work. Reached from that thread only.
    private final class Desk {
        var next: Work?
        /// How much work in a row came from here.
        var streak = 0
    }

    private let state = Mutex(State())
    private let available = DispatchSemaphore(value: 0)
    private let ended = DispatchSemaphore(value: 0)
    private let watch: DiskWatch
    /// Leads each of the threads to its desk.
    private let desks: pthread_key_t

    /// After so much work from its desk a thread looks what others wait for.
    private static let longestStreak = 16

    /// How long a single read of a file may take before the file is given up.
    let stallLimit: Duration

    /// How many seconds threads that are stuck in a read are waited for at the end.
    private static let patience = 2.0

    /// Starts `threadCount` threads, at least one. `stallLimit` is how long a single read of a file may take.
    public init(threadCount: Int, stallLimit: Duration = .seconds(120)) {
        var key = pthread_key_t()
        pthread_key_create(&key, nil)
        desks = key
        self.stallLimit = stallLimit
        watch = DiskWatch(limit: stallLimit)
        for _ in 0..<max(1, threadCount) { start() }
    }

    /// Has a file read on one of the threads and answers what `read` answers; nil where a single call, of those that `read` marks, took longer than
    /// `stallLimit`, or this task is cancelled. Then the thread is left to itself, and another takes its place.
    func reading<Value: Sendable>(_ read: @escaping @Sendable (ReadMark) -> Value) async -> Value? {
        await watch.run(on: self, read)
    }

    /// Queues a job; any thread takes it.
    public func enqueue(_ job: consuming ExecutorJob) { add(.job(UnownedJob(job))) }

    /// Has `call` done on one of the threads.
    func perform(_ call: @escaping @Sendable () -> Void) { add(.call(call)) }

    private func add(_ work: Work) {
        guard let desk = pthread_getspecific(desks).map({ Unmanaged<Desk>.fromOpaque($0).takeUnretainedValue() }) else {
            return share(work)
        }
        if let other = desk.next { share(other) }
        desk.next = work
    }

    private func share(_ work: Work) {
        let wakes = state.withLock { state in
            state.queue.append(work)
            return state.wakes()
        }
        if wakes { available.signal() }
    }

    private func run(_ work: Work) {
        switch work {
        case .job(let job): job.runSynchronously(on: asUnownedTaskExecutor())
        case .call(let call): call()
        }
    }

    deinit { pthread_key_delete(desks) }

    /// Ends the threads when the queue is empty and waits for them, but for such as are stuck in a read. Call it when no task prefers this executor any
    /// more.
    public func stop() {
        watch.stop()
        let count = state.withLock { state in
            defer { state.threads = 0 }
            state.isStopped = true
            return state.threads
        }
        for _ in 0..<count { available.signal() }
        let deadline = DispatchTime.now() + Self.patience
        for _ in 0..<count where ended.wait(timeout: deadline) == .timedOut { return }
    }

    /// Starts one more thread.
    func start() {
        var thread = pthread_t()
        let context = Unmanaged.passRetained(self)
        let result = pthread_create(
            &thread, nil,
            { raw in
                guard let raw else { return nil }
                pthread_detach(pthread_self())
                let executor = Unmanaged<DiskExecutor>.fromOpaque(raw).takeRetainedValue()
                executor.run()
                executor.ended.signal()
                return nil
            }, context.toOpaque())
        if result == 0 {
            state.withLock { $0.threads += 1 }
        } else {
            context.release()
        }
    }

    private func run() {
        let desk = Desk()
        var isAwoken = false
        pthread_setspecific(desks, Unmanaged.passUnretained(desk).toOpaque())
        while true {
            while let work = desk.next {
                desk.next = nil
                desk.streak += 1
                if desk.streak > Self.longestStreak { share(work) } else { run(work) }
            }
            desk.streak = 0
            switch turn(isAwoken) {
            case .work(let work, let wakesAnother):
                isAwoken = false
                if wakesAnother { available.signal() }
                run(work)
            case .sleep:
                available.wait()
                isAwoken = true
            case .end:
                return
            }
        }
    }

    /// What the thread that asks is to do next; `isAwoken` where it has just been woken.
    private func turn(_ isAwoken: Bool) -> Turn {
        state.withLock { state in
            if isAwoken { state.isWaking = false }
            if let work = state.take() { return .work(work, wakesAnother: state.wakes()) }
            if state.isStopped { return .end }
            state.asleep += 1
            return .sleep
        }
    }
}
