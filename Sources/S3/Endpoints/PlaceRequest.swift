/// What a command line, or a target of the configuration file, says about the place and how to reach it. Nil is unsaid.
public struct PlaceRequest: Sendable, Hashable {
    /// The destination, `s3://BUCKET[/PREFIX]`.
    public var destination: String?
    /// The endpoint's URL.
    public var endpointURL: String?
    /// The region's name.
    public var region: String?
    /// The profile in AWS's files.
    public var profile: String?
    /// How buckets are named in URLs; `--path-style` chooses path.
    public var style: Endpoint.Style?
    /// What is asked of AWS's own endpoint beyond the region.
    public var variant: Endpoint.AWSVariant

    /// Creates a request.
    public init(
        destination: String? = nil, endpointURL: String? = nil, region: String? = nil, profile: String? = nil,
        style: Endpoint.Style? = nil, variant: Endpoint.AWSVariant = []
    ) {
        self.destination = destination
        self.endpointURL = endpointURL
        self.region = region
        self.profile = profile
        self.style = style
        self.variant = variant
    }
}
