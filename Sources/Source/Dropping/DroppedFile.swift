public import Vocabulary

/// A file that was removed here because the bucket holds its bytes: what it takes to bring it back as it was.
public struct DroppedFile: Sendable, Hashable {
    /// The path below the source, which is also the key below the destination.
    public let path: Key
    /// The store's address.
    public let endpoint: String
    /// The bucket.
    public let bucket: String
    /// The whole key in the bucket.
    public let key: Key
    /// The size in bytes.
    public let size: Int64
    /// SHA-256 of the file's bytes, which are the object's.
    public let sha256: SHA256
    /// The time of the last change of content, in nanoseconds since 1970.
    public let modified: Int64
    /// The permission bits.
    public let mode: UInt32
    /// The owner's number.
    public let user: UInt32
    /// The group's number.
    public let group: UInt32
    /// When it was dropped, in seconds since 1970.
    public let dropped: Int64

    /// Creates a record.
    public init(
        path: Key, endpoint: String, bucket: String, key: Key, size: Int64, sha256: SHA256, modified: Int64, mode: UInt32, user: UInt32,
        group: UInt32, dropped: Int64
    ) {
        self.path = path
        self.endpoint = endpoint
        self.bucket = bucket
        self.key = key
        self.size = size
        self.sha256 = sha256
        self.modified = modified
        self.mode = mode
        self.user = user
        self.group = group
        self.dropped = dropped
    }
}
