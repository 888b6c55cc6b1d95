internal import Synchronization

/// What of a source has stood still: it is not asked again, since each answer would be waited for as long as the first.
final class Stalls: Sendable {
    private struct State {
        var paths: [[UInt8]] = []
        var isWhole = false
    }

    /// So many places that stand still are a source that does.
    private static let most = 3

    private let state = Mutex(State())
    private let some = Atomic<Bool>(false)

    /// True where nothing is asked any more.
    var isWhole: Bool { some.load(ordering: .relaxed) && state.withLock { $0.isWhole } }

    /// The path that stood still first; nil where nothing has.
    var first: [UInt8]? { some.load(ordering: .relaxed) ? state.withLock { $0.paths.first } : nil }

    /// True where `path`, without a slash at its end, or a folder above it has stood still.
    func cover(_ path: [UInt8]) -> Bool {
        guard some.load(ordering: .relaxed) else { return false }
        return state.withLock { state in state.isWhole || state.paths.contains { path.lies(atOrBelow: $0) } }
    }

    /// Notes that `path` has stood still; `isLast` where nothing more is to be asked.
    func note(_ path: [UInt8], isLast: Bool) {
        state.withLock { state in
            state.paths.append(path)
            state.isWhole = isLast || path.isEmpty || state.paths.count >= Self.most
        }
        some.store(true, ordering: .relaxed)
    }
}

extension [UInt8] {
    /// True where a path is `folder`, or lies below it; "" is the source.
    fileprivate func lies(atOrBelow folder: [UInt8]) -> Bool {
        folder.isEmpty || starts(with: folder) && (count == folder.count || self[folder.count] == UInt8(ascii: "/"))
    }
}
