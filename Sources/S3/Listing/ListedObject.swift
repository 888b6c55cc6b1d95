public import Vocabulary

/// One row of a listing (Amazon S3 API Reference, ListObjectsV2, `Contents`).
public struct ListedObject: Sendable, Hashable {
    /// The key.
    public let key: Key
    /// The size in bytes.
    public let size: Int64
    /// The entity tag.
    public let etag: ETag
    /// The moment of the last write as the server wrote it, `2009-10-12T17:50:30.000Z`; empty where it sends none. Kept, never parsed.
    public let lastModified: String

    /// Creates a row.
    public init(key: Key, size: Int64, etag: ETag, lastModified: String) {
        self.key = key
        self.size = size
        self.etag = etag
        self.lastModified = lastModified
    }
}
