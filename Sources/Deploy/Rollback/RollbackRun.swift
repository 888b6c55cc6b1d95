internal import HTTP
public import Planning
public import S3
internal import Synchronization
public import Vocabulary

/// Makes a deployed folder again what it was at an earlier moment: by the versions that the bucket keeps, else by what the trash does.
public struct RollbackRun: Sendable {
    /// What a rollback is asked to do.
    public struct Options: Sendable {
        /// The folder within the bucket.
        public var prefix: Prefix
        /// The moment, in nanoseconds since 1970 by this machine's clock: what was written then or later is undone.
        public var moment: Int64
        /// When the rollback began, likewise.
        public var began: Int64
        /// Paths of which it is known that they had an object at that moment.
        public var replaced: Set<Key> = []
        /// Folders that other targets deploy to.
        public var foreignFolders: [Prefix] = []
        /// The trash; nil for none.
        public var trash: TrashPlace?
        /// The manifest's path, which is put back last; nil for none.
        public var manifest: Key?
        /// The most that may be deleted.
        public var deleteLimit: PlanLimit
        /// The locks.
        public var locks: LockOptions
        /// Headers that say who may read what is put back where nobody was told before.
        public var acl: String?

        /// Creates options.
        public init(prefix: Prefix, moment: Int64, began: Int64, deleteLimit: PlanLimit, locks: LockOptions) {
            self.prefix = prefix
            self.moment = moment
            self.began = began
            self.deleteLimit = deleteLimit
            self.locks = locks
        }
    }

    /// How one action ended.
    public enum Outcome: Sendable {
        /// It is what it was; its size in bytes.
        case restored(Key, size: Int64)
        /// It is gone, as it was.
        case deleted(Key)
        /// It stays as it is, because of this.
        case failed(Key, FailureCause)
    }

    let store: S3Client
    let options: Options
    let disk: DiskExecutor
    let stop: DeployStop
    let observer: any DeployObserver

    /// Prepares a rollback; nothing is asked or changed yet.
    public init(store: S3Client, options: Options, disk: DiskExecutor, stop: DeployStop, observer: any DeployObserver) {
        self.store = store
        self.options = options
        self.disk = disk
        self.stop = stop
        self.observer = observer
    }

    /// Plans, has the plan judged and confirmed, and carries it out, all under the destination's locks.
    ///
    /// - Parameters:
    ///   - confirm: is shown the plan, and answers whether it is to be carried out.
    ///   - each: is told each outcome.
    /// - Returns: The plan.
    public func run(
        confirm: (RollbackPlan) async throws(DeployError) -> Bool, each: (Outcome) -> Void
    ) async throws(DeployError) -> RollbackPlan {
        let destination = Destination(store: store, prefix: options.prefix)
        let local = try await LocalLocking(options.locks, of: destination, stop: stop, observer: observer).take()
        defer { local?.release() }
        guard options.locks.isRemote else { return try await unlockedRun(confirm, each) }
        let remote = RemoteLock(store: store, prefix: options.prefix, options: options.locks, stop: stop, observer: observer)
        try await remote.take()
        let result: Result<RollbackPlan, DeployError>
        do throws(DeployError) { result = .success(try await unlockedRun(confirm, each)) } catch { result = .failure(error) }
        if await !remote.release() { throw .lockLost }
        return try result.get()
    }

    private func unlockedRun(
        _ confirm: (RollbackPlan) async throws(DeployError) -> Bool, _ each: (Outcome) -> Void
    ) async throws(DeployError) -> RollbackPlan {
        let found = try await asking { () throws(S3Error) in try await store.versionKeeping() }
        var plan: RollbackPlan
        if found.state != .never {
            plan = try await asking { () throws(S3Error) in try await planned(fromVersionsOf: found.clockDifference) }
        } else if let trash = options.trash {
            plan = try await asking { () throws(S3Error) in try await planned(from: trash) }
        } else {
            throw .nothingKept
        }
        let all = plan
        plan = try await asking { () throws(S3Error) in try await withoutWhatIsSame(all) }
        if let refusal = plan.refusal(limit: options.deleteLimit) { throw .refused(refusal) }
        guard try await confirm(plan), !plan.isEmpty else { return plan }
        await carryOut(plan, keepsVersions: found.state == .enabled, each)
        return plan
    }

    private func asking<Answer>(_ question: () async throws(S3Error) -> Answer) async throws(DeployError) -> Answer {
        do throws(S3Error) { return try await question() } catch { throw .store(error) }
    }
}
