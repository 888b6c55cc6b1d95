/// What `stat` says of a file: enough to notice that it is another one, or was written to.
public struct FileStatus: Sendable, Hashable {
    /// The size in bytes.
    public let size: Int64
    /// The time of the last change of content, in nanoseconds since 1970.
    public let modified: Int64
    /// The time of the last change of content or status, in nanoseconds since 1970. No program can set it back.
    public let changed: Int64
    /// The inode's number.
    public let inode: UInt64
    /// The device that holds the inode.
    public let device: UInt64

    /// Creates a status from `stat`'s fields.
    public init(size: Int64, modified: Int64, changed: Int64, inode: UInt64, device: UInt64) {
        self.size = size
        self.modified = modified
        self.changed = changed
        self.inode = inode
        self.device = device
    }
}

extension FileStatus {
    /// Which file it is, whatever its names.
    public struct Identity: Sendable, Hashable {
        /// The device that holds the inode.
        public let device: UInt64
        /// The inode's number.
        public let inode: UInt64
    }

    /// Which file it is.
    public var identity: Identity { Identity(device: device, inode: inode) }
}

/// A file of the source that may be deployed.
public struct LocalFile: Sendable, Hashable {
    /// The key below the prefix, which is the path below the source unless keys are named otherwise.
    public let path: Key
    /// What `stat` said when the walk saw it; of the target, where the entry is a symbolic link.
    public let status: FileStatus

    private let otherSourcePath: Key?

    /// Creates a file; `sourcePath` is given where it is not `path`.
    public init(path: Key, status: FileStatus, sourcePath: Key? = nil) {
        self.path = path
        self.status = status
        otherSourcePath = sourcePath == path ? nil : sourcePath
    }

    /// The path below the source, by which the file is opened and which rules match.
    public var sourcePath: Key { otherSourcePath ?? path }
}

/// An object as ListObjectsV2 answers it.
public struct RemoteObject: Sendable, Hashable {
    /// The whole key, prefix included.
    public let key: Key
    /// The size in bytes.
    public let size: Int64
    /// The entity tag; nil where a server leaves it out.
    public let etag: ETag?
    /// The time of the last write, verbatim (ISO 8601 with milliseconds on most servers).
    public let lastModified: String

    /// Creates an object.
    public init(key: Key, size: Int64, etag: ETag?, lastModified: String) {
        self.key = key
        self.size = size
        self.etag = etag
        self.lastModified = lastModified
    }
}
