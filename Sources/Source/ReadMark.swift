internal import Glibc
internal import Synchronization

/// When the call to the system that a file is in began: for whoever watches a disk that may stand still, from another thread.
public final class ReadMark: Sendable {
    private let began = Atomic<Int64>(0)

    /// No call is under way.
    public init() {}

    /// When the call that is under way began, in nanoseconds on CLOCK_MONOTONIC; nil where none is.
    public var since: Int64? {
        let value = began.load(ordering: .relaxed)
        return value == 0 ? nil : value
    }

    /// Nanoseconds on CLOCK_MONOTONIC, as of the last tick of some milliseconds: it is read around every call, and nobody gives up one that is not much longer.
    public static var now: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC_COARSE, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    /// Runs a call that may block.
    func around<T>(_ call: () -> T) -> T {
        began.store(Self.now, ordering: .relaxed)
        defer { began.store(0, ordering: .relaxed) }
        return call()
    }
}
