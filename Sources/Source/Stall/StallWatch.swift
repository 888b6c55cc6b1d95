internal import Dispatch
internal import Synchronization

/// How long a call to the system has stood still when it was given up.
struct Stall: Error {
    /// Without an answer for so long.
    let waited: Duration
    /// The name of the link that was being followed.
    var link: [UInt8]?
}

/// Has calls to the system that may stand still done by another thread, and waits for them, but not for ever.
///
/// A thread that is in such a call cannot be called back: it is left to itself, and another does the next call. Handing a call over and back costs some
/// microseconds, so a whole folder is read in one. (Files are read by `DiskWatch`, which waits without a thread.)
final class StallWatch: Sendable {
    /// How long a single call may take.
    let limit: Duration

    /// How long at least it must have taken where the task is cancelled meanwhile: what is a little slow may still come to its end.
    private static let patience = Duration.seconds(1)

    private let idle = Mutex<[StallThread]>([])

    /// A watch that gives up after a single call has taken `limit`.
    init(limit: Duration) { self.limit = limit }

    deinit {
        idle.withLock { threads in
            for thread in threads { thread.end() }
        }
    }

    /// Has `work` done, which may make many calls and marks a step after each, and answers what it answers. Throws once a single one has taken too long, or
    /// has taken a second and this task is cancelled.
    func run<Value: Sendable>(_ work: @escaping @Sendable (StallMark) -> Value) throws(Stall) -> Value {
        let mark = StallMark()
        // Without a thread there is nobody to watch from.
        guard let thread = idle.withLock({ $0.popLast() }) ?? StallThread() else { return work(mark) }
        let answer = Answer<Value>()
        thread.perform {
            let value = work(mark)
            answer.value.withLock { $0 = value }
        }
        let waited = wait(for: thread, mark)
        if let waited {
            mark.abandon()
            thread.end()
            throw Stall(waited: waited, link: mark.link)
        }
        idle.withLock { $0.append(thread) }
        guard let value = answer.value.withLock({ $0 }) else { throw Stall(waited: .zero) }
        return value
    }

    /// Where the answer is put down.
    private final class Answer<Value: Sendable>: Sendable {
        let value = Mutex<Value?>(nil)
    }

    /// Waits for the end of what a thread does; how long the last call took where that was too long.
    private func wait(for thread: StallThread, _ mark: StallMark) -> Duration? {
        let pause = max(1, min(Int(limit / 8 / .milliseconds(1)), 200))
        var count = 0
        var since = ReadMark.now
        while thread.done.wait(timeout: .now() + .milliseconds(pause)) == .timedOut {
            let now = ReadMark.now
            if mark.count != count {
                count = mark.count
                since = now
                continue
            }
            let waited = Duration.nanoseconds(now - since)
            if waited > limit || waited > Self.patience && Task.isCancelled { return waited }
        }
        return nil
    }
}
