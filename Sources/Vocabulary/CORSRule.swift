/// One rule of a bucket's CORS configuration, as GetBucketCors answers it (Amazon S3 API Reference, CORSRule).
public struct CORSRule: Sendable, Hashable {
    /// The rule's identifier, at most 255 characters.
    public var id: String?
    /// Origins that may ask; each may hold one `*`.
    public var allowedOrigins: [String]
    /// Methods out of GET, PUT, POST, DELETE, HEAD.
    public var allowedMethods: [String]
    /// Request headers that a preflight may name; each may hold one `*`.
    public var allowedHeaders: [String]
    /// Response headers that a script may read.
    public var exposeHeaders: [String]
    /// How long a browser may cache the preflight's answer, in seconds.
    public var maxAgeSeconds: Int?

    /// Creates a rule.
    public init(
        id: String? = nil, allowedOrigins: [String], allowedMethods: [String], allowedHeaders: [String] = [],
        exposeHeaders: [String] = [], maxAgeSeconds: Int? = nil
    ) {
        self.id = id
        self.allowedOrigins = allowedOrigins
        self.allowedMethods = allowedMethods
        self.allowedHeaders = allowedHeaders
        self.exposeHeaders = exposeHeaders
        self.maxAgeSeconds = maxAgeSeconds
    }
}
