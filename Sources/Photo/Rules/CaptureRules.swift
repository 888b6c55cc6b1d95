public import Vocabulary

/// The ordered rules of a deploy; the first that matches a photo decides, and a photo that none matches stays as it is.
public struct CaptureRules: Sendable, Hashable {
    /// The rules, in order.
    public let rules: [CaptureRule]
    /// Absolute capture times by path, which stand above the rules' shifts.
    public let times: CaptureTimes

    /// Creates a list of rules.
    public init(_ rules: [CaptureRule] = [], times: CaptureTimes = CaptureTimes()) {
        self.rules = rules
        self.times = times
    }

    /// One rule for every photo: what `--clock-shift` and `--time-zone` say.
    public init(all correction: CaptureCorrection) {
        self.init(correction.isIdentity ? [] : [CaptureRule(correction: correction)])
    }

    /// True where no photo would ever be changed: photos need not be opened then.
    public var isIdentity: Bool { times.isEmpty && rules.allSatisfy(\.correction.isIdentity) }

    /// Which rule decides for a photo, and why each one before it does not (all of them where none matches).
    public func match(path: Key, _ photo: PhotoFacts) -> (index: Int?, mismatches: [CaptureRule.Mismatch]) {
        var mismatches: [CaptureRule.Mismatch] = []
        for (index, rule) in rules.enumerated() {
            guard let mismatch = rule.mismatch(path: path, photo) else { return (index, mismatches) }
            mismatches.append(mismatch)
        }
        return (nil, mismatches)
    }
}
