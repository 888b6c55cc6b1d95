/// A content delivery network before the bucket, as the file describes it. Its keys never stand there.
public struct CDNValues: Sendable, Hashable {
    /// Which interface it has.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Amazon CloudFront.
        case cloudfront
        /// Bunny CDN.
        case bunny
        /// Cloudflare.
        case cloudflare
        /// A command of the user's.
        case command

        /// The environment variable with its key; nil where keys come from elsewhere, or none is needed.
        public var keyVariable: String? {
            switch self {
            case .bunny: "BUNNY_API_KEY"
            case .cloudflare: "CLOUDFLARE_API_TOKEN"
            case .cloudfront, .command: nil
            }
        }
    }

    /// `kind`: which interface it has.
    public var kind: Kind?
    /// `distribution`: CloudFront's identifier of it.
    public var distribution: String?
    /// `zone`: Cloudflare's identifier of the zone, Bunny's number of the pull zone.
    public var zone: String?
    /// `url`: where visitors open what is deployed, by this network.
    public var url: String?
    /// `origin-path`: the folder of the bucket that the network takes for its root.
    public var originPath: String?
    /// `profile`: AWS's profile with the keys for CloudFront.
    public var profile: String?
    /// `key-file`: the file with the network's key.
    public var keyFile: String?
    /// `purge-command`: what is run.
    public var command: String?
    /// `max-paths`: the most paths of an invalidation.
    public var maxPaths: Int?
    /// `wait`: the invalidation is waited for.
    public var wait: Bool?
    /// `purge-new`: addresses of new files are purged, too.
    public var purgesNew: Bool?
    /// `api-url`: where the network is asked, instead of its usual address.
    public var apiURL: String?

    /// Nothing said.
    public init() {}

    /// What is missing or contradicts itself; nil where nothing does.
    var problem: String? {
        guard let kind else { return "say which `kind` it is: cloudfront, bunny, cloudflare or command." }
        let needed: [(name: String, isThere: Bool)] =
            switch kind {
            case .cloudfront: [("distribution", distribution != nil)]
            case .cloudflare: [("zone", zone != nil)]
            case .bunny: []
            case .command: [("purge-command", command != nil)]
            }
        for item in needed where !item.isThere { return "a network of the kind \(kind.rawValue) needs `\(item.name)`." }
        let foreign: [(name: String, isThere: Bool, of: Set<Kind>)] = [
            ("distribution", distribution != nil, [.cloudfront]), ("profile", profile != nil, [.cloudfront]),
            ("max-paths", maxPaths != nil, [.cloudfront]), ("wait", wait != nil, [.cloudfront]),
            ("origin-path", originPath != nil, [.cloudfront]), ("zone", zone != nil, [.cloudflare, .bunny]),
            ("key-file", keyFile != nil, [.cloudflare, .bunny]), ("purge-command", command != nil, [.command]),
            ("api-url", apiURL != nil, [.cloudfront, .cloudflare, .bunny]),
        ]
        for item in foreign where item.isThere && !item.of.contains(kind) {
            return "`\(item.name)` means nothing to a network of the kind \(kind.rawValue). Leave it out."
        }
        return nil
    }
}
