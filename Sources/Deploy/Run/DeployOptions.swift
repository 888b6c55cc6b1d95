public import Bucket
public import Planning
public import S3
public import Vocabulary

/// What a deploy is asked to do, beyond where from and where to.
public struct DeployOptions: Sendable {
    /// What happens with the bucket's CORS rules before anything is sent.
    public enum CORSMode: Sendable, Hashable {
        /// Checked; insufficient rules stop the deploy.
        case check
        /// Checked; insufficient rules are a warning.
        case warn
        /// Checked, and set where they do not suffice.
        case setUp
        /// Neither read nor set.
        case off
    }

    /// The folder within the bucket.
    public var prefix: Prefix
    /// True where keys below the prefix that no file has are deleted.
    public var deletes: Bool
    /// The most that may be deleted.
    public var deleteLimit: PlanLimit
    /// The most objects that may be replaced by other content; nil for any number.
    public var overwriteLimit: PlanLimit?
    /// True where the run ends with the plan.
    public var isDryRun: Bool
    /// True where a bucket that does not exist is created first.
    public var createsBucket: Bool
    /// What happens with CORS.
    public var cors: CORSMode
    /// What the gallery needs of the bucket's CORS rules.
    public var corsNeeds: CORSNeeds
    /// What is left out of the deploy, and what of the bucket is none of its business.
    public var selection: Selection
    /// Folders in the bucket below `prefix` that other targets deploy to: what lies there is never deleted.
    public var foreignFolders: [Prefix]
    /// Files that this run itself uses, such as its configuration: never published, whatever their names.
    public var ownFiles: Set<FileStatus.Identity>
    /// True where a photo that cannot be rewritten safely fails instead of being sent as it is.
    public var strictExif: Bool
    /// True where photos that were deployed with a correction may be replaced by such without (`--clock-shift 0` says so).
    public var allowsUncorrected: Bool

    /// Where visitors find the deployed folder: what the configuration names, else the bucket's own address.
    public var visitorAddresses: [VisitorAddress] = []
    /// True where what visitors do not see as it was deployed is looked for in any case.
    public var checksPublic = false
    /// The headers that files are deployed with.
    public var headers: HeaderRules
    /// True where every object is asked for its headers; else they are compared where the local state has recorded them.
    public var checksHeaders: Bool

    /// True where every file is hashed anew, whatever the local state remembers of it.
    public var rehashes = false
    /// True where every picture of `derivatives` is made anew, and sent where another one comes of it, such as after an update of the library.
    public var rerenders = false
    /// True where no object is replaced: only files that the bucket has no object for are sent.
    public var ignoresExisting = false
    /// True where nobody said which region the bucket is in, so that the bucket is asked once.
    public var discoversRegion = false
    /// True where objects that were not deployed by this program are taken for deployed once they were read and hold the right bytes, and may be
    /// deleted.
    public var adopts: Bool

    /// How files are named in the bucket.
    public var naming = KeyNaming()
    /// What gives files other keys than their paths; nil where nothing does.
    public var layout: KeyLayout?
    /// What files must be to be sent.
    public var uploadRules = UploadRules()
    /// True where every photo is read for what it says, changed or not.
    public var readsAllPhotos = false
    /// The part of the gallery that is deployed.
    public var shard = Shard.whole
    /// True where a new file whose bytes the bucket has under another key is copied there on the server.
    public var copies = true
    /// True where objects are read and hashed to be compared, whatever tags and metadata say.
    public var readsObjects = false
    /// Where objects are kept before they are replaced or deleted; nil where they are not.
    public var trash: TrashPlace?
    /// When the run began, in nanoseconds since 1970: what is kept of it is found by that.
    public var began: Int64 = 0
    /// The manifest that is published last; nil for none.
    public var manifest: ManifestSetting?
    /// Where a manifest is published, by this run or another of the same destination: neither compared nor deleted; nil for nowhere.
    public var manifestPath: Key?
    /// The locks that keep a second run away from the destination while this one works.
    public var locks = LockOptions()
    /// The local state; nil where none is kept.
    public var state: StateOptions?
    /// The size of the parts that large files are sent in, in bytes.
    public var partSize = PartLayout.standardPartSize
    /// The most parts of one file that are on their way at once. A large file is bound by bandwidth, and each part costs a window of memory.
    public var partsAtOnce = 16
    /// The most content that is held in memory on its way, in bytes, all files together; a single stream may need more.
    public var bufferMemory: Int64 = 64_000_000
    /// After how long an upload in parts that a run of this state began and none completed is given up; nil for never.
    public var abortsIncompleteAfter: Duration? = .seconds(7 * 86_400)
    /// True where a dry run hashes everything that it would send, and tells of the plan to save.
    public var savesPlan = false
    /// The plan that is to be carried out, and no other.
    public var savedPlan: SavedPlan?
    /// Asks the run to end early.
    public var stop = DeployStop()

    /// Creates options.
    public init(
        prefix: Prefix, deletes: Bool, deleteLimit: PlanLimit, overwriteLimit: PlanLimit? = nil, isDryRun: Bool,
        createsBucket: Bool, cors: CORSMode,
        corsNeeds: CORSNeeds,
        selection: Selection, foreignFolders: [Prefix] = [], ownFiles: Set<FileStatus.Identity>, strictExif: Bool,
        allowsUncorrected: Bool, headers: HeaderRules = HeaderRules(), checksHeaders: Bool = false, adopts: Bool = false,
        state: StateOptions?
    ) {
        self.prefix = prefix
        self.deletes = deletes
        self.deleteLimit = deleteLimit
        self.overwriteLimit = overwriteLimit
        self.isDryRun = isDryRun
        self.createsBucket = createsBucket
        self.cors = cors
        self.corsNeeds = corsNeeds
        self.selection = selection
        self.foreignFolders = foreignFolders
        self.ownFiles = ownFiles
        self.strictExif = strictExif
        self.allowsUncorrected = allowsUncorrected
        self.headers = headers
        self.checksHeaders = checksHeaders
        self.adopts = adopts
        self.state = state
    }
}

extension DeployOptions {
    /// The most parts of one file that are on their way at once and fit into the memory allowed.
    var partsWithinMemory: Int { max(1, min(partsAtOnce, Int(bufferMemory / Upload.streamMemory))) }

    /// True where the SHA-256 of unchanged files is remembered, compared with what visitors get, saved in a plan, or becomes metadata.
    var keepsHashes: Bool {
        state != nil || manifest != nil || checksHeaders || adopts || readsObjects || savesPlan || savedPlan != nil || checksPublic
            || cors == .setUp
            || uploadRules.duplicates != .ignore
            || visitorAddresses.contains { $0.kind != .bucket }
    }

    /// True where no further work shall begin.
    var isStopping: Bool { Task.isCancelled || stop.isRequested }
}
