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

/// Why a plan is not carried out. Judged on the whole plan before the first byte travels.
public enum PlanRefusal: Error, Sendable, Hashable, CustomStringConvertible {
    /// More deletions than the limit allows.
    case tooManyDeletions(planned: Int, allowed: Int, remote: Int)
    /// The source holds no file that could be deployed: an unmounted disk, most likely.
    case emptySource
    /// Deletions are planned and the bucket's listing was not in ascending order, so the merge may have missed pairs.
    case unsortedListing

    /// What was refused, why, and the way out.
    public var description: String {
        switch self {
        case .tooManyDeletions(let planned, let allowed, let remote):
            "refused: \(planned) of the \(remote) objects in the destination would be deleted, the limit is \(allowed). "
                + "Nothing was sent. If that many deletions are meant, say --max-delete \(planned); else check SOURCE and the prefix."
        case .emptySource:
            "refused: the source holds no file to deploy. Nothing was sent. "
                + "Check SOURCE (is the disk mounted?); to empty a bucket on purpose use the store's own tools."
        case .unsortedListing:
            "refused: the server listed keys out of order, so what is to be deleted cannot be told safely. Nothing was sent. "
                + "Deploy without --delete."
        }
    }
}

extension DeleteLimit {
    /// Judges a whole plan; nil where it may go ahead.
    public func refusal(of plan: Plan, localCount: Int, listingAscended: Bool) -> PlanRefusal? {
        if localCount == 0 { return .emptySource }
        guard !plan.deletions.isEmpty else { return nil }
        if !listingAscended { return .unsortedListing }
        let allowed = allowed(of: plan.remoteCount)
        return plan.deletions.count > allowed
            ? .tooManyDeletions(planned: plan.deletions.count, allowed: allowed, remote: plan.remoteCount) : nil
    }
}
