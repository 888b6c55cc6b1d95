internal import HTTP
internal import S3
internal import Vocabulary

/// Bunny CDN: `POST /purge` for an address, `POST /pullzone/{id}/purgeCache` for all of a zone (bunny.net API Reference, "Purge URL" and "Purge
/// Cache").
///
/// A star at the end of an address stands for all that begins so. An address that ends in a slash would mean that as well, unless `exactPath` is said.
public struct BunnyCDN: ContentNetwork {
    /// The most addresses that are purged one by one; each is a request.
    public static let addressLimit = 100
    /// Where it is asked.
    public static let standardAddress = "https://api.bunny.net"

    private let base: String
    private let zone: String?
    private let address: String
    private let key: String
    private let client: CDNClient

    /// - Parameters:
    ///   - base: the address of the deployed folder as visitors open it, with a slash at its end.
    ///   - zone: the pull zone's number, to purge it as a whole; nil where the addresses must do.
    ///   - address: where it is asked, without a slash at the end.
    ///   - key: the account's API key; it is never shown.
    public init(base: String, zone: String?, address: String = Self.standardAddress, key: String, client: CDNClient) {
        self.base = base
        self.zone = zone
        self.address = address
        self.key = key
        self.client = client
    }

    /// How it is called in messages.
    public var name: String { "Bunny CDN" + (zone.map { " \($0.escapedForTerminal)" } ?? "") }

    /// What is sent for `entries`, one a line.
    public func lines(_ entries: [PurgeEntry]) -> [String] {
        collapsed(entries).map { base + PercentEncoding.path($0.path.bytes) + ($0.isFolder ? "*" : "") }
    }

    /// Has it fetch `entries` anew.
    public func purge(_ entries: [PurgeEntry]) async throws(CDNError) {
        if entries == [.everything], let zone {
            return try await post("\(address)/pullzone/\(PercentEncoding.query(zone))/purgeCache")
        }
        for (entry, url) in zip(collapsed(entries), lines(entries)) {
            let isExact = !entry.isFolder && url.hasSuffix("/")
            try await post("\(address)/purge?url=\(PercentEncoding.query(url))&async=true" + (isExact ? "&exactPath=true" : ""))
        }
    }

    private func collapsed(_ entries: [PurgeEntry]) -> [PurgeEntry] {
        PurgeCollapse.collapse(entries, limit: Self.addressLimit, folderLimit: Self.addressLimit)
    }

    private func post(_ url: String) async throws(CDNError) {
        let key = key
        _ = try await client.send(to: name, hiding: [key], explain: { (CDNMessage.inJSON($0.body, "Message"), false) }) {
            HTTPRequest(method: .post, url: url, headers: [HTTPHeader("AccessKey", key)], maximumResponseBytes: 1 << 20)
        }
    }
}
