public import Planning
public import S3
public import Vocabulary

/// The fold of all outcomes of a run. Nothing else is counted anywhere.
public struct DeployReport: Sendable {
    /// One failed path with its cause.
    public struct Failure: Sendable {
        /// The path, or the key, escaped for a terminal.
        public let path: String
        /// Why.
        public let cause: FailureCause
    }

    /// Files sent.
    public internal(set) var uploadedCount = 0
    /// Those of them that had no object before.
    public internal(set) var createdCount = 0
    /// Bytes deployed by them.
    public internal(set) var uploadedBytes: Int64 = 0
    /// Objects whose headers alone were replaced.
    public internal(set) var headerUpdateCount = 0
    /// Files that the bucket holds already.
    public internal(set) var unchangedCount = 0
    /// New files whose bytes were copied on the server.
    public internal(set) var copiedCount = 0
    /// Their bytes.
    public internal(set) var copiedBytes: Int64 = 0
    /// Objects from elsewhere that were found to hold the right bytes.
    public internal(set) var adoptedCount = 0
    /// Unchanged objects whose headers nobody knows.
    public internal(set) var unknownHeaderCount = 0
    /// Objects deleted.
    public internal(set) var deletedCount = 0
    /// What failed, in the order in which it did.
    public internal(set) var failures: [Failure] = []
    /// Entries left out, by reason.
    public internal(set) var excluded: [Exclusion: Int] = [:]
    /// Objects without a file, kept.
    public internal(set) var extraneousCount = 0
    /// Why the planned deletions were not carried out, though the rest was.
    public internal(set) var deletionsSkipped: Int = 0
    /// Actions of the plan that were not done, because the run was interrupted or came to its end before.
    public internal(set) var leftCount = 0
    /// The first few of their paths, or keys, escaped for a terminal.
    public internal(set) var left: [String] = []
    /// What ended the run before its end, because nothing else could have succeeded: it concerns the bucket, not a file.
    public internal(set) var fault: S3Error?
    /// True where the run was interrupted before the plan was made.
    public internal(set) var isWithoutPlan = false
    /// Photos that were sent with other bytes than their original's.
    public internal(set) var sentCorrectedCount = 0
    /// What is known of the photos that this run read, sent or not.
    public internal(set) var photos = PhotoTally()
    /// The pictures of `derivatives`; of a dry run, what would become of them.
    public internal(set) var derived = PictureTally()
    /// The plan, with the actions that were to be done.
    public internal(set) var plan = Plan()
    /// True where the source holds an `index.html` at its root.
    public internal(set) var hasIndexPage = false

    /// What was found deployed or sent, for the manifest; nil where none is published.
    var deployed: DeployedRows?

    /// What a visitor's check fetches.
    var samples = VisitorSamples()
    /// What visitors do not see as it was deployed.
    public internal(set) var visitorFaults: [VisitorFault] = []

    /// How many names of what was left undone are kept.
    private static let namesOfLeft = 5

    mutating func note(left key: Key) {
        leftCount += 1
        if left.count < Self.namesOfLeft { left.append(key.string.escapedForTerminal) }
    }

    mutating func fold(_ outcome: Outcome) {
        switch outcome {
        case .uploaded(_, let reason, let size, _):
            uploadedCount += 1
            if reason == .new { createdCount += 1 }
            uploadedBytes += size
        case .headersUpdated: headerUpdateCount += 1
        case .copied(_, _, let size):
            copiedCount += 1
            copiedBytes += size
        case .adopted: adoptedCount += 1
        case .deleted: deletedCount += 1
        case .failed(let path, let cause): failures.append(Failure(path: path, cause: cause))
        }
    }
}
