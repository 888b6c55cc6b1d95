internal import HTTP
internal import S3
internal import Vocabulary

/// Cloudflare: `POST /zones/{zone}/purge_cache` with `files`, `prefixes` or `purge_everything` (Cloudflare API Reference, "Purge Cached Content").
///
/// A request names at most a hundred addresses, or thirty prefixes (Cloudflare Docs, "Purge cache", "Availability and limits"; "Purge cache by
/// prefix").
public struct Cloudflare: ContentNetwork {
    /// The most addresses of a request.
    public static let filesPerRequest = 100
    /// The most prefixes of a request.
    public static let prefixesPerRequest = 30
    /// The most addresses that are purged one by one: ten requests, which is what an account without a plan may send within two minutes.
    public static let addressLimit = 1000
    /// Where it is asked.
    public static let standardAddress = "https://api.cloudflare.com/client/v4"

    private let base: String
    private let zone: String
    private let address: String
    private let token: String
    private let client: CDNClient

    /// - Parameters:
    ///   - base: the address of the deployed folder as visitors open it, with a slash at its end.
    ///   - zone: the zone's identifier.
    ///   - address: where it is asked, without a slash at the end.
    ///   - token: an API token that may purge; it is never shown.
    public init(base: String, zone: String, address: String = Self.standardAddress, token: String, client: CDNClient) {
        self.base = base
        self.zone = zone
        self.address = address
        self.token = token
        self.client = client
    }

    /// How it is called in messages.
    public var name: String { "Cloudflare zone \(zone.escapedForTerminal)" }

    /// What is sent for `entries`, one a line.
    public func lines(_ entries: [PurgeEntry]) -> [String] {
        batches(entries).flatMap { batch in batch.members.map { batch.field == .prefixes ? $0 + "/*" : $0 } }
    }

    /// Has it fetch `entries` anew.
    public func purge(_ entries: [PurgeEntry]) async throws(CDNError) {
        for batch in batches(entries) { try await post(batch) }
    }

    /// What one request names.
    struct Batch: Sendable, Hashable {
        enum Field: String {
            case files
            case prefixes
        }

        let field: Field
        let members: [String]

        var body: [UInt8] {
            let list = members.map { CDNMessage.quoted($0) }.joined(separator: ",")
            return [UInt8]("{\"\(field.rawValue)\":[\(list)]}".utf8)
        }
    }

    func batches(_ entries: [PurgeEntry]) -> [Batch] {
        let collapsed = PurgeCollapse.collapse(entries, limit: Self.addressLimit, folderLimit: Self.prefixesPerRequest)
        let files = collapsed.filter { !$0.isFolder }.map { base + PercentEncoding.path($0.path.bytes) }
        let prefixes = collapsed.filter(\.isFolder).map { Self.prefix(of: base + PercentEncoding.path($0.path.bytes)) }
        return Self.cut(files, Self.filesPerRequest).map { Batch(field: .files, members: $0) }
            + Self.cut(prefixes, Self.prefixesPerRequest).map { Batch(field: .prefixes, members: $0) }
    }

    /// A prefix is host and path, without the scheme and without a slash at its end.
    private static func prefix(of url: String) -> String {
        let text = url.firstRange(of: "://").map { url[$0.upperBound...] } ?? url[...]
        return String(text.hasSuffix("/") ? text.dropLast() : text)
    }

    private static func cut(_ items: [String], _ size: Int) -> [[String]] {
        stride(from: 0, to: items.count, by: size).map { Array(items[$0..<min($0 + size, items.count)]) }
    }

    private func post(_ batch: Batch) async throws(CDNError) {
        let (url, token) = ("\(address)/zones/\(PercentEncoding.query(zone))/purge_cache", token)
        let response = try await client.send(to: name, hiding: [token], explain: { (CDNMessage.ofCloudflare($0.body), false) }) {
            HTTPRequest(
                method: .post, url: url,
                headers: [HTTPHeader("Authorization", "Bearer \(token)"), HTTPHeader("Content-Type", "application/json")],
                body: .bytes(batch.body), maximumResponseBytes: 1 << 20)
        }
        guard CDNMessage.isSuccess(response.body) else {
            throw .refused(
                network: name, status: response.status,
                message: CDNClient.shown(CDNMessage.ofCloudflare(response.body), hiding: [token]))
        }
    }
}
