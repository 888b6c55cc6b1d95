internal import Planning
internal import Source
internal import State
internal import Vocabulary

/// What is known to have been dropped from the source: its objects are all that is left of it.
struct KnownDropped: Sendable {
    /// The paths, of the ledger in the source and of the local state.
    var paths: Set<Key> = []
    /// How many the ledger names.
    var ledgerCount = 0
    /// Why the ledger cannot be read: then nobody knows.
    var fault: LedgerFault?
}

extension Survey {
    /// Reads both places that know what was dropped.
    func knownDropped() -> KnownDropped {
        var known = KnownDropped(paths: Set(state.droppedPaths()))
        do throws(LedgerFault) {
            let ledger = try settling.reader.folder.droppedLedger()
            known.ledgerCount = ledger.files.count
            known.paths.formUnion(ledger.paths)
        } catch {
            known.fault = error
        }
        return known
    }

    /// Takes out of the plan what was dropped while the source was walked: a file is written down before it goes, so that whoever missed it finds it
    /// in the ledger afterwards.
    func spareDropped(_ surveyed: inout Surveyed) {
        guard !surveyed.plan.deletions.isEmpty else { return }
        let now = knownDropped()
        surveyed.dropped.paths.formUnion(now.paths)
        surveyed.dropped.fault = surveyed.dropped.fault ?? now.fault
        let paths = surveyed.dropped.paths
        func isDropped(_ object: RemoteObject) -> Bool { options.prefix.relative(object.key).map { paths.contains($0) } ?? false }
        let before = surveyed.plan.deletions.count
        surveyed.plan.deletions.removeAll(where: isDropped)
        surveyed.unprovenDeletions.removeAll(where: isDropped)
        surveyed.plan.droppedCount += before - surveyed.plan.deletions.count
    }
}

extension Surveyed {
    /// Refuses deletions where it is not known what was dropped.
    var droppedRefusal: PlanRefusal? {
        guard let fault = dropped.fault, !plan.deletions.isEmpty else { return nil }
        return .unknownDropped(fault.description)
    }
}
