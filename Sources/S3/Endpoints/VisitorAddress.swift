public import Vocabulary

/// Where visitors without credentials find what is deployed: the bucket's own address, or one that the configuration names.
public struct VisitorAddress: Sendable, Hashable {
    /// Whose address it is.
    public enum Kind: Sendable, Hashable {
        /// The bucket's at its endpoint; nobody said that it is what visitors use.
        case bucket
        /// `public-url`.
        case publicURL
        /// `cdn-url`.
        case contentNetwork
    }

    /// The address of the deployed folder, with a slash at its end, percent-encoded.
    public let base: String
    /// Whose it is.
    public let kind: Kind

    /// An address that the configuration names, with or without a slash at its end.
    public init(_ configured: String, _ kind: Kind) {
        base = configured.hasSuffix("/") ? configured : configured + "/"
        self.kind = kind
    }

    /// The address of the folder at `prefix` of a bucket; nil where the store answers nobody without a signature.
    public init?(endpoint: Endpoint, bucket: String, prefix: Prefix) {
        guard let url = endpoint.publicURL(bucket: bucket, key: Key(unchecked: Array(prefix.bytes))) else { return nil }
        base = url.hasSuffix("/") ? url : url + "/"
        kind = .bucket
    }

    /// The address of a path below the deployed folder.
    public func url(of path: Key) -> String { base + PercentEncoding.path(path.bytes) }
}
