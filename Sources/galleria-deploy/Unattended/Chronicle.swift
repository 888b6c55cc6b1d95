internal import Deploy
internal import Planning
internal import State
internal import Synchronization
internal import Vocabulary

/// Collects what a deploy did, for the history and for whoever is told of it afterwards. What it holds is bounded.
final class Chronicle: DeployObserver {
    private struct Notes {
        var changes: [RunChange] = []
        var warnings: [String] = []
    }

    private let notes = Mutex(Notes())
    private let prefix: Prefix

    /// The most changes of one run that are kept by name; all are counted.
    private static let mostChanges = 20_000
    private static let mostWarnings = 200

    init(prefix: Prefix) { self.prefix = prefix }

    /// What was done, in the order in which it was.
    var changes: [RunChange] { notes.withLock { $0.changes } }

    /// What was not as it should be.
    var warnings: [String] { notes.withLock { $0.warnings } }

    func note(_ event: DeployEvent) {
        switch event {
        case .finished(let outcome):
            let change = change(outcome)
            notes.withLock { if $0.changes.count < Self.mostChanges { $0.changes.append(change) } }
        case .warning(let text): notes.withLock { if $0.warnings.count < Self.mostWarnings { $0.warnings.append(text) } }
        default: break
        }
    }

    private func change(_ outcome: Outcome) -> RunChange {
        switch outcome {
        case .uploaded(let path, let reason, let size, _): RunChange(action: "upload", reason: reason.rawValue, key: path, size: size)
        case .headersUpdated(let path): RunChange(action: "headers", reason: nil, key: path, size: nil)
        case .copied(let path, let source, let size):
            RunChange(action: "copy", reason: "from \(source.string.escapedForTerminal)", key: path, size: size)
        case .adopted(let path): RunChange(action: "adopt", reason: nil, key: path, size: nil)
        case .deleted(let key): RunChange(action: "delete", reason: nil, key: prefix.relative(key) ?? key, size: nil)
        case .failed(let path, let cause): RunChange(action: "failed", reason: cause.description, key: Key(path), size: nil)
        }
    }
}
