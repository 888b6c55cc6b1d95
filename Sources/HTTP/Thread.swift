internal import CCurl
internal import Glibc

/// Starts a thread with all signals blocked, so that they reach the program's own threads, and a closed connection never raises SIGPIPE here.
/// The thread must be joined or detach itself. Answers nil where no thread is to be had.
func startThread(named name: String, _ body: @escaping @Sendable () -> Void) -> pthread_t? {
    final class Start {
        let name: String
        let body: @Sendable () -> Void
        init(_ name: String, _ body: @escaping @Sendable () -> Void) {
            self.name = name
            self.body = body
        }
    }
    let start = Unmanaged.passRetained(Start(name, body))
    var all = sigset_t()
    var before = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_SETMASK, &all, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    var thread = pthread_t()
    let result = pthread_create(
        &thread, nil,
        { argument in
            guard let argument else { return nil }
            let start = Unmanaged<Start>.fromOpaque(argument).takeRetainedValue()
            galleria_name_thread(start.name)
            start.body()
            return nil
        }, start.toOpaque())
    if result != 0 {
        start.release()
        return nil
    }
    return thread
}

/// Nanoseconds on CLOCK_MONOTONIC.
func monotonicNanoseconds() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
}

extension Duration {
    /// The duration in nanoseconds, 292 years at most.
    var nanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        return overflow ? .max / 2 : min(product + attoseconds / 1_000_000_000, .max / 2)
    }

    /// The duration in whole milliseconds, rounded up, as libcurl's options take it.
    var milliseconds: Int { Int((nanoseconds + 999_999) / 1_000_000) }
}
