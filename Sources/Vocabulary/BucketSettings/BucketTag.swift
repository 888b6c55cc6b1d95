/// A tag of a bucket, by which costs are told apart (Amazon S3 API Reference, Tag).
public struct BucketTag: Sendable, Hashable {
    /// The name.
    public let name: String
    /// The value.
    public let value: String

    /// Creates a tag.
    public init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}
