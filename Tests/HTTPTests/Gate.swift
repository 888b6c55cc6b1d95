import Glibc

/// Something that one thread waits for and another makes happen, once.
///
/// `@unchecked Sendable` is sound: a POSIX semaphore is made for this.
final class Gate: @unchecked Sendable {
    private let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

    init() { sem_init(semaphore, 0, 0) }

    /// Lets one waiter through, now or later.
    func open() { sem_post(semaphore) }

    /// Blocks the calling thread, which must not be one of Swift's cooperative pool.
    func wait() { while sem_wait(semaphore) != 0, errno == EINTR {} }

    /// Waits without blocking the caller's thread.
    func opened() async {
        await withCheckedContinuation { continuation in
            startTestThread {
                self.wait()
                continuation.resume()
            }
        }
    }

    deinit {
        sem_destroy(semaphore)
        semaphore.deallocate()
    }
}

/// Runs `body` on a detached thread.
func startTestThread(_ body: @escaping @Sendable () -> Void) {
    final class Start {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
    var thread = pthread_t()
    let result = pthread_create(
        &thread, nil,
        { argument in
            if let argument { Unmanaged<Start>.fromOpaque(argument).takeRetainedValue().body() }
            return nil
        }, Unmanaged.passRetained(Start(body)).toOpaque())
    precondition(result == 0, "no thread")
    pthread_detach(thread)
}
