internal import Synchronization

/// What a thread that may stand still and the one that waits for it know of each other: how many calls to the system have come back, and whether anybody
/// waits any more.
final class StallMark: Sendable {
    private let steps = Atomic<Int>(0)
    private let abandoned = Atomic<Bool>(false)
    private let followed = Mutex<[UInt8]?>(nil)

    /// Says that a call came back. One thread does the calls, so that nothing is lost between load and store.
    func step() { steps.store(steps.load(ordering: .relaxed) &+ 1, ordering: .relaxed) }

    /// How many calls came back.
    var count: Int { steps.load(ordering: .relaxed) }

    /// The link that is being followed; nil where none is.
    var link: [UInt8]? { followed.withLock { $0 } }

    /// Says that the link of that name is being followed, which may lead to another disk; nil once it has been.
    func follow(_ name: [UInt8]?) { followed.withLock { $0 = name } }

    /// True once nobody waits any more: what is not begun yet need not be.
    var isAbandoned: Bool { abandoned.load(ordering: .relaxed) }

    /// Says that nobody waits any more.
    func abandon() { abandoned.store(true, ordering: .relaxed) }
}
