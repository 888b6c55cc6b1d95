internal import Source
internal import State
internal import Vocabulary

/// The second place that knows what was dropped: the local state. Where the ledger is lost, it still keeps a deploy from deleting.
struct DroppedState {
    private let database: StateDatabase

    /// Opens the state; nil where none is kept.
    init?(_ options: StateOptions?) throws(StateError) {
        guard let options else { return nil }
        database = try StateDatabase(at: options.path, of: options.location)
    }

    /// Writes down files and waits until that is done.
    func record(_ files: [DroppedFile]) throws(StateError) {
        try write(files.map { .dropped(path: $0.path, entry: String(decoding: DroppedLedger([$0]).document, as: UTF8.self)) })
    }

    /// Forgets paths.
    func forget(_ paths: Set<Key>) throws(StateError) { try write(paths.map { .forgetDropped(path: $0) }) }

    /// Everything that is written down.
    func files() throws(StateError) -> [DroppedFile] {
        // An entry that cannot be read is as good as none: the ledger has it, too.
        try StateReader(database).dropped().flatMap { (try? DroppedLedger([UInt8]($0.entry.utf8)))?.files ?? [] }
    }

    private func write(_ changes: [StateChange]) throws(StateError) {
        if changes.isEmpty { return }
        let writer = StateWriter(database)
        for change in changes { writer.record(change) }
        let summary = writer.finish()
        if let failure = summary.failure { throw failure }
    }
}
