internal import CDN
internal import Deploy
internal import Planning
internal import Synchronization
internal import Vocabulary

/// Notes what visitors may have been given before and would be given wrongly now: for content delivery networks.
///
/// What is to be changed is owed before the first byte travels, so that a run that is killed leaves a debt that is too large rather than none.
final class PurgeRecorder: DeployObserver {
    private struct Notes {
        /// What the plan replaces, or creates and is an index page: true where it is new.
        var planned: [Key: Bool] = [:]
        var changed = PurgeList()
    }

    private let notes = Mutex(Notes())
    private let prefix: Prefix
    private let purgesNew: Bool
    private let owe: @Sendable (PurgeList) -> Void

    /// - Parameters:
    ///   - prefix: the destination's folder.
    ///   - purgesNew: true where addresses of new files are purged, too.
    ///   - owe: is told what the plan would have purged, once.
    init(prefix: Prefix, purgesNew: Bool, owe: @escaping @Sendable (PurgeList) -> Void) {
        self.prefix = prefix
        self.purgesNew = purgesNew
        self.owe = owe
    }

    /// What was changed, or may have been.
    var changed: PurgeList { notes.withLock { $0.changed } }

    func note(_ event: DeployEvent) {
        switch event {
        case .planned(let plan):
            var debt = PurgeList()
            var planned: [Key: Bool] = [:]
            for upload in plan.uploads {
                let isNew = upload.replacedSize == nil
                planned[upload.file.path] = isNew
                debt.note(upload.file.path, isNew: isNew, purgesNew: purgesNew)
            }
            for update in plan.headerUpdates {
                planned[update.file.path] = false
                debt.note(update.file.path)
            }
            for object in plan.deletions { if let path = prefix.relative(object.key) { debt.note(path) } }
            notes.withLock { $0.planned = planned }
            if !debt.isEmpty { owe(debt) }
        // Begun is enough: a request whose answer was lost may have been carried out.
        case .started(let key, _): changed(key)
        // The manifest is in no plan.
        case .finished(.uploaded(let path, let reason, _, _)): changed(path, isNew: reason == .new)
        case .finished(.headersUpdated(let path)), .finished(.copied(let path, _, _)),
            .finished(.adopted(let path)):
            changed(path)
        case .finished(.deleted(let key)):
            if let path = prefix.relative(key) { notes.withLock { $0.changed.note(path) } }
        default: break
        }
    }

    private func changed(_ path: Key, isNew: Bool? = nil) {
        notes.withLock { notes in
            guard let isNew = notes.planned[path] ?? isNew else { return }
            notes.changed.note(path, isNew: isNew, purgesNew: purgesNew)
        }
    }
}
