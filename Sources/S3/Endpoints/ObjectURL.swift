public import Vocabulary

/// An object's address on the web taken apart, in either style: `https://HOST/BUCKET/KEY` or `https://BUCKET.HOST/KEY`.
public struct ObjectURL: Sendable, Hashable {
    /// Why a text is no object's address.
    public enum Fault: Error, Sendable, Hashable {
        /// It is no address of http or https.
        case notAnAddress
        /// It is not percent-encoded UTF-8.
        case encoding
        /// No bucket is named in it.
        case noBucket
    }

    /// The store.
    public let endpoint: Endpoint
    /// Where the bucket is named.
    public let style: Endpoint.Style
    /// The bucket.
    public let bucket: String
    /// The whole key; empty where the address is the bucket's.
    public let key: Key
    /// The region that the host's name tells.
    public let region: String?
    /// True where the address carries a signature, which makes it a secret until it expires.
    public let isSigned: Bool

    /// Takes an address apart. A query and a fragment are no part of the key.
    ///
    /// - Parameters:
    ///   - text: the address.
    ///   - known: an endpoint that the address may belong to: below its host a first label is a bucket. Hosts of well-known providers are known anyway;
    ///     of all others the first folder is the bucket.
    public init(parsing text: String, known: Endpoint? = nil) throws(Fault) {
        guard let parts = URLParts(text) else { throw .notAnAddress }
        let colon = parts.bytes.firstIndex(of: UInt8(ascii: ":")) ?? 0
        let scheme = String(decoding: parts.bytes[..<colon], as: UTF8.self)
        let origin: Endpoint
        do throws(EndpointError) {
            origin = try Endpoint(parsing: scheme + "://" + String(decoding: parts.bytes[parts.host], as: UTF8.self))
        } catch { throw .notAnAddress }
        let query = String(decoding: parts.bytes[parts.query], as: UTF8.self).lowercased()
        isSigned = query.contains("signature=")
        var path = parts.bytes[parts.path].dropFirst()
        if let known, origin.port == known.port {
            let prefix = Array(known.pathPrefix.utf8.dropFirst())
            let isBelow = prefix.isEmpty || (path.starts(with: prefix) && path.dropFirst(prefix.count).first == UInt8(ascii: "/"))
            let below = prefix.isEmpty ? path : path.dropFirst(prefix.count + 1)
            if isBelow, origin.host == known.host {
                (endpoint, style, region) = (known, .path, known.regionInHost)
                (bucket, key) = try Self.firstFolder(of: below)
                return
            }
            if isBelow, origin.host.hasSuffix("." + known.host) {
                (endpoint, style, region) = (known, .virtualHost, known.regionInHost)
                bucket = String(origin.host.dropLast(known.host.count + 1))
                key = try Self.key(below)
                return
            }
        }
        if let provider = ProviderHost.parts(of: origin.host), let name = provider.bucket {
            endpoint = Endpoint(
                scheme: origin.scheme, host: provider.endpoint, port: origin.port, style: origin.isAWS ? .virtualHost : .path)
            (style, region, bucket) = (.virtualHost, provider.region, name)
            key = try Self.key(path)
            return
        }
        (endpoint, style, region) = (origin, .path, origin.regionInHost)
        path = path[...]
        (bucket, key) = try Self.firstFolder(of: path)
    }

    private static func firstFolder(of path: ArraySlice<UInt8>) throws(Fault) -> (bucket: String, key: Key) {
        let slash = path.firstIndex(of: UInt8(ascii: "/")) ?? path.endIndex
        let bucket = try key(path[..<slash]).string
        guard !bucket.isEmpty else { throw .noBucket }
        return (bucket, slash == path.endIndex ? Key("") : try key(path[(slash + 1)...]))
    }

    private static func key(_ encoded: ArraySlice<UInt8>) throws(Fault) -> Key {
        guard let bytes = percentDecoded(encoded), let key = Key(validating: bytes) else { throw .encoding }
        return key
    }
}

extension ObjectURL.Fault: CustomStringConvertible {
    /// Why, and what to do next.
    public var description: String {
        switch self {
        case .notAnAddress: "it is no web address. Expected https://HOST/BUCKET/KEY or https://BUCKET.HOST/KEY."
        case .encoding: "it is not percent-encoded UTF-8. Copy it from where it works."
        case .noBucket: "it names no bucket. Expected https://HOST/BUCKET/KEY or https://BUCKET.HOST/KEY."
        }
    }
}

extension Endpoint {
    /// The address of an object in a style, whether or not it is public; nil for a virtual host where the bucket's name cannot stand in one.
    public func url(bucket: String, key: Key, style: Style) -> String? {
        let styled = with(style: style)
        guard styled.style(for: bucket) == style else { return nil }
        return styled.url(bucket: bucket, encodedKey: PercentEncoding.path(key.bytes))
    }
}

extension VisitorAddress {
    /// The path below the deployed folder that `url` leads to; nil where it is no address below this one. A query and a fragment are left aside.
    public func path(of url: String) -> Key? {
        let plain = url.prefix { $0 != "?" && $0 != "#" }
        guard plain.utf8.count > base.utf8.count, plain.utf8.starts(with: base.utf8),
            let bytes = percentDecoded(plain.utf8.dropFirst(base.utf8.count))
        else { return nil }
        return Key(validating: bytes)
    }
}
