internal import Glibc
internal import Vocabulary

/// What the system lets this process have, and what is made of it.
enum ProcessLimits {
    /// What a run keeps open besides its jobs: standard streams, state, lock, source and its folders, the event loop, a resolver.
    private static let reserved = 34
    /// A job has a connection and a file open.
    private static let descriptorsPerJob = 2

    /// Makes sure that the standard streams are open: in their place the next file to be opened would get what is written to them.
    static func openStandardStreams() {
        while true {
            let descriptor = open("/dev/null", O_RDWR)
            if descriptor > STDERR_FILENO { close(descriptor) }
            if descriptor < 0 || descriptor > STDERR_FILENO { return }
        }
    }

    /// Keeps libdispatch from telling the system's log, at every start, that a process that was made nice may not raise its threads' priority again
    /// (its own variable, read when it first has something to say). Whoever set the variable is obeyed.
    static func keepPrioritiesToOneself() { setenv("LIBDISPATCH_LOG", "NO", 0) }

    /// Has a write beyond the allowed size of files, or to a closed pipe, fail instead of ending the process.
    static func surviveRefusedWrites() {
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)
    }

    /// As many jobs of those wanted as there are descriptors for, at least one, after raising the limit as far as the system allows; and that limit.
    static func jobs(_ wanted: JobLimit) -> (jobs: JobLimit, descriptors: Int) {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(UInt32(RLIMIT_NOFILE.rawValue)), &limit) == 0 else { return (wanted, Int.max) }
        let needed = rlim_t(reserved + wanted.ceiling * descriptorsPerJob)
        if limit.rlim_cur < needed, limit.rlim_max > limit.rlim_cur {
            var raised = limit
            raised.rlim_cur = min(needed, limit.rlim_max)
            if setrlimit(__rlimit_resource_t(UInt32(RLIMIT_NOFILE.rawValue)), &raised) == 0 { limit = raised }
        }
        let descriptors = Int(clamping: limit.rlim_cur)
        let possible = max(1, (descriptors - reserved) / descriptorsPerJob)
        return (possible < wanted.ceiling ? .fixed(possible) : wanted, descriptors)
    }
}
