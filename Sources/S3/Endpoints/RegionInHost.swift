extension Endpoint {
    /// The region that the host's name tells, for providers that refuse a signature for another one; nil for any other host.
    ///
    /// Each row is a pattern of labels, `*` standing for the region, from the providers' lists of endpoints.
    var regionInHost: String? {
        let labels = host.split(separator: ".")
        for pattern in Self.regionPatterns {
            // Only the end has to fit, so that a bucket before the pattern does no harm.
            guard labels.count >= pattern.count else { continue }
            let tail = labels.suffix(pattern.count)
            guard zip(tail, pattern).allSatisfy({ $1 == "*" || $0 == $1 }) else { continue }
            guard let star = pattern.firstIndex(of: "*") else { continue }
            return String(tail[tail.startIndex + star])
        }
        return nil
    }

    private static let regionPatterns: [[Substring]] = [
        "s3.dualstack.*.amazonaws.com", "s3-fips.dualstack.*.amazonaws.com", "s3.*.amazonaws.com", "s3-fips.*.amazonaws.com",
        "s3.dualstack.*.amazonaws.com.cn", "s3.*.amazonaws.com.cn",
        "s3.*.backblazeb2.com", "s3.*.wasabisys.com", "s3.*.scw.cloud", "s3.*.io.cloud.ovh.net", "s3.*.io.cloud.ovh.us",
        "s3.*.cloud.ovh.net",
        "s3.*.idrivee2.com", "*.linodeobjects.com",
    ].map { $0.split(separator: ".") }
}

/// True for what can stand in a signature's scope and in no other place: letters, digits, `-`, `_` and `.`, at most 63.
func isRegion(_ text: String) -> Bool {
    (1...63).contains(text.utf8.count)
        && text.utf8.allSatisfy {
            isLowerOrDigit($0) || (65...90).contains($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ".")
        }
}
