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
/// for it would cost more than most jobs do. For the same reason, while it `savesThreads`, a thread that works is left to do what waits, too, as long as it
/// comes by within milliseconds; beyond that, the next one is woken.
public final class DiskExecutor: TaskExecutor {
    /// What a thread does: a task's next job, or something that is no task's, which costs a quarter as much.
    private enum Work {
        case job(UnownedJob)
        case call(@Sendable () -> Void)
    }

    /// Whom to wake.
    private enum Waking {
        case nobody
        case sleeper
        case lookout
    }

    private struct State {
        var queue: [Work?] = []
        var head = 0
        var isStopped = false
        var savesThreads = false
        var threads = 0
        /// How many threads sleep until they are woken; without the lookout.
        var asleep = 0
        /// One idle thread looks at the queue once in a while; none but where threads are saved.
        var hasLookout = false
        /// A thread was woken and has not looked yet: it will find whatever came meanwhile.
        var isWaking = false
        /// How much work was ever queued, and taken.
        var queued = 0
        var taken = 0
        /// How often the lookout has looked.
        var looks = 0
        /// How many threads do work that they took since the last look, and since the one before.
        var atWork = 0
        var atWorkBefore = 0
        /// How much work had been queued at the last look, or when the lookout began.
        var seen = 0

        var isEmpty: Bool { head == queue.count }

        /// How many threads have nothing to do.
        var idle: Int { asleep + (hasLookout ? 1 : 0) }

        /// Queues work; answers who is to be woken for it.
        mutating func add(_ work: Work) -> Waking {
            queue.append(work)
            queued += 1
            return whomToWake()
        }

        /// Who is to be woken for what waits; the caller wakes it.
        ///
        /// A thread that has just begun to work comes by soon, as a rule, and to wake another costs more than most work does. Where it does not come by,
        /// because it stands still in a read or has much to hash, the lookout takes what waits, and does not count on it any more; without a lookout nobody
        /// would.
        mutating func whomToWake() -> Waking {
            if isEmpty || isWaking || savesThreads && hasLookout && atWork + atWorkBefore > 0 { return .nobody }
            if asleep > 0 {
                asleep -= 1
                isWaking = true
                return .sleeper
            }
            guard hasLookout else { return .nobody }
            hasLookout = false
            isWaking = true
            return .lookout
        }

        /// Notes that the thread of `desk` has done what it took.
        mutating func comesBy(_ desk: Desk) {
            if desk.look == looks {
                atWork -= 1
            } else if desk.look == looks - 1 {
                atWorkBefore -= 1
            }
            desk.look = Desk.never
        }

        /// Notes a look.
        mutating func look() {
            looks += 1
            (atWork, atWorkBefore) = (0, atWork)
            seen = queued
        }

