extension Endpoint {
    /// Parses a URL as `--endpoint-url` takes it. Without a scheme it is https, so that HTTP is used only when asked for.
    ///
    /// The style is path, which works on every server, except for AWS's own hosts.
    public init(parsing text: String) throws(EndpointError) {
        let trimmed = text.trimmingASCIISpace
        guard !trimmed.isEmpty else { throw .empty }
        // First of all, and wherever it stands: what follows may quote the address in its error. Bytes are compared, not characters,
        // because a combining mark after a delimiter would hide it.
        guard !trimmed.utf8.contains(UInt8(ascii: "@")) else { throw .userInfo }

        var rest = trimmed[...]
        var scheme = Scheme.https
        if let colon = rest.firstRange(of: "://") {
            let name = rest[..<colon.lowerBound]
            guard let known = Scheme(rawValue: name.lowercased()) else { throw .scheme(String(name), in: trimmed) }
            scheme = known
            rest = rest[colon.upperBound...]
        }
        let slash = rest.utf8.firstIndex { "/?#".utf8.contains($0) } ?? rest.endIndex
        let authority = rest[..<slash]
        let tail = rest[slash...]
        guard !tail.utf8.contains(where: { "?#".utf8.contains($0) }) else { throw .queryOrFragment(in: trimmed) }

        let (name, portText) = try Self.split(authority: authority, of: trimmed)
        var port: Int?
        if let portText, !portText.isEmpty {
            guard portText.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int(portText), (1...65535).contains(number) else {
                throw .port(String(portText), in: trimmed)
            }
            port = number
        }
        let host = try Self.host(name, of: trimmed)
        let path = try Self.pathPrefix(tail, of: trimmed)
        let plain = Endpoint(scheme: scheme, host: host, port: port, pathPrefix: path, style: .path)
        self = plain.isAWS ? Endpoint(scheme: scheme, host: host, port: port, pathPrefix: path, style: .virtualHost) : plain
    }

    private static func split(authority: Substring, of text: String) throws(EndpointError) -> (host: Substring, port: Substring?) {
        if authority.hasPrefix("[") {
            guard let close = authority.firstIndex(of: "]") else { throw .host(String(authority), in: text) }
            let after = authority[authority.index(after: close)...]
            guard after.isEmpty || after.hasPrefix(":") else { throw .host(String(authority), in: text) }
            return (authority[...close], after.isEmpty ? nil : after.dropFirst())
        }
        guard let colon = authority.firstIndex(of: ":") else { return (authority, nil) }
        return (authority[..<colon], authority[authority.index(after: colon)...])
    }

    private static func host(_ name: Substring, of text: String) throws(EndpointError) -> String {
        if name.hasPrefix("[") {
            let inner = name.dropFirst().dropLast().lowercased()
            guard isIPv6(inner) else { throw .host(String(name), in: text) }
            return inner
        }
        var host = name.lowercased()
        // A final dot means the DNS root; servers compare the Host header without it.
        if host.hasSuffix(".") { host.removeLast() }
        let labels = host.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let sound =
            host.utf8.count <= 253
            && labels.allSatisfy { label in
                (1...63).contains(label.count) && label.first != UInt8(ascii: "-") && label.last != UInt8(ascii: "-")
                    // The underscore is no host name character, yet container networks name their hosts so.
                    && label.allSatisfy { isLowerOrDigit($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
            }
        // A name of digits and dots that is no IPv4 address is a mistyped one (RFC 3986 §3.2.2), which resolvers read in surprising ways.
        let numeric = labels.last?.allSatisfy { (48...57).contains($0) } == true
        guard sound, !numeric || isIPv4(host) else { throw .host(String(name), in: text) }
        return host
    }

    private static func pathPrefix(_ path: Substring, of text: String) throws(EndpointError) -> String {
        var segments = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).dropFirst()
        while segments.last?.isEmpty == true { segments.removeLast() }
        var result = ""
        for segment in segments {
            guard let bytes = percentDecoded(segment), !segment.contains(UInt8(ascii: " ")), bytes.allSatisfy({ $0 >= 32 && $0 != 127 }),
                bytes != [46], bytes != [46, 46]
            else {
                throw .path(String(path), in: text)
            }
            result += "/" + PercentEncoding.segment(bytes)
        }
        return result
    }
}
