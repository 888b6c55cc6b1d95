public import Planning
internal import S3
public import Vocabulary

/// An object that is to become a file.
public struct PulledFile: Sendable {
    /// The object.
    public let object: RemoteObject
    /// The file's path below the folder.
    public let path: Key
    /// Why: `new` where there is no such file, else in what it differs.
    public let reason: UploadReason
    /// What was asked of the object already.
    let head: ObjectHead?
}

/// What a pull is going to do.
public struct PullPlan: Sendable {
    /// The objects to write, in key order.
    public internal(set) var files: [PulledFile] = []
    /// Files that no object has, in key order; removed only where that was asked for.
    public internal(set) var extraneous: [LocalFile] = []
    /// What cannot be pulled, or compared, and why.
    public internal(set) var failures: [(path: String, cause: String)] = []
    /// How many files are as their objects.
    public internal(set) var unchangedCount = 0
    /// How many files there are.
    public internal(set) var localCount = 0
    /// How many objects there are.
    public internal(set) var remoteCount = 0
    /// False where the server listed out of order, or a folder could not be read: then it is not known what is extraneous.
    public internal(set) var isWhole = true

    /// The files that would be replaced.
    public var replacedCount: Int { files.count { $0.reason != .new } }
}
