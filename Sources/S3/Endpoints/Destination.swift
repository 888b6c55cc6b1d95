/// A destination in any of the forms that people have at hand: `s3://BUCKET/PREFIX`, the address of a bucket in a browser, an access point's ARN.
///
/// | form | bucket | endpoint |
/// |---|---|---|
/// | `s3://BUCKET/PREFIX` | as written | not said |
/// | `https://BUCKET.s3.REGION.amazonaws.com/PREFIX`, and the hosts of other known providers | before the provider's name | the provider's |
/// | `https://s3.REGION.amazonaws.com/BUCKET/PREFIX`, `https://HOST/BUCKET/PREFIX` | first folder | the host |
/// | `arn:aws:s3:REGION:ACCOUNT:accesspoint/NAME/PREFIX`, with or without `s3://` before it | `NAME-ACCOUNT` | the region's access points |
///
/// In web addresses `%20` is a space; in the other forms everything is literal.
struct Destination: Sendable, Hashable {
    let address: BucketAddress
    /// The endpoint that comes with the form; nil for `s3://`.
    let endpoint: Endpoint?
    /// The region that comes with the form.
    let region: String?

    init(parsing text: String) throws(BucketAddressError) {
        let lower = text.lowercased()
        if lower.hasPrefix("arn:") || lower.hasPrefix("s3://arn:") {
            try self.init(accessPoint: lower.hasPrefix("s3") ? text.dropFirst(5) : text[...], of: text)
        } else if lower.hasPrefix("https://") || lower.hasPrefix("http://") {
            try self.init(webAddress: text)
        } else {
            self.init(address: try BucketAddress(parsing: text), endpoint: nil, region: nil)
        }
    }

    private init(address: BucketAddress, endpoint: Endpoint?, region: String?) {
        self.address = address
        self.endpoint = endpoint
        self.region = region
    }

    private init(webAddress text: String) throws(BucketAddressError) {
        let endpoint: Endpoint
        let afterScheme = text.utf8.firstIndex(of: UInt8(ascii: ":")).map { text.utf8.index($0, offsetBy: 3) } ?? text.endIndex
        let path = text[afterScheme...].utf8.firstIndex(of: UInt8(ascii: "/")) ?? text.endIndex
        guard !text.utf8.contains(where: { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") }) else { throw .webAddress(text, .query) }
        do { endpoint = try Endpoint(parsing: String(text[..<path])) } catch { throw .webAddress(text, .endpoint(error)) }
        guard let bytes = percentDecoded(text[path...].utf8.dropFirst()), let plain = String(validating: bytes, as: UTF8.self) else {
            throw .webAddress(text, .encoding)
        }

        let known = ProviderHost.parts(of: endpoint.host)
        // What else Amazon has under its name, a website or another service, is no bucket's first folder.
        if known == nil, endpoint.isAWS { throw .notAnAddress(text) }
        if let known, let bucket = known.bucket {
            address = try BucketAddress(bucket: bucket, prefix: plain)
            self.endpoint = Endpoint(
                scheme: endpoint.scheme, host: known.endpoint, port: endpoint.port, style: endpoint.isAWS ? .virtualHost : .path)
        } else {
            let slash = plain.utf8.firstIndex(of: UInt8(ascii: "/")) ?? plain.endIndex
            guard slash != plain.startIndex else { throw .noBucket(text) }
            let rest = slash == plain.endIndex ? "" : String(plain[plain.utf8.index(after: slash)...])
            address = try BucketAddress(bucket: String(plain[..<slash]), prefix: rest)
            self.endpoint = endpoint
        }
        region = known?.region
    }

    /// Amazon S3 User Guide, "Referencing access points".
    private init(accessPoint arn: Substring, of text: String) throws(BucketAddressError) {
        let parts = arn.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count == 6, parts[2] == "s3", let partition = Partition(rawValue: String(parts[1])) else { throw .arn(text) }
        let resource = parts[5].split(maxSplits: 2, omittingEmptySubsequences: false) { $0 == "/" || $0 == ":" }
        let account = parts[4]
        guard resource.count >= 2, resource[0] == "accesspoint", account.utf8.count == 12,
            account.utf8.allSatisfy({ (48...57).contains($0) }),
            let endpoint = try? Endpoint.aws(service: "s3-accesspoint", region: String(parts[3])),
            Partition(region: String(parts[3])) == partition
        else { throw .arn(text) }
        address = try BucketAddress(bucket: resource[1] + "-" + account, prefix: resource.count == 3 ? String(resource[2]) : "")
        // The name stands in the host or nowhere.
        guard isDNSCompatible(bucket: address.bucket) else { throw .arn(text) }
        self.endpoint = endpoint.with(style: .virtualHost)
        region = String(parts[3])
    }
}

extension BucketAddress {
    /// Parses a destination in any form that `PlaceResolver` takes: `s3://BUCKET[/PREFIX]`, a bucket's web address, an access point's ARN.
    /// What the form says of endpoint and region is for the resolver.
    public init(destination text: String) throws(BucketAddressError) { self = try Destination(parsing: text).address }
}
