/// The address of a healthcheck service. Whoever knows it can speak for the run, so it is kept out of all that is printed.
public struct PingAddress: Sendable, Hashable, CustomStringConvertible {
    private let text: String

    /// Parses an address of http or https, without a fragment; nil for anything else.
    public init?(_ text: String) {
        let lower = text.lowercased()
        guard let scheme = ["https://", "http://"].first(where: { lower.hasPrefix($0) }) else { return nil }
        let host = text.dropFirst(scheme.count).prefix { $0 != "/" && $0 != "?" }
        // What is not printable ASCII has to be percent-encoded (RFC 3986 §2).
        guard !host.isEmpty, !text.contains("#"), text.utf8.allSatisfy({ 0x21...0x7E ~= $0 && $0 != 0x22 && $0 != 0x5C }) else {
            return nil
        }
        self.text = text
    }

    /// The address with a component appended to its path, before the query: `start`, or an exit status; nil for none.
    public func url(appending component: String?) -> String {
        let query = text.firstIndex(of: "?") ?? text.endIndex
        guard let component else { return text }
        let path = text[..<query]
        return path + (path.hasSuffix("/") ? "" : "/") + component + text[query...]
    }

    /// Scheme and host, the rest cut away: `https://hc-ping.com/…`.
    public var description: String {
        let scheme = text.prefix { $0 != ":" }
        let authority = text.dropFirst(scheme.count + 3).prefix { $0 != "/" && $0 != "?" }
        return "\(scheme)://\(authority.split(separator: "@").last ?? authority)/…"
    }
}
