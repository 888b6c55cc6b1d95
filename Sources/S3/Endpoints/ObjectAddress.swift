public import Vocabulary

/// An object as `s3://BUCKET/KEY` names it.
public struct ObjectAddress: Sendable, Hashable, CustomStringConvertible {
    /// The bucket's name, checked.
    public let bucket: String
    /// The whole key; empty where the text names the bucket alone.
    public let key: Key

    /// Names an object.
    public init(bucket: String, key: Key) {
        self.bucket = bucket
        self.key = key
    }

    /// Parses `s3://BUCKET/KEY`. Everything after the bucket is the key, literally: two slashes in a row, dots, `%20` and `?` are part of it.
    public init(parsing text: String) throws(BucketAddressError) {
        guard text.utf8.count >= 5, text.prefix(5).lowercased() == "s3://" else { throw .notAnAddress(text) }
        let rest = text.dropFirst(5)
        let slash = rest.utf8.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
        guard slash != rest.startIndex else { throw .noBucket(text) }
        bucket = try BucketAddress(bucket: String(rest[..<slash])).bucket
        key = slash == rest.endIndex ? Key("") : Key(String(rest[rest.utf8.index(after: slash)...]))
    }

    /// `s3://BUCKET/KEY`.
    public var description: String { "s3://" + bucket + "/" + key.string }
}
