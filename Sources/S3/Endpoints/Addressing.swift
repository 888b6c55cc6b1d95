extension Endpoint {
    /// How this bucket is named in URLs.
    ///
    /// | host or bucket | chosen by nobody | chosen by the user |
    /// |---|---|---|
    /// | host is an IP address, or name is not a DNS label sequence | path | path: nothing else can work |
    /// | `localhost`, or a dot in the name under https (no wildcard certificate covers it) | path | as chosen |
    /// | AWS | virtual host | as chosen |
    /// | any other | path, which works everywhere | as chosen |
    public func style(for bucket: String) -> Style {
        guard style == .virtualHost, !hostIsAddress, isDNSCompatible(bucket: bucket) else { return .path }
        if styleIsChosen { return .virtualHost }
        if host == "localhost" || host.hasSuffix(".localhost") { return .path }
        if scheme == .https, bucket.utf8.contains(UInt8(ascii: ".")) { return .path }
        return .virtualHost
    }

    /// True for an IPv4 or IPv6 address.
    public var hostIsAddress: Bool { host.utf8.contains(UInt8(ascii: ":")) || isIPv4(host) }

    /// True for a host of Amazon's own.
    public var isAWS: Bool { Partition.allCases.contains { host == $0.suffix || host.hasSuffix("." + $0.suffix) } }
}

/// True where `bucket` can stand in a host name: 3 to 63 lower-case letters, digits, hyphens and single dots, each label beginning and ending
/// with a letter or digit, and not an IPv4 address (Amazon S3 User Guide, "General purpose bucket naming rules").
func isDNSCompatible(bucket: String) -> Bool {
    guard (3...63).contains(bucket.utf8.count), !isIPv4(bucket) else { return false }
    return bucket.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { label in
        guard let first = label.first, let last = label.last, first != UInt8(ascii: "-"), last != UInt8(ascii: "-") else { return false }
        return label.allSatisfy { isLowerOrDigit($0) || $0 == UInt8(ascii: "-") }
    }
}

/// True for four dotted decimal numbers of 0...255.
func isIPv4(_ text: String) -> Bool {
    let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return parts.count == 4
        && parts.allSatisfy { part in
            (1...3).contains(part.count) && part.allSatisfy { (48...57).contains($0) } && part.reduce(0) { $0 * 10 + Int($1 - 48) } <= 255
        }
}

/// True for `a`...`z` and `0`...`9`.
func isLowerOrDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) || (97...122).contains(byte) }
