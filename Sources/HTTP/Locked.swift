internal import Glibc

/// A value behind a POSIX mutex.
///
/// `Synchronization.Mutex` would do as well, but its slow path lies in a library that the thread sanitizer does not see into, which then takes every
/// contended lock for a race. `@unchecked Sendable` is sound: `state` is reached only with the mutex held, and must not be let out of `withLock`.
final class Locked<State>: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private var state: State

    /// Takes over `state`.
    init(_ state: sending State) {
        self.state = state
        pthread_mutex_init(mutex, nil)
    }

    /// Runs `body` with the value, alone.
    func withLock<Result>(_ body: (inout State) throws -> Result) rethrows -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return try body(&state)
    }

    deinit {
        pthread_mutex_destroy(mutex)
        mutex.deallocate()
    }
}