        /// Takes what has waited longest.
        mutating func take(for desk: Desk) -> Work? {
            if isEmpty { return nil }
            atWork += 1
            desk.look = looks
            let work = queue[head]
            // What was done is let go of, with all that it holds.
            queue[head] = nil
            head += 1
            taken += 1
            if isEmpty {
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
        case work(Work, Waking)
        case sleep
        case lookOut
        case end
    }

    /// A thread's own next work. Reached from that thread only.
    private final class Desk {
        var next: Work?
        /// How much work in a row came from here.
        var streak = 0
        /// After which look the thread took the work that it does.
        var look = Desk.never

        static let never = -2
    }

    private let state = Mutex(State())
    private let available = DispatchSemaphore(value: 0)
    /// Calls the lookout to work.
    private let lookoutIsWanted = MonotonicSemaphore()
    private let ended = DispatchSemaphore(value: 0)
    private let watch: DiskWatch
    /// Leads each of the threads to its desk.
    private let desks: pthread_key_t

    /// After so much work from its desk a thread looks what others wait for.
    private static let longestStreak = 16

    /// How long the lookout sleeps from one look to the next while work comes, in microseconds.
    private let pause: Int
    /// After so many looks at threads that all have nothing to do, the lookout sleeps, too.
    private static let quietLooks = 16

    /// How long a single read of a file may take before the file is given up.
    let stallLimit: Duration

    /// How many seconds threads that are stuck in a read are waited for at the end.
    private static let patience = 2.0

    /// Starts `threadCount` threads, at least one. `stallLimit` is how long a single read of a file may take.
    public convenience init(threadCount: Int, stallLimit: Duration = .seconds(120)) {
        self.init(threadCount: threadCount, stallLimit: stallLimit, pause: 2000)
    }

    /// The same; the lookout looks each `pause` microseconds, and, while nothing comes, each fourth of them.
    init(threadCount: Int, stallLimit: Duration = .seconds(120), pause: Int) {
        self.pause = pause
        var key = pthread_key_t()
        pthread_key_create(&key, nil)
        desks = key
        self.stallLimit = stallLimit
        watch = DiskWatch(limit: stallLimit)
        for _ in 0..<max(1, threadCount) { start() }
    }

    /// Whether what waits is left to threads that work, as long as they come by within milliseconds: for much work of which each is short, such as sending
    /// small files. It costs less, and takes longer where some of the work is long.
    func savesThreads(_ isOn: Bool) { state.withLock { $0.savesThreads = isOn } }

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

    private func share(_ work: Work) { wake(state.withLock { $0.add(work) }) }

    private func wake(_ waking: Waking) {
        switch waking {
        case .nobody: break
        case .sleeper: available.signal()
        case .lookout: lookoutIsWanted.signal()
        }
    }

    /// How many threads have nothing to do.
    var idleThreads: Int { state.withLock { $0.idle } }

    /// True while one of them looks at the queue once in a while.
    var hasLookout: Bool { state.withLock { $0.hasLookout } }

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
        let (count, hadLookout) = state.withLock { state in
            defer {
                state.threads = 0
                state.hasLookout = false
            }
            state.isStopped = true
            return (state.threads, state.hasLookout)
        }
        for _ in 0..<count { available.signal() }
        if hadLookout { lookoutIsWanted.signal() }
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
            switch turn(desk, isAwoken) {
            case .work(let work, let waking):
                isAwoken = false
                wake(waking)
                run(work)
            case .sleep:
                available.wait()
                isAwoken = true
            case .lookOut:
                isAwoken = lookOut()
            case .end:
                return
            }
        }
    }

    /// What the thread of `desk` is to do next; `isAwoken` where it was woken for it.
    private func turn(_ desk: Desk, _ isAwoken: Bool) -> Turn {
        state.withLock { state in
            if isAwoken { state.isWaking = false }
            state.comesBy(desk)
            if let work = state.take(for: desk) { return .work(work, state.whomToWake()) }
            if state.isStopped { return .end }
            if state.hasLookout || !state.savesThreads {
                state.asleep += 1
                return .sleep
            }
            state.hasLookout = true
            return .lookOut
        }
    }

    /// What the lookout does after a look.
    private enum Look {
        case again
        case work
        case sleep
    }

    /// Looks at the queue once in a while, until something was there at one look and still is at the next, or all has been quiet for so long that nobody
    /// need look. Answers true where it was woken.
    private func lookOut() -> Bool {
        state.withLock { $0.seen = $0.queued }
        var pauses = 1
        var quiet = 0
        while !lookoutIsWanted.wait(microseconds: pauses * pause) {
            let look: Look = state.withLock { state in
                // Called between the end of the wait and this look: the semaphore tells, at once.
                if !state.hasLookout { return .again }
                quiet = state.isEmpty && state.atWork + state.atWorkBefore == 0 ? quiet + 1 : 0
                if quiet > Self.quietLooks {
                    state.hasLookout = false
                    state.asleep += 1
                    return .sleep
                }
                if state.taken < state.seen {
                    state.hasLookout = false
                    return .work
                }
                pauses = state.queued == state.seen ? min(2 * pauses, 4) : 1
                state.look()
                return .again
            }
            switch look {
            case .again: continue
            case .work: return false
            case .sleep:
                available.wait()
                return true
            }
        }
        return true
    }
}
