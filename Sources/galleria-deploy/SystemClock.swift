internal import Glibc
internal import S3

extension S3Clock {
    /// The machine's clock.
    static let system = S3Clock(now: { Int64(time(nil)) }, sleep: { try await Task.sleep(for: $0) })
}
