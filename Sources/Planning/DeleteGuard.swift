public import Vocabulary

/// Why a plan is not carried out. Judged on the whole plan before the first byte travels.
public enum PlanRefusal: Error, Sendable, Hashable, CustomStringConvertible {
    /// More deletions than the limit allows.
    case tooManyDeletions(planned: Int, allowed: Int, remote: Int)
    /// More objects would be replaced by other content than the limit allows.
    case tooManyOverwrites(planned: Int, allowed: Int, remote: Int)
    /// The source was moved away, removed or unmounted while it was read.
    case vanishedSource
    /// The source's disk, or the server of its network drive, does not answer; the path below the source that stood still first, escaped.
    case stalledSource(String)
    /// The source holds no file that could be deployed: an unmounted disk, most likely.
    case emptySource
    /// Objects would be deleted that this program did not deploy; their keys, in order.
    case foreignDeletions([Key])
    /// Files whose names in the bucket would be the same: pairs of paths in the source, and what makes them so.
    case collidingNames([[Key]], by: KeyNaming)
    /// Files that a layout or a map gives the same key.
    case collidingKeys([Collision])
    /// Pictures of `derivatives` whose keys are those of others.
    case collidingPictures([PictureCollision])
    /// The source has a file where the manifest is to be published.
    case manifestInSource(Key)
    /// Deletions are planned and the bucket's listing was not in ascending order, so the merge may have missed pairs.
    case unsortedListing
    /// It cannot be read which files were dropped from the source and lie in the bucket only; why.
    case unknownDropped(String)

    /// Two files that would become one object.
    public struct Collision: Sendable, Hashable {
        /// The first file's path in the source.
        public let first: Key
        /// The other's.
        public let second: Key
        /// The key of both, below the prefix.
        public let key: Key

        /// Creates a collision.
        public init(_ first: Key, _ second: Key, key: Key) {
            self.first = first
            self.second = second
            self.key = key
        }
    }

    /// What was refused, why, and the way out.
    public var description: String {
        switch self {
        case .tooManyDeletions(let planned, let allowed, let remote):
            "refused: \(planned) of the \(remote) objects in the destination would be deleted, the limit is \(allowed). "
                + "Nothing was sent. If that many deletions are meant, say --max-delete \(planned); else check SOURCE and the prefix."
        case .tooManyOverwrites(let planned, let allowed, let remote):
            "refused: \(planned) of the \(remote) objects in the destination would be replaced by other content, the limit is \(allowed). "
                + "Nothing was sent. If that many changes are meant, say --max-overwrite \(planned); else look at what changed with --dry-run."
        case .vanishedSource:
            "refused: the source was moved, removed or unmounted while it was read. Nothing was sent. Check SOURCE and run again."
        case .stalledSource(let path):
            "refused: the source stands still (\(path.isEmpty ? "its own folder" : path)): its disk or network drive does not answer. "
                + "Nothing was sent. Look after that and run again."
        case .emptySource:
            "refused: the source holds no file to deploy. Nothing was sent. "
                + "Check SOURCE (is the disk mounted?); to empty a bucket on purpose use the store's own tools."
        case .foreignDeletions(let keys):
            "refused: \(keys.count) of the objects that would be deleted \(keys.count == 1 ? "was" : "were") not deployed by this program, "
                + "their metadata has no sha256: \(keys.prefix(3).map { $0.string.escapedForTerminal }.joined(separator: ", "))"
                + (keys.count > 3 ? ", …" : "")
                + ". Nothing was sent. If they are to go, say --adopt; else exclude them, or deploy below a prefix of its own."
        case .collidingNames(let pairs, let naming):
            "refused: with \(naming.words), \(pairs.count == 1 ? "two files" : "\(pairs.count) pairs of files") would become one object each: "
                + pairs.prefix(3).map { $0.map { $0.string.escapedForTerminal }.joined(separator: " and ") }.joined(separator: "; ")
                + (pairs.count > 3 ? "; …" : "") + ". Nothing was sent. Rename or exclude one of each."
        case .collidingKeys(let pairs):
            "refused: \(pairs.count == 1 ? "two files" : "\(pairs.count) pairs of files") would have the same key: "
                + pairs.prefix(3).map { pair in
                    [pair.first, pair.second].map { $0.string.escapedForTerminal }.joined(separator: " and ") + " → "
                        + pair.key.string.escapedForTerminal
                }.joined(separator: "; ")
                + (pairs.count > 3 ? "; …" : "")
                + ". Nothing was sent. Write something into the layout that tells them apart, such as {stem}, {index} or {sha256:8}, or exclude one."
        case .collidingPictures(let collisions): Self.words(collisions)
        case .manifestInSource(let path):
            "refused: the source holds \(path.string.escapedForTerminal), where the manifest is to be published. Nothing was sent. "
                + "Give the manifest another name, or exclude the file."
        case .unsortedListing:
            "refused: the server listed keys out of order, so what is to be deleted cannot be told safely. Nothing was sent. "
                + "Deploy without --delete."
        case .unknownDropped(let words): "refused: \(words) Nothing was sent."
        }
    }
}

extension KeyNaming {
    /// The settings, as the command line says them.
    fileprivate var words: String {
        [letterCase == .keep ? nil : "--key-case \(letterCase.rawValue)", spelling == .keep ? nil : "--unicode \(spelling.rawValue)"]
            .compactMap(\.self).joined(separator: " and ")
    }
}

extension PlanLimit {
    /// Judges the deletions of a whole plan; nil where it may go ahead.
    public func refusal(of plan: Plan, localCount: Int, listingAscended: Bool) -> PlanRefusal? {
        if localCount == 0 { return .emptySource }
        guard !plan.deletions.isEmpty else { return nil }
        if !listingAscended { return .unsortedListing }
        let allowed = allowed(of: plan.remoteCount)
        return plan.deletions.count > allowed
            ? .tooManyDeletions(planned: plan.deletions.count, allowed: allowed, remote: plan.remoteCount) : nil
    }

    /// Judges how many objects a plan would replace by other content; nil where it may go ahead.
    public func overwriteRefusal(of plan: Plan) -> PlanRefusal? {
        let planned = plan.uploads.count { $0.replacedSize != nil }
        let allowed = allowed(of: plan.remoteCount)
        return planned > allowed ? .tooManyOverwrites(planned: planned, allowed: allowed, remote: plan.remoteCount) : nil
    }
}
