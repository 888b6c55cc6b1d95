/// The most that one deploy may delete.
public enum DeleteLimit: Sendable, Hashable {
    /// The larger of 10 objects and 25 % of the destination's keys.
    case standard
    /// A number of objects.
    case count(Int)
    /// A share of the destination's keys, in percent.
    case percent(Double)

    /// Parses `N` or `P%`; nil for anything else.
    public init?(_ text: String) {
        if text.hasSuffix("%") {
            guard let p = Double(text.dropLast()), p >= 0, p <= 100 else { return nil }
            self = .percent(p)
        } else {
            guard let n = Int(text), n >= 0 else { return nil }
            self = .count(n)
        }
    }

    /// How many of `remoteCount` keys may go.
    public func allowed(of remoteCount: Int) -> Int {
        switch self {
        case .standard: max(10, remoteCount / 4)
        case .count(let n): n
        case .percent(let p): Int(Double(remoteCount) * p / 100)
        }
    }
}

/// Why the plan's deletions are not carried out. Judged on the whole plan before the first byte travels.
public enum DeletionRefusal: Error, Sendable, Hashable, CustomStringConvertible {
    /// More deletions than the limit allows.
    case tooMany(planned: Int, allowed: Int, remote: Int)
    /// The source holds no file that could be deployed.
    case emptySource
    /// Part of the source could not be read, so a missing file may only be an unread one.
    case walkFailed(failures: Int)
    /// The bucket's listing was not in ascending order, so the merge may have missed pairs.
    case unsortedListing

    /// What was refused, why, and the way out.
    public var description: String {
        switch self {
        case .tooMany(let planned, let allowed, let remote):
            "refused: \(planned) of the \(remote) objects in the destination would be deleted, the limit is \(allowed). "
                + "Nothing was sent. If that many deletions are meant, say --max-delete \(planned); else check SOURCE and the prefix."
        case .emptySource:
            "refused: the source holds no file to deploy and --delete would empty the destination. Nothing was sent. "
                + "Check SOURCE; to empty a bucket on purpose use the store's own tools."
        case .walkFailed(let failures):
            "refused: \(failures) entries of the source could not be read, so files may look deleted that are not. "
                + "Nothing was deleted. Mend what is reported above and run again."
        case .unsortedListing:
            "refused: the server listed keys out of order, so deletions cannot be told safely. Nothing was deleted."
        }
    }
}

extension DeleteLimit {
    /// Judges the deletions of a whole plan; nil where they may go ahead.
    public func refusal(of plan: Plan, localCount: Int, walkFailures: Int, listingAscended: Bool) -> DeletionRefusal? {
        guard !plan.deletions.isEmpty else { return nil }
        if localCount == 0 { return .emptySource }
        if walkFailures > 0 { return .walkFailed(failures: walkFailures) }
        if !listingAscended { return .unsortedListing }
        let allowed = allowed(of: plan.remoteCount)
        return plan.deletions.count > allowed ? .tooMany(planned: plan.deletions.count, allowed: allowed, remote: plan.remoteCount) : nil
    }
}
