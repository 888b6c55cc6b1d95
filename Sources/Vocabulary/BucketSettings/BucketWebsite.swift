/// What a bucket answers visitors of its website address (Amazon S3 API Reference, WebsiteConfiguration).
public struct BucketWebsite: Sendable, Hashable {
    /// The page of a folder: `index.html`.
    public var index: String?
    /// The key of the page for what does not exist.
    public var error: String?
    /// True where every visitor is sent to another host, which excludes pages.
    public var redirectsAll = false
    /// What else is configured, byte for byte: routing rules, and what is not known here.
    public var besides: [[UInt8]]

    /// Creates a configuration.
    public init(index: String? = nil, error: String? = nil, besides: [[UInt8]] = []) {
        self.index = index
        self.error = error
        self.besides = besides
    }
}
