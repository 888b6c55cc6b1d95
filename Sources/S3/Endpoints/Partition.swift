/// A part of AWS with regions, accounts and host names of its own (AWS General Reference, "Partitions").
enum Partition: String, CaseIterable {
    case aws
    case china = "aws-cn"
    case government = "aws-us-gov"

    /// What the host names of the partition's services end in.
    var suffix: String {
        switch self {
        case .aws, .government: "amazonaws.com"
        case .china: "amazonaws.com.cn"
        }
    }

    /// What the host names of the partition's dual-stack services end in; S3 uses the common suffix for its own.
    init(region: String) {
        self =
            if region.hasPrefix("cn-") { .china } else if region.hasPrefix("us-gov-") { .government } else { .aws }
    }
}

extension Endpoint {
    /// What may be asked of an AWS endpoint beyond the region (Amazon S3 endpoints and quotas, AWS General Reference).
    public struct AWSVariant: OptionSet, Sendable, Hashable {
        /// The bits.
        public let rawValue: Int
        /// Creates a set from its bits.
        public init(rawValue: Int) { self.rawValue = rawValue }

        /// Reachable by IPv6 as well.
        public static let dualStack = AWSVariant(rawValue: 1)
        /// FIPS 140 validated cryptography.
        public static let fips = AWSVariant(rawValue: 2)
        /// Through the edge locations (S3 Transfer Acceleration); the bucket must have it switched on.
        public static let accelerate = AWSVariant(rawValue: 4)
    }

    /// AWS's own endpoint of a region, virtual-host style.
    public static func aws(region: String, variant: AWSVariant = []) throws(EndpointError) -> Endpoint {
        try check(region: region)
        let suffix = Partition(region: region).suffix
        let dualStack = variant.contains(.dualStack) ? "dualstack." : ""
        let host =
            if variant.contains(.accelerate) {
                "s3-accelerate." + dualStack + suffix
            } else {
                (variant.contains(.fips) ? "s3-fips." : "s3.") + dualStack + region + "." + suffix
            }
        return Endpoint(scheme: .https, host: host, port: nil, style: .virtualHost)
    }

    /// AWS's own endpoint of another service, `<label>.<region>.amazonaws.com`.
    static func aws(service label: String, region: String) throws(EndpointError) -> Endpoint {
        try check(region: region)
        return Endpoint(scheme: .https, host: label + "." + region + "." + Partition(region: region).suffix, port: nil, style: .path)
    }

    private static func check(region: String) throws(EndpointError) {
        // The region becomes part of a host name that receives signed requests, so nothing but a region's own characters passes.
        guard let first = region.utf8.first, isLowerOrDigit(first), region.utf8.count <= 63,
            region.utf8.allSatisfy({ isLowerOrDigit($0) || $0 == UInt8(ascii: "-") })
        else { throw .region(region) }
    }
}
