#if Pictures
    internal import Glibc

    /// Lets many in at once, or one alone, who does not wait for ever while others keep coming.
    ///
    /// Sendable without the compiler's proof: all it holds is a lock (pthread_rwlock_t) that is made to be shared and does not move.
    final class FaultGate: @unchecked Sendable {
        private let lock = UnsafeMutablePointer<pthread_rwlock_t>.allocate(capacity: 1)

        init() {
            var attributes = pthread_rwlockattr_t()
            pthread_rwlockattr_init(&attributes)
            pthread_rwlockattr_setkind_np(&attributes, Int32(PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP))
            pthread_rwlock_init(lock, &attributes)
            pthread_rwlockattr_destroy(&attributes)
        }

        deinit {
            pthread_rwlock_destroy(lock)
            lock.deallocate()
        }

        func enter() { pthread_rwlock_rdlock(lock) }
        func enterAlone() { pthread_rwlock_wrlock(lock) }
        func leave() { pthread_rwlock_unlock(lock) }
    }
#endif
