/// What the names of well-known providers' hosts tell: where the bucket and the region stand in them (each provider's list of endpoints).
enum ProviderHost {
    /// A pattern of a host's last labels.
    struct Pattern {
        /// The labels; `*` stands for the region, or the account of a provider without regions.
        let labels: [Substring]
        /// The endpoint that such a host belongs to, where it is not these labels themselves.
        let endpoint: String?
        /// Whether `*` is a region that signatures are checked for.
        let checksRegion: Bool

        init(_ labels: String, endpoint: String? = nil, checksRegion: Bool = true) {
            self.labels = labels.split(separator: ".")
            self.endpoint = endpoint
            self.checksRegion = checksRegion
        }
    }

    /// The more specific patterns first.
    static let patterns = [
        Pattern("s3.dualstack.*.amazonaws.com"), Pattern("s3-fips.dualstack.*.amazonaws.com"), Pattern("s3-fips.*.amazonaws.com"),
        Pattern("s3-website.*.amazonaws.com", endpoint: "s3.*.amazonaws.com"),
        Pattern("s3.*.amazonaws.com"), Pattern("s3.amazonaws.com"), Pattern("s3-accelerate.dualstack.amazonaws.com"),
        Pattern("s3-accelerate.amazonaws.com"), Pattern("s3.dualstack.*.amazonaws.com.cn"), Pattern("s3.*.amazonaws.com.cn"),
        Pattern("*.your-objectstorage.com", checksRegion: false),
        Pattern("*.cdn.digitaloceanspaces.com", endpoint: "*.digitaloceanspaces.com", checksRegion: false),
        Pattern("*.digitaloceanspaces.com", checksRegion: false), Pattern("*.linodeobjects.com"),
        Pattern("s3.*.backblazeb2.com"), Pattern("s3.*.wasabisys.com"), Pattern("s3.*.scw.cloud"), Pattern("s3.*.io.cloud.ovh.net"),
        Pattern("s3.*.io.cloud.ovh.us"), Pattern("s3.*.cloud.ovh.net"), Pattern("s3.*.idrivee2.com"), Pattern("storage.googleapis.com"),
        Pattern("*.eu.r2.cloudflarestorage.com", checksRegion: false), Pattern("*.r2.cloudflarestorage.com", checksRegion: false),
    ]

    /// A host taken apart.
    struct Parts: Hashable {
        /// The bucket's labels before the endpoint's; nil where the host is the endpoint.
        let bucket: String?
        /// The endpoint's host.
        let endpoint: String
        /// The region, where the provider checks signatures for it.
        let region: String?
    }

    /// Takes apart the host of a known provider; nil for any other.
    static func parts(of host: String) -> Parts? {
        let labels = host.split(separator: ".")
        for pattern in patterns where labels.count >= pattern.labels.count {
            let tail = labels.suffix(pattern.labels.count)
            guard zip(tail, pattern.labels).allSatisfy({ $1 == "*" || $0 == $1 }) else { continue }
            let star = pattern.labels.firstIndex(of: "*").map { String(tail[tail.startIndex + $0]) }
            let bucket = labels.dropLast(pattern.labels.count).joined(separator: ".")
            let endpoint = pattern.endpoint.map {
                $0.split(separator: ".").map { $0 == "*" ? star ?? "*" : String($0) }.joined(separator: ".")
            }
            return Parts(
                bucket: bucket.isEmpty ? nil : bucket, endpoint: endpoint ?? tail.joined(separator: "."),
                region: pattern.checksRegion ? star : nil)
        }
        return nil
    }
}

extension Endpoint {
    /// The region that the host's name tells, for providers that refuse a signature for another one; nil for any other host.
    var regionInHost: String? { ProviderHost.parts(of: host)?.region }
}

/// True for what can stand in a signature's scope and in no other place: letters, digits, `-`, `_` and `.`, at most 63.
func isRegion(_ text: String) -> Bool {
    (1...63).contains(text.utf8.count)
        && text.utf8.allSatisfy {
            isLowerOrDigit($0) || (65...90).contains($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ".")
        }
}
