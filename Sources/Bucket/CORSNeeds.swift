public import Vocabulary

/// The cross-origin access that a gallery needs from its bucket.
public struct CORSNeeds: Sendable, Hashable {
    /// The origins of the pages that read the gallery; `*` for any.
    public var origins: [String]
    /// The methods with which they read.
    public var methods: [String]
    /// The request headers that they may send; `*` for any. With none, no browser sends a preflight, and `maxAgeSeconds` does not count.
    public var headers: [String]
    /// The response headers that their scripts read.
    public var exposed: [String]
    /// How long a browser may at least keep a preflight's answer, in seconds.
    public var maxAgeSeconds: Int

    /// Creates needs; as they stand by themselves, any page may read photos and data with GET and HEAD, send any header, and see ETags.
    public init(
        origins: [String] = ["*"], methods: [String] = ["GET", "HEAD"], headers: [String] = ["*"], exposed: [String] = ["ETag"],
        maxAgeSeconds: Int = 3600
    ) {
        self.origins = origins
        self.methods = methods
        self.headers = headers
        self.exposed = exposed
        self.maxAgeSeconds = maxAgeSeconds
    }

    /// The ID by which this program knows its own rule.
    public static let ruleID = "galleria-deploy"

    /// The one rule that grants exactly this.
    public var rule: CORSRule {
        CORSRule(
            id: Self.ruleID, allowedOrigins: origins, allowedMethods: methods, allowedHeaders: headers, exposeHeaders: exposed,
            maxAgeSeconds: maxAgeSeconds)
    }
}
