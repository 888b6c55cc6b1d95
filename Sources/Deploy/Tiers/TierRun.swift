internal import Planning
public import S3
public import Source
internal import State
public import Vocabulary

/// Why a run over tiers does nothing.
public enum TierFault: Error, Sendable {
    /// The destination's lock is held, and the like.
    case deploy(DeployError)
    /// Another run over tiers works on the source.
    case busySource
    /// What was dropped is not known.
    case ledger(LedgerFault)
    /// The ledger cannot be written.
    case system(SystemCause)
    /// The bucket did not answer.
    case store(S3Error)
    /// The local state failed.
    case state(String)
}

/// One run over tiers: what is cold moves to the cold class, and, where that is asked for, leaves the source.
public struct TierRun: Sendable {
    private let folder: SourceFolder
    private let store: S3Client
    private let options: TierOptions
    private let disk: DiskExecutor
    private let observer: any DeployObserver

    /// Prepares a run; nothing is read or written yet.
    public init(_ folder: SourceFolder, in store: S3Client, options: TierOptions, disk: DiskExecutor, observer: any DeployObserver) {
        self.folder = folder
        self.store = store
        self.options = options
        self.disk = disk
        self.observer = observer
    }

    /// What would be done. Writes nothing.
    public func plan() async throws(TierFault) -> TierPlan {
        do { return try await TierSurvey(folder: folder, store: store, options: options).run() } catch { throw TierFault(error) }
    }

    /// Does it, and tells what became of everything.
    public func apply(_ note: (TierOutcome) -> Void) async throws(TierFault) -> TierPlan {
        let lock = try await lock()
        defer { lock?.release() }
        do {
            let plan = try await TierSurvey(folder: folder, store: store, options: options).run()
            await change(plan.classChanges, note)
            if !plan.candidates.isEmpty {
                let lifespan = try await Lifespan(of: store)
                try await DropRun(folder: folder, store: store, options: options, disk: disk, lifespan: lifespan).run(
                    plan.candidates, toFree: plan.toFree, note)
            }
            return plan
        } catch {
            throw TierFault(error)
        }
    }

    /// Brings dropped files back: those whose path `isWanted`.
    public func promote(_ isWanted: (Key) -> Bool, _ note: (TierOutcome) -> Void) async throws(TierFault) {
        let lock = try await lock()
        defer { lock?.release() }
        do {
            try await PromoteRun(folder: folder, store: store, options: options, disk: disk).run({ isWanted($0.path) }, note)
        } catch {
            throw TierFault(error)
        }
    }

    /// No deploy works on the destination meanwhile, and no other run on the source's ledger.
    private func lock() async throws(TierFault) -> LocalLock? {
        let destination = Destination(store: store, prefix: options.prefix)
        let lock: LocalLock?
        do throws(DeployError) {
            lock = try await LocalLocking(options.locks, of: destination, stop: options.stop, observer: observer).take()
        } catch {
            throw .deploy(error)
        }
        guard folder.lockLedger() else {
            lock?.release()
            throw .busySource
        }
        return lock
    }

    private func change(_ changes: [TierPlan.ClassChange], _ note: (TierOutcome) -> Void) async {
        let work = StorageClassChange(store: store)
        var records: [(TierPlan.ClassChange, ETag?)] = []
        _ = await runBounded(
            changes, limit: PoolLimit(count: { options.jobs }, weight: .max), weight: { _ in 0 }, on: disk,
            isOpen: { !options.stop.isRequested },
            { change -> (TierPlan.ClassChange, Result<ETag?, StorageClassChange.Refusal>) in
                let result: Result<ETag?, StorageClassChange.Refusal>
                do throws(StorageClassChange.Refusal) { result = .success(try await work.run(change)) } catch { result = .failure(error) }
                return (change, result)
            }
        ) { change, result in
            switch result {
            case .success(let etag):
                records.append((change, etag))
                note(.changed(change))
            case .failure(.words(let words)): note(.notChanged(change, words))
            case .failure(.store(let error)): note(.notChanged(change, error.description))
            }
        }
        remember(records)
    }

    /// Lets the local state know the objects by their new tags, so that the next deploy asks nothing. It is a cache: a fault of it is none here.
    private func remember(_ changes: [(change: TierPlan.ClassChange, etag: ETag?)]) {
        guard let state = options.state, !changes.isEmpty, let database = try? StateDatabase(at: state.path, of: state.location),
            let reader = try? StateReader(database)
        else { return }
        let writer = StateWriter(database)
        for (change, etag) in changes.sorted(by: { $0.change.object.key < $1.change.object.key }) {
            guard let path = options.prefix.relative(change.object.key), var record = try? reader.object(at: path, passing: { _ in }),
                record.holds(for: change.object)
            else { continue }
            record.etag = etag
            // The time of the copy is adopted from the next listing.
            record.lastModified = nil
            writer.record(.object(key: path, record))
        }
        _ = writer.finish()
    }
}

extension TierFault {
    fileprivate init(_ error: any Error) {
        switch error {
        case let error as TierFault: self = error
        case let error as LedgerFault: self = .ledger(error)
        case let error as SystemCause: self = .system(error)
        case let error as S3Error: self = .store(error)
        case let error as StateError: self = .state(error.description)
        case let error as FilterFault: self = .deploy(.filter(error))
        default: self = .state("\(error)")
        }
    }
}
