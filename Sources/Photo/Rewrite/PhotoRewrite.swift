public import Vocabulary

/// What became of one photo: the bytes to deploy, and all that a report says about them.
public struct PhotoRewrite: Sendable {
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

    /// True where the offset was asked for and is not written, though the photo may be changed otherwise.
    public var isPartial: Bool {
        warnings.contains {
            if case .offsetLeftOut = $0 { true } else { false }
        }
    }
}
