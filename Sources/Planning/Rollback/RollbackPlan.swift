public import Vocabulary

/// What is to be undone, so that a bucket is again what it was at an earlier moment.
public struct RollbackPlan: Sendable, Hashable {
    /// An object that becomes what it was.
    public struct Restore: Sendable, Hashable {
        /// Its path below the deployed folder.
        public let path: Key
        /// Where that is kept.
        public let source: Kept
        /// The size in bytes of what it becomes.
        public let size: Int64
        /// True where there is an object that is replaced.
        public let replaces: Bool

        /// Creates a restore.
        public init(path: Key, source: Kept, size: Int64, replaces: Bool) {
            self.path = path
            self.source = source
            self.size = size
            self.replaces = replaces
        }
    }

    /// Where an earlier object is kept.
    public enum Kept: Sendable, Hashable {
        /// As a version of its key, by its name.
        case version(String)
        /// As another object: its whole key.
        case object(Key)
    }

    /// What is put back, in key order.
    public var restores: [Restore] = []
    /// The paths of objects that were not there, in key order.
    public var deletions: [Key] = []
    /// The paths of objects that were replaced and of which nothing was kept, in key order.
    public var lost: [Key] = []
    /// How many objects are what they were.
    public var unchangedCount = 0
    /// How many objects there are.
    public var remoteCount = 0

    /// An empty plan.
    public init() {}

    /// True where nothing is to be undone.
    public var isEmpty: Bool { restores.isEmpty && deletions.isEmpty }
}

/// A version of a key, as far as a rollback judges it.
public struct KeptVersion: Sendable, Hashable {
    /// Its name; nil for the mark of a deletion.
    public let id: String?
    /// When it was written, in milliseconds since 1970 by the server's clock.
    public let written: Int64
    /// The size in bytes.
    public let size: Int64

    /// Creates a version.
    public init(id: String?, written: Int64, size: Int64) {
        self.id = id
        self.written = written
        self.size = size
    }
}

extension RollbackPlan {
    /// Judges one key by its versions, the latest first, for the moment `before` (milliseconds since 1970).
    ///
    /// | now | before the moment | verdict |
    /// |---|---|---|
    /// | a version | the same | unchanged |
    /// | another, or deleted | a version | restore |
    /// | a version | deleted, or there was none | delete |
    /// | a version | no version, and it is known that there was an object | lost |
    /// | deleted | deleted, or there was none | nothing |
    ///
    /// - Parameter wasReplaced: true where it is known that there was an object at that moment.
    public mutating func judge(_ path: Key, versions: [KeptVersion], before moment: Int64, wasReplaced: Bool) {
        guard let now = versions.first else { return }
        if now.id != nil { remoteCount += 1 }
        let then = versions.first { $0.written < moment }
        if let then, let id = then.id {
            if now.id == id {
                unchangedCount += 1
            } else {
                restores.append(Restore(path: path, source: .version(id), size: then.size, replaces: now.id != nil))
            }
            return
        }
        guard now.id != nil || wasReplaced else { return }
        if then == nil, wasReplaced { lost.append(path) } else { deletions.append(path) }
    }

    /// Judges one key by what earlier runs kept: the first run after the moment that touched it tells what was there.
    ///
    /// - Parameters:
    ///   - first: what that run kept of it; nil where it created the object.
    ///   - isThere: true where there is an object now.
    public mutating func judge(_ path: Key, keptFirst first: (key: Key, size: Int64)?, isThere: Bool) {
        if let first {
            restores.append(Restore(path: path, source: .object(first.key), size: first.size, replaces: isThere))
        } else if isThere {
            deletions.append(path)
        }
    }

    /// Judges the deletions; nil where it may go ahead.
    public func refusal(limit: PlanLimit) -> PlanRefusal? {
        let allowed = limit.allowed(of: remoteCount)
        return deletions.count > allowed ? .tooManyDeletions(planned: deletions.count, allowed: allowed, remote: remoteCount) : nil
    }
}
