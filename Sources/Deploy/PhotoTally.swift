internal import Photo
public import Vocabulary

/// Counts over the photos that a run read.
public struct PhotoTally: Sendable {
    /// Photos deployed with other metadata than their original's.
    public internal(set) var correctedCount = 0
    /// Photos that could not be rewritten safely and are deployed as they are, with the reason.
    public internal(set) var refused: [(path: Key, reason: String)] = []
    /// Warnings about photos, with their path.
    public internal(set) var warnings: [(path: Key, text: String)] = []

    mutating func fold(_ note: PhotoNote, originalSize: Int64) {
        if let refusal = note.rewrite.refusal {
            refused.append((note.path, refusal.description))
        } else if !note.rewrite.splice.isIdentity(originalSize: originalSize) {
            correctedCount += 1
        }
        for warning in note.rewrite.warnings { warnings.append((note.path, warning.description)) }
    }
}
