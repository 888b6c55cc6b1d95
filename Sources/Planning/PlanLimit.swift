/// The most objects that one deploy may delete, or replace.
public enum PlanLimit: Sendable, Hashable {
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
