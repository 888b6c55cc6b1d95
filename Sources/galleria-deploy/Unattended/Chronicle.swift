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
        var photos: [Key: PhotoLine] = [:]
    }

    private let notes = Mutex(Notes())
    private let prefix: Prefix

    /// The most changes of one run that are kept by name; all are counted.
    private static let mostChanges = 20_000
    private static let mostWarnings = 200

    private let keepsPhotos: Bool
    private let isDryRun: Bool

    /// - Parameters:
    ///   - prefix: the destination's folder.
    ///   - keepsPhotos: true where what is known of each photo is wanted.
    ///   - isDryRun: true where what is planned is all that there is to tell.
    init(prefix: Prefix, keepsPhotos: Bool, isDryRun: Bool) {
        self.prefix = prefix
        self.keepsPhotos = keepsPhotos
        self.isDryRun = isDryRun
    }

    /// What was done, in the order in which it was.
    var changes: [RunChange] { notes.withLock { $0.changes } }

    /// What was not as it should be.
    var warnings: [String] { notes.withLock { $0.warnings } }

    /// The photos that were read, in key order; none where they are not wanted.
    var photos: [PhotoLine] { notes.withLock { $0.photos.values.sorted { $0.path < $1.path } } }

    func note(_ event: DeployEvent) {
        switch event {
        case .finished(let outcome):
            let change = change(outcome)
            notes.withLock { if $0.changes.count < Self.mostChanges { $0.changes.append(change) } }
        case .warning(let text): notes.withLock { if $0.warnings.count < Self.mostWarnings { $0.warnings.append(text) } }
        case .photo(let note):
            guard keepsPhotos else { return }
            let line = PhotoLine(note)
            notes.withLock { $0.photos[line.path] = line }
        case .planned(let plan) where isDryRun: notes.withLock { $0.changes += planned(plan).prefix(Self.mostChanges) }
        default: break
        }
    }

    /// What a dry run would do.
    private func planned(_ plan: Plan) -> [RunChange] {
        plan.uploads.map { upload in
            RunChange(
                action: upload.copy == nil ? "upload" : "copy", reason: upload.reason.rawValue, key: upload.file.path,
                size: upload.expectedSize)
        } + plan.headerUpdates.map { RunChange(action: $0.isAdoption ? "adopt" : "headers", reason: nil, key: $0.file.path, size: nil) }
            + plan.deletions.map { RunChange(action: "delete", reason: nil, key: prefix.relative($0.key) ?? $0.key, size: $0.size) }
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
