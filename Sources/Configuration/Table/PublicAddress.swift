internal import S3

/// An address that browsers open: scheme, host, perhaps a port and a path; no user name, query or fragment.
struct PublicAddress {
    /// The address without slashes at its end.
    let text: String
    /// True where nothing follows host and port.
    let isOrigin: Bool

    init?(_ text: String) {
        // The endpoint's reader refuses all that does not belong into an address; only the scheme is optional there.
        guard text.hasPrefix("https://") || text.hasPrefix("http://"), let endpoint = try? Endpoint(parsing: text) else { return nil }
        var trimmed = text[...]
        while trimmed.hasSuffix("/") { trimmed = trimmed.dropLast() }
        self.text = String(trimmed)
        isOrigin = endpoint.pathPrefix.isEmpty && !text.hasSuffix("/")
    }
}
