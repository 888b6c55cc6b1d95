internal import Synchronization

/// Asks a run to end early, from any thread.
///
/// While files are being sent nothing new is begun and what is in flight may end; before that there is nothing worth waiting for.
public final class DeployStop: Sendable {
    private let requested = Atomic(false)
    private let sending = Atomic(false)

    /// Nothing is asked yet.
    public init() {}

    /// Asks. Answers true where requests in flight are worth a few seconds, after which the run is to be cancelled; false where it is to be
    /// cancelled at once.
    public func request() -> Bool {
        requested.store(true, ordering: .sequentiallyConsistent)
        return sending.load(ordering: .sequentiallyConsistent)
    }

    /// True once it was asked.
    public var isAsked: Bool { isRequested }

    /// True once it was asked.
    var isRequested: Bool { requested.load(ordering: .relaxed) }

    /// The same as a question that requests ask which wait for their turn.
    var question: @Sendable () -> Bool { { [self] in isRequested } }

    /// Says that from now on the bucket is being changed.
    func beginSending() { sending.store(true, ordering: .sequentiallyConsistent) }
}
