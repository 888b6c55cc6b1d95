public import Vocabulary

/// A bucket and the folder in it, as `s3://BUCKET[/PREFIX]` names them.
public struct BucketAddress: Sendable, Hashable {
    /// The bucket's name, checked.
    public let bucket: String
    /// The folder: empty, or ending in one slash.
    public let prefix: Prefix

    /// Creates an address; the name and the prefix are checked.
    public init(bucket: String, prefix: String = "") throws(BucketAddressError) {
        self.bucket = try Self.checked(bucket: bucket)
        self.prefix = try Self.checked(prefix: prefix[...])
    }

    /// Parses `s3://BUCKET[/PREFIX]`. The scheme's case does not matter (RFC 3986 §3.1); everything after it is literal:
    /// `%20` is three characters, `?` and `#` are ordinary ones.
    public init(parsing text: String) throws(BucketAddressError) {
        guard text.utf8.count >= 5, text.prefix(5).lowercased() == "s3://" else { throw .notAnAddress(text) }
        let rest = text.dropFirst(5)
        // Splitting scalars, not characters: a combining mark after the slash must not hide it.
        let slash = rest.utf8.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
        guard slash != rest.startIndex else { throw .noBucket(text) }
        bucket = try Self.checked(bucket: String(rest[..<slash]))
        prefix = try Self.checked(prefix: slash == rest.endIndex ? "" : rest[rest.utf8.index(after: slash)...])
    }

    /// Refuses what no S3 server accepts as a bucket's name. Capitals, underscores and up to 255 characters pass: Ceph and AWS's oldest
    /// buckets have them; they are then addressed by path.
    private static func checked(bucket: String) throws(BucketAddressError) -> String {
        func wrong(_ reason: BucketAddressError.NameFault) -> BucketAddressError { .bucketName(bucket, reason) }
        if bucket.isEmpty { throw wrong(.length) }
        for scalar in bucket.unicodeScalars {
            let allowed =
                scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || ".-_".unicodeScalars.contains(scalar))
            if !allowed { throw wrong(.character(scalar)) }
        }
        guard (3...255).contains(bucket.utf8.count) else { throw wrong(.length) }
        func isLetterOrDigit(_ byte: UInt8?) -> Bool { byte.map { isLowerOrDigit($0) || (65...90).contains($0) } ?? false }
        guard isLetterOrDigit(bucket.utf8.first), isLetterOrDigit(bucket.utf8.last) else { throw wrong(.ends) }
        if bucket.contains("..") { throw wrong(.adjacentDots) }
        if isIPv4(bucket) { throw wrong(.address) }
        return bucket
    }

    /// Refuses prefixes that are surely a slip: an empty folder (`s3://b/$UNSET/x`) or `.` and `..`, which no browser can ask for.
    private static func checked(prefix: Substring) throws(BucketAddressError) -> Prefix {
        let text = String(prefix)
        var folders = prefix.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        if folders.last?.isEmpty == true { folders.removeLast() }
        for folder in folders {
            if folder.isEmpty { throw .prefix(text, .emptyFolder) }
            if folder.elementsEqual(".".utf8) || folder.elementsEqual("..".utf8) { throw .prefix(text, .dots) }
            if folder.contains(where: { $0 < 32 || $0 == 127 }) { throw .prefix(text, .control) }
        }
        let result = Prefix(text)
        // One byte at least must be left for a name within the folder.
        guard result.bytes.count < Key.maximumLength else { throw .prefix(text, .length) }
        return result
    }
}

extension BucketAddress: CustomStringConvertible {
    /// `s3://BUCKET/PREFIX/`.
    public var description: String { "s3://" + bucket + "/" + prefix.string }
}
