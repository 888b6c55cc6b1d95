internal import Glibc

/// A queue of work for a bounded number of threads of its own, for calls that block.
///
/// `@unchecked Sendable` is sound: every variable is read and written under `mutex`.
final class WorkQueue<Item: AnyObject & Sendable>: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private let name: String
    private let work: @Sendable (Item) -> Bool

    private var items: [Item] = []
    private var head = 0
    private var maximumThreads: Int
    private var threads = 0
    private var idle = 0
    private var isStopped = false

    /// Creates a queue; `work` answers true where the same item is to be queued again.
    init(threads: Int, name: String, work: @escaping @Sendable (Item) -> Bool) {
        maximumThreads = threads
        self.name = name
        self.work = work
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(condition, nil)
    }

    /// Queues `item`, starting a thread where none is idle and the number allows it.
    func enqueue(_ item: Item) {
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

    /// Drops what is queued and ends the threads, each after the work it is in.
    func stop() {
        pthread_mutex_lock(mutex)
        isStopped = true
        items = []
        head = 0
        pthread_cond_broadcast(condition)
        pthread_mutex_unlock(mutex)
    }

    private func run() {
        pthread_detach(pthread_self())
        var again: Item?
        while let item = next(after: again) { again = work(item) ? item : nil }
    }

    /// Queues `again` behind the others and waits for the next item; nil where the queue has been stopped.
    private func next(after again: Item?) -> Item? {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        if let again, !isStopped { items.append(again) }
        while head == items.count, !isStopped {
            idle += 1
            pthread_cond_wait(condition, mutex)
            idle -= 1
        }
        if isStopped { return nil }
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
