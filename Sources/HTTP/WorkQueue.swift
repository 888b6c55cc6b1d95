internal import Glibc

/// Something that blocks, done in steps.
protocol BlockingWork: AnyObject, Sendable {
    /// Does one step; answers true where it is to be queued again.
    func work() -> Bool
}

/// A queue of work for a bounded number of threads of its own, for calls that block.
///
/// `@unchecked Sendable` is sound: every variable is read and written under `mutex`.
final class WorkQueue: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private let name: String

    private var items: [any BlockingWork] = []
    private var head = 0
    private var maximumThreads: Int
    private var threads = 0
    private var idle = 0
    private var isStopped = false

    /// Creates a queue without a thread.
    init(threads: Int, name: String) {
        maximumThreads = threads
        self.name = name
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(condition, nil)
    }

    /// Queues `item`, starting a thread where none is idle and the number allows it.
    func enqueue(_ item: any BlockingWork) {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        guard !isStopped else { return }
        items.append(item)
        if items.count - head <= idle {
            pthread_cond_signal(condition)
        } else if threads < maximumThreads, startThread(named: name, { self.run() }) != nil {
            threads += 1
        }
    }

    /// Allows one more thread.
    func addThread() {
        pthread_mutex_lock(mutex)
        maximumThreads += 1
        pthread_mutex_unlock(mutex)
    }

    /// Takes no more work, and ends the threads when what is queued has been done.
    func stop() {
        pthread_mutex_lock(mutex)
        isStopped = true
        pthread_cond_broadcast(condition)
        pthread_mutex_unlock(mutex)
    }

    private func run() {
        pthread_detach(pthread_self())
        var again: (any BlockingWork)?
        while let item = next(after: again) { again = item.work() ? item : nil }
    }

    /// Queues `again` behind the others and waits for the next item; nil where the queue has been stopped.
    private func next(after again: (any BlockingWork)?) -> (any BlockingWork)? {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        if let again { items.append(again) }
        while head == items.count, !isStopped {
            idle += 1
            pthread_cond_wait(condition, mutex)
            idle -= 1
        }
        if head == items.count { return nil }
        defer {
            head += 1
            if head == items.count {
                items.removeAll(keepingCapacity: true)
                head = 0
            } else if head > 64, head > items.count / 2 {
                items.removeFirst(head)
                head = 0
            }
        }
        return items[head]
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }
}
