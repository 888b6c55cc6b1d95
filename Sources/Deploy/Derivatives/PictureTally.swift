internal import Planning
internal import Vocabulary

/// Counts over the pictures that a run was to make by the settings' `derivatives`. Each is counted once; those that an interruption left are not.
public struct PictureTally: Sendable, Hashable {
    /// Those that were made: they were sent, or are what their objects hold already (`--rerender`).
    public internal(set) var madeCount = 0
    /// Those whose objects were made of the same photos in the same way: nothing was made, whatever became of their headers.
    public internal(set) var keptCount = 0
    /// Those that could not be made or sent.
    public internal(set) var failedCount = 0

    /// Creates a tally of nothing.
    public init() {}

    /// True where there was no picture to make.
    public var isEmpty: Bool { self == PictureTally() }

    /// Notes a file that needs no sending; `isMade` where it was made to find that out. Files that are no pictures do not count, here and below.
    mutating func noteUnsent(_ file: LocalFile, isMade: Bool) {
        guard file.derivative != nil else { return }
        if isMade { madeCount += 1 } else { keptCount += 1 }
    }

    /// Notes a file of which nothing is sent because of a fault.
    mutating func noteFailure(_ file: LocalFile) {
        if file.derivative != nil { failedCount += 1 }
    }

    /// Notes how an action for a file ended; `isMade` where pictures were all made before it began.
    mutating func note(_ file: LocalFile, _ outcome: Outcome, isMade: Bool) {
        switch outcome {
        case .uploaded: if file.derivative != nil { madeCount += 1 }
        case .failed: noteFailure(file)
        case .headersUpdated, .copied, .adopted, .deleted: noteUnsent(file, isMade: isMade)
        }
    }

    /// Notes what a dry run leaves undone, as if it had succeeded.
    mutating func note(planned plan: Plan, isMade: Bool) {
        for upload in plan.uploads where upload.file.derivative != nil { madeCount += 1 }
        for update in plan.headerUpdates { noteUnsent(update.file, isMade: isMade) }
    }
}
