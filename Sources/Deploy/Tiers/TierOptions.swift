public import Planning
internal import S3
internal import Source
public import Vocabulary

/// Settings of a run over tiers.
public struct TierOptions: Sendable {
    /// By which time a file is old.
    public enum Basis: String, Sendable, Hashable, CaseIterable {
        /// When the file was last changed.
        case modified
        /// When it was last read, as far as the file system keeps that (`relatime` keeps a day).
        case accessed
        /// When the photo was taken, by the camera's clock; the file's last change where it tells nothing.
        case taken
        /// When the object was last written.
        case stored
    }

    /// The folder in the bucket.
    public var prefix: Prefix
    /// Which paths are looked at: those of a deploy.
    public var selection: Selection
    /// Which class what is in.
    public var rule: TierRule
    /// By which time a file is old.
    public var basis: Basis
    /// Whether cold files are dropped from the source.
    public var dropsLocal: Bool
    /// The most bytes that the source may hold of what is deployed; nil for any number: then every cold file is dropped.
    public var localLimit: Int64?
    /// How many objects are worked on at once.
    public var jobs: Int
    /// The local state; nil where none is kept.
    public var state: StateOptions?
    /// How others are kept from the destination meanwhile.
    public var locks: LockOptions
    /// The time of day in nanoseconds since 1970.
    public var now: @Sendable () -> Int64
    /// Ends the run early.
    public var stop: DeployStop

    /// Creates settings.
    public init(
        prefix: Prefix, selection: Selection, rule: TierRule, basis: Basis = .modified, dropsLocal: Bool = false, localLimit: Int64? = nil,
        jobs: Int = 8, state: StateOptions? = nil, locks: LockOptions = LockOptions(), now: @escaping @Sendable () -> Int64,
        stop: DeployStop = DeployStop()
    ) {
        self.prefix = prefix
        self.selection = selection
        self.rule = rule
        self.basis = basis
        self.dropsLocal = dropsLocal
        self.localLimit = localLimit
        self.jobs = max(1, jobs)
        self.state = state
        self.locks = locks
        self.now = now
        self.stop = stop
    }
}

/// What a run over tiers is going to do.
public struct TierPlan: Sendable {
    /// An object that gets another storage class.
    public struct ClassChange: Sendable, Hashable {
        /// The object.
        public let object: RemoteObject
        /// Its class now.
        public let from: String
        /// The class that it gets.
        public let to: String
    }

    /// A file that may be dropped.
    public struct Drop: Sendable, Hashable {
        /// Its path below the source.
        public let path: Key
        /// Its status when it was looked at.
        public let status: FileStatus
        /// Its object.
        public let object: RemoteObject
        /// Its age in seconds.
        public let age: Int64
    }

    /// Objects that get another class, in key order.
    public var classChanges: [ClassChange] = []
    /// Files to be dropped: cold ones whose object is as large as they are. Whether it holds their bytes is found out when they are; where it does
    /// not, the next of the candidates goes in their place.
    public var drops: [Drop] = []
    /// Whatever may be dropped, in the order in which it is.
    public var candidates: [Drop] = []
    /// How many bytes are to leave the source; nil for all that may.
    public var toFree: Int64?
    /// How many objects stay in their class.
    public var staying = 0
    /// How many files were dropped earlier.
    public var dropped = 0
    /// What the source holds of what is deployed, in bytes.
    public var localBytes: Int64 = 0

    /// True where there is nothing to do.
    public var isEmpty: Bool { classChanges.isEmpty && drops.isEmpty }
}

/// What became of one object or file.
public enum TierOutcome: Sendable {
    /// The object has its class.
    case changed(TierPlan.ClassChange)
    /// It has not, and why.
    case notChanged(TierPlan.ClassChange, String)
    /// The file was removed here; its bytes are in the bucket.
    case dropped(TierPlan.Drop)
    /// The file stays, and why.
    case kept(TierPlan.Drop, DropRefusalWords)
    /// A dropped file is back.
    case restored(Key, size: Int64)
    /// It is not, and why.
    case notRestored(Key, String)
    /// Its file was there already, as it was dropped or another: the ledger forgets it.
    case forgotten(Key)
}

/// Why a file stays, and whether that is a fault: a photo that was corrected on its way never goes, and that is as it should be.
public struct DropRefusalWords: Sendable, Hashable {
    /// Why.
    public let words: String
    /// True where something is wrong.
    public let isFault: Bool
}
