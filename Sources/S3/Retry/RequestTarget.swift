internal import HTTP

/// Where requests for one bucket go and how they are signed. It changes when a server tells a better one.
struct RequestTarget: Sendable {
    /// The endpoint.
    private(set) var endpoint: Endpoint
    /// The signer, for the region in use.
    private(set) var signer: SigV4
    /// The URL of the bucket, without a query.
    private(set) var bucketURL: String
    /// The URL of an object, up to where its encoded key begins.
    private(set) var objectURL: String
    /// What is added to the local clock, in seconds.
    var clockDifference: Int64 = 0
    private let bucket: String

    init(endpoint: Endpoint, bucket: String, region: String) {
        self.bucket = bucket
        self.endpoint = endpoint
        signer = .s3(region: region)
        bucketURL = endpoint.url(bucket: bucket)
        // The endpoint is asked once how it names objects; a key is appended per request.
        objectURL = String(endpoint.url(bucket: bucket, encodedKey: "k").dropLast())
    }

    /// The region requests are signed for.
    var region: String { signer.region }

    /// Moves to another region: signs for it, and asks that region's endpoint where the present one is Amazon's own for the old region.
    /// Answers false where `region` is no region's name or is in use already.
    mutating func adopt(region: String) -> Bool {
        guard region != signer.region, (1...63).contains(region.utf8.count),
            region.utf8.allSatisfy({ isLowerOrDigit($0) || $0 == UInt8(ascii: "-") })
        else { return false }
        if let moved = endpoint.moved(from: signer.region, to: region) {
            endpoint = moved
            bucketURL = moved.url(bucket: bucket)
            objectURL = String(moved.url(bucket: bucket, encodedKey: "k").dropLast())
        }
        signer = signer.with(region: region)
        return true
    }
}

extension Endpoint {
    /// Amazon's endpoint of another region of the same partition; nil where this endpoint is not Amazon's own for `old`, so that credentials
    /// never travel to another domain.
    func moved(from old: String, to new: String) -> Endpoint? {
        guard isAWS, Partition(region: old) == Partition(region: new) else { return nil }
        let suffix = Partition(region: new).suffix
        for (name, variant) in [
            ("s3", AWSVariant()), ("s3.dualstack", .dualStack), ("s3-fips", .fips), ("s3-fips.dualstack", [.fips, .dualStack]),
        ] {
            guard host == "\(name).\(old).\(suffix)" || (name == "s3" && host == "s3.\(suffix)"),
                let moved = try? Endpoint.aws(region: new, variant: variant)
            else { continue }
            return styleIsChosen ? moved.with(style: style) : moved
        }
        return nil
    }

    /// Whether a redirect to `url` may be followed with credentials: same scheme, and the same host, a host below it, or, for Amazon's, a host
    /// of the same partition's domain.
    func mayFollow(_ url: String) -> Bool {
        guard url.hasPrefix(scheme.rawValue + "://"), let parts = URLParts(url) else { return false }
        let target = String(decoding: parts.bytes[parts.host], as: UTF8.self).lowercased()
        // User names, backslashes and the like are read differently by different parsers.
        guard target.utf8.allSatisfy({ isLowerOrDigit($0) || "-.:[]".utf8.contains($0) }) else { return false }
        let own = hostHeader()
        if target == own || target.hasSuffix("." + own) { return true }
        guard isAWS, let suffix = Partition.allCases.map(\.suffix).first(where: { host.hasSuffix("." + $0) }) else { return false }
        return target.hasSuffix("." + suffix)
    }
}
