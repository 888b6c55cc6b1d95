internal import Planning
internal import Source
internal import Vocabulary

/// What the walk could not read: nobody knows what lies there, and so no object there is without a file.
struct Unlisted: Sendable {
    private var folders: [[UInt8]] = []
    private var stalled: [[UInt8]] = []

    /// Notes what could not be walked.
    mutating func note(_ failure: WalkFailure) {
        if case .stalled = failure.cause { stalled.append(failure.path) } else { folders.append(failure.path) }
    }

    /// True where an object's path, below the prefix, may be that of a file that was not met. Where keys are not the files' paths any may be.
    func hides(_ path: Key, isRenamed: Bool) -> Bool {
        if folders.isEmpty, stalled.isEmpty { return false }
        return isRenamed || folders.contains { path.bytes.lies(below: $0) }
            || stalled.contains { path.bytes == $0 || path.bytes.lies(below: $0) }
    }
}

extension [UInt8] {
    /// True where a path lies below `folder`; "" is the source.
    fileprivate func lies(below folder: [UInt8]) -> Bool {
        folder.isEmpty || count > folder.count && starts(with: folder) && self[folder.count] == UInt8(ascii: "/")
    }
}

extension SourceFolder {
    /// Refuses what would be made of a source that stands still.
    var stalledRefusal: PlanRefusal { .stalledSource(String(decoding: firstStall ?? [], as: UTF8.self).escapedForTerminal) }
}
