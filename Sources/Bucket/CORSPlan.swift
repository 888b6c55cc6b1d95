public import Vocabulary

/// What is to become of a bucket's rules.
public struct CORSPlan: Sendable, Hashable {
    /// What happens to one rule.
    public enum Change: Sendable, Hashable {
        /// It stays as it is.
        case kept(CORSRule)
        /// It is new.
        case added(CORSRule)
        /// Ours takes new values.
        case changed(from: CORSRule, to: CORSRule)
        /// It goes.
        case removed(CORSRule)
    }

    /// The rules as they are.
    public let before: [CORSRule]
    /// The rules to put, in order.
    public let rules: [CORSRule]
    /// The changes, in the order of `rules`, then what is removed.
    public let changes: [Change]
    /// The rule that ours had to be put before, because it would answer in its place; nil where the order did not have to change.
    public let movedBefore: CORSRuleName?
    /// Foreign rules that, on a server that looks at origins only, no longer answer for some origin, because ours comes first.
    public let overshadowed: [CORSRuleName]

    /// True where there is nothing to put.
    public var isEmpty: Bool { rules == before }
}

/// Why there is no plan.
public enum CORSPlanError: Error, Sendable, Hashable {
    /// The rules would be more than S3's 100; how many are there already.
    case tooManyRules(Int)
}

extension CORSPlanError: CustomStringConvertible {
    /// What failed, why, and what to do next.
    public var description: String {
        switch self {
        case .tooManyRules(let count):
            "the bucket has \(count) CORS rules already and S3 takes at most \(CORSMerge.maximumRules): no rule for the gallery can be added."
                + " Remove one, or replace all of them with --cors-replace."
        }
    }
}
