internal import Glibc
public import State

/// Where a run keeps its local state.
public struct StateOptions: Sendable {
    /// The database's file.
    public var path: String
    /// The source and destination that it belongs to.
    public var location: StateLocation
    /// True where a damaged file may be moved aside for a new one: the name is the program's own choice, so nothing else lies there.
    public var replacesDamaged: Bool
    /// The time of day in nanoseconds since 1970.
    public var now: @Sendable () -> Int64

    /// Creates options.
    public init(path: String, location: StateLocation, replacesDamaged: Bool, now: @escaping @Sendable () -> Int64) {
        self.path = path
        self.location = location
        self.replacesDamaged = replacesDamaged
        self.now = now
    }

    /// The machine's clock: the time of day in nanoseconds since 1970.
    public static let systemClock: @Sendable () -> Int64 = {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
