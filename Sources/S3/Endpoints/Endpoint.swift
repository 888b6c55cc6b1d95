/// Where an S3 server answers, and how buckets are named in its URLs.
public struct Endpoint: Sendable, Hashable {
    /// The protocol that requests travel by.
    public enum Scheme: String, Sendable, Hashable {
        case http
        case https

        /// The port that a URL of this scheme need not name.
        var defaultPort: Int { self == .http ? 80 : 443 }
    }

    /// Where a URL names the bucket (Amazon S3 User Guide, "Virtual hosting of general purpose buckets").
    public enum Style: String, Sendable, Hashable {
        /// `https://host/bucket/key`.
        case path
        /// `https://bucket.host/key`.
        case virtualHost
    }

    /// The protocol.
    public let scheme: Scheme
    /// The host in lower case: a name, an IPv4 address, or an IPv6 address without brackets.
    public let host: String
    /// The port; nil where it is the scheme's own.
    public let port: Int?
    /// The path before bucket and key, percent-encoded: empty, or with a leading and without a trailing slash.
    public let pathPrefix: String
    /// How buckets are named where the bucket's name allows it; `style(for:)` answers for one bucket.
    public let style: Style
    /// True where the user chose the style; then only what cannot work at all overrides it.
    public let styleIsChosen: Bool

    /// The endpoint for one style, chosen by the user.
    public func with(style: Style) -> Endpoint {
        Endpoint(scheme: scheme, host: host, port: port, pathPrefix: pathPrefix, style: style, styleIsChosen: true)
    }

    init(scheme: Scheme, host: String, port: Int?, pathPrefix: String = "", style: Style, styleIsChosen: Bool = false) {
        self.scheme = scheme
        self.host = host
        self.port = port == scheme.defaultPort ? nil : port
        self.pathPrefix = pathPrefix
        self.style = style
        self.styleIsChosen = styleIsChosen
    }
}

extension Endpoint {
    /// The value of the Host header: with the port only where it is not the scheme's own, as libcurl and browsers send it.
    public func hostHeader(bucket: String? = nil) -> String {
        let name = host.utf8.contains(UInt8(ascii: ":")) ? "[" + host + "]" : host
        let authority = port.map { name + ":" + String($0) } ?? name
        guard let bucket, style(for: bucket) == .virtualHost else { return authority }
        return bucket + "." + authority
    }

    /// The URL's path, percent-encoded, as it is sent and signed. `encodedKey` is percent-encoded and has no leading slash of its own.
    public func path(bucket: String? = nil, encodedKey: String = "") -> String {
        guard let bucket else { return pathPrefix + "/" }
        switch style(for: bucket) {
        case .virtualHost: return pathPrefix + "/" + encodedKey
        // The slash after the bucket stands only before a key: some servers take `/bucket/` for an object with an empty name.
        case .path: return encodedKey.isEmpty ? pathPrefix + "/" + bucket : pathPrefix + "/" + bucket + "/" + encodedKey
        }
    }

    /// The absolute URL. `encodedKey` and `query` are percent-encoded already; the query has no leading `?`.
    public func url(bucket: String? = nil, encodedKey: String = "", query: String = "") -> String {
        var url = scheme.rawValue + "://" + hostHeader(bucket: bucket) + path(bucket: bucket, encodedKey: encodedKey)
        if !query.isEmpty { url += "?" + query }
        return url
    }
}

extension Endpoint: CustomStringConvertible {
    /// The URL of the endpoint itself, without a bucket.
    public var description: String { scheme.rawValue + "://" + hostHeader() + pathPrefix }
}
