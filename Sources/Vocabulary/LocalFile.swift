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

/// A file of the source that may be deployed, or a picture that is to be made of one.
public struct LocalFile: Sendable, Hashable {
    /// The key below the prefix, which is the path below the source unless keys are named otherwise.
    public let path: Key
    /// What `stat` said when the walk saw it; of the target, where the entry is a symbolic link; of the photo, where a picture is made of it.
    public let status: FileStatus

    /// What there is to know of a file whose key is not its path: the few others carry nothing.
    private final class Naming: Sendable, Hashable {
        let sourcePath: Key
        let mark: String?
        let derivative: Int?

        init(sourcePath: Key, mark: String?, derivative: Int? = nil) {
            self.sourcePath = sourcePath
            self.mark = mark
            self.derivative = derivative
        }

        static func == (a: Naming, b: Naming) -> Bool { a.sourcePath == b.sourcePath && a.mark == b.mark && a.derivative == b.derivative }

        func hash(into hasher: inout Hasher) {
            hasher.combine(sourcePath)
            hasher.combine(mark)
            hasher.combine(derivative)
        }
    }

    private let naming: Naming?

    /// Creates a file; `sourcePath` is given where it is not `path`, `mark` where what its key is made of must be found again in the bucket.
    public init(path: Key, status: FileStatus, sourcePath: Key? = nil, mark: String? = nil) {
        self.path = path
        self.status = status
        let isNamed = mark != nil || sourcePath.map { $0 != path } ?? false
        naming = isNamed ? Naming(sourcePath: sourcePath ?? path, mark: mark) : nil
    }

    /// Creates a picture that is to be made of the photo at `sourcePath`, whose status it has; `derivative` is the number of its kind.
    public init(path: Key, status: FileStatus, madeOf sourcePath: Key, derivative: Int) {
        self.init(path: path, status: status, naming: Naming(sourcePath: sourcePath, mark: nil, derivative: derivative))
    }

    private init(path: Key, status: FileStatus, naming: Naming?) {
        self.path = path
        self.status = status
        self.naming = naming
    }

    /// The path below the source, by which the file is opened and which rules match; of the photo, where a picture is made of it.
    public var sourcePath: Key { naming?.sourcePath ?? path }

    /// What goes into the object's metadata, so that a run without a state finds the file's key again; nil where the file itself tells.
    public var mark: String? { naming?.mark }

    /// The number of the kind of picture that is to be made, counted from 0 in the order of the settings; nil for a file that goes as it is.
    public var derivative: Int? { naming?.derivative }

    /// The path that headers follow from: a picture is another file than its photo.
    public var headerPath: Key { derivative == nil ? sourcePath : path }

    /// The same file as it is now.
    public func with(_ status: FileStatus) -> LocalFile { LocalFile(path: path, status: status, naming: naming) }
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
