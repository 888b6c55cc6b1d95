internal import Digest
internal import Photo
public import Planning
public import S3
public import Source
public import Vocabulary

/// One way in which the bucket is not as the source would be deployed.
public enum Difference: Sendable, Hashable {
    /// A file has no object.
    case missing(Key)
    /// The object holds other bytes than its file; `unverified` where nothing tells.
    case different(Key, UploadReason)
    /// The object has other headers than it would be deployed with.
    case headers(Key)
    /// An object has no file.
    case extra(Key)

    /// The object's key.
    public var key: Key {
        switch self {
        case .missing(let key), .different(let key, _), .headers(let key), .extra(let key): key
        }
    }
}

/// What a verification found.
public struct VerifyReport: Sendable {
    /// The differences, in key order.
    public let differences: [Difference]
    /// What could not be compared.
    public let failures: [DeployReport.Failure]
    /// How many files are in the bucket as they would be deployed.
    public let sameCount: Int
    /// True where the run was interrupted before everything was compared.
    public let isInterrupted: Bool
}

/// Compares everything and writes nothing: neither to the bucket nor to a local state, of which nothing is believed either.
public struct VerifyRun: Sendable {
    private let settling: Settling
    private let options: DeployOptions
    private let disk: DiskExecutor
    private let observer: any DeployObserver

    /// Prepares a verification. Of `options` only what says what is compared is looked at; with `isDeep` every object is read and hashed.
    public init(
        _ reader: ContentReader, against store: S3Client, options: DeployOptions, isDeep: Bool, disk: DiskExecutor,
        observer: any DeployObserver
    ) {
        var options = options
        options.state = nil
        options.deletes = true
        options.isDryRun = true
        options.checksHeaders = true
        options.ignoresExisting = false
        self.options = options
        self.disk = disk
        self.observer = observer
        let reader = reader.coding(by: options.headers)
        settling = Settling(
            reader: reader, store: store, photoGuard: PhotoGuard(recipe: String(reader.photoRecipe.hex.prefix(32)), allowsDropping: true),
            strictExif: options.strictExif, headers: DeployedHeaders(options.headers, in: reader.folder),
            photoDigests: PhotoDigests(derivativeCount: reader.maker?.derivatives.count ?? 0), checksHeaders: true,
            // What neither tag nor metadata tells is read: to say "different" of what may be the same would be wrong.
            adopts: true, readsObjects: isDeep, readsAllPhotos: false, now: { 0 }, disk: disk)
    }

    /// Runs to the end. Throws where nothing could be compared.
    public func run() async throws(DeployError) -> VerifyReport {
        let state = StateSession(nil, observer: observer)
        let surveyed = try await Survey(settling: settling, state: state, options: options, disk: disk, observer: observer).run()
        if let refusal = surveyed.droppedRefusal { throw .refused(refusal) }
        if surveyed.localCount == 0, surveyed.dropped.ledgerCount == 0 { throw .refused(.emptySource) }
        let plan = surveyed.plan
        var differences: [Difference] = plan.uploads.map { upload in
            let key = options.prefix.key(for: upload.file.path)
            return upload.reason == .new ? .missing(key) : .different(key, upload.reason)
        }
        // An object that was read and found the same lacks only our metadata, which is no difference.
        let drifted = plan.headerUpdates.filter { !$0.isAdoption }
        differences += drifted.map { .headers($0.object.key) } + plan.deletions.map { .extra($0.key) }
        var report = DeployReport()
        for outcome in surveyed.outcomes { report.fold(outcome) }
        return VerifyReport(
            differences: differences.sorted { $0.key < $1.key }, failures: report.failures,
            sameCount: plan.unchangedCount + plan.headerUpdates.count - drifted.count, isInterrupted: Task.isCancelled)
    }
}
