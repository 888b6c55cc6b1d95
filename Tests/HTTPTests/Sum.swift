@testable import HTTP

/// Adds up what `onSend` is told.
final class Sum: Sendable {
    private let parts = Locked<[Int64]>([])

    func add(_ part: Int64) { parts.withLock { $0.append(part) } }

    var total: Int64 { parts.withLock { $0.reduce(0, +) } }
    var all: [Int64] { parts.withLock { $0 } }
}
