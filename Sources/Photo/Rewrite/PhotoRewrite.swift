public import Vocabulary

/// What became of one photo: the bytes to deploy, and all that a report says about them.
///
/// A class: it is large, and files that are no photos leave room for it, too.
public final class PhotoRewrite: Sendable {
    /// The content to deploy: edits in memory, the rest as ranges of the file.
    public let splice: Splice
    /// How it came about.
    public let method: PhotoMethod
    /// What the photo said before.
    public let facts: PhotoFacts
    /// Its capture time now.
    public let timeAfter: CaptureTime?
    /// Its offset now.
    public let offsetAfter: UTCOffset?
    /// The rule that decided, nil where none did; counted from 0.
    public let rule: Int?
    /// Why each rule in front of it did not match (all rules where none matched).
    public let mismatches: [CaptureRule.Mismatch]
    /// The capture time came from a table of absolute times.
    public let usedTable: Bool
    /// What else there is to know.
    public let warnings: [PhotoWarning]
    /// Why the capture time was not changed although a change was asked for. The splice is the whole file then, but for what privacy removed.
    public let refusal: Refusal?
    /// Privacy removed something.
    public let isRedacted: Bool
    /// Where something that privacy was to remove may remain; a photo with a certain gap should not be published.
    public let gaps: [PrivacyGap]

    init(
        splice: Splice, method: PhotoMethod, facts: PhotoFacts, timeAfter: CaptureTime?, offsetAfter: UTCOffset?, rule: Int?,
        mismatches: [CaptureRule.Mismatch], usedTable: Bool, warnings: [PhotoWarning], refusal: Refusal?, isRedacted: Bool,
        gaps: [PrivacyGap]
    ) {
        self.splice = splice
        self.method = method
        self.facts = facts
        self.timeAfter = timeAfter
        self.offsetAfter = offsetAfter
        self.rule = rule
        self.mismatches = mismatches
        self.usedTable = usedTable
        self.warnings = warnings
        self.refusal = refusal
        self.isRedacted = isRedacted
        self.gaps = gaps
    }

    /// True where the offset was asked for and is not written, though the photo may be changed otherwise.
    public var isPartial: Bool {
        warnings.contains {
            if case .offsetLeftOut = $0 { true } else { false }
        }
    }
}
