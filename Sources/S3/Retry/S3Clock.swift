internal import Glibc

/// Time as requests need it: the moment to sign with, and waiting. Tests put in their own.
public struct S3Clock: Sendable {
    /// The moment in seconds since 1970-01-01T00:00:00Z.
    public let now: @Sendable () -> Int64
    /// Waits; throws `CancellationError` where the task is cancelled meanwhile.
    public let sleep: @Sendable (Duration) async throws -> Void

    /// Creates a clock.
    public init(now: @escaping @Sendable () -> Int64, sleep: @escaping @Sendable (Duration) async throws -> Void) {
        self.now = now
        self.sleep = sleep
    }

    /// The machine's clock.
    public static let system = S3Clock(now: { Int64(time(nil)) }, sleep: { try await Task.sleep(for: $0) })
}
