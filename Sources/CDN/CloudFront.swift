internal import Digest
internal import HTTP
public import S3
internal import Vocabulary

/// Amazon CloudFront: CreateInvalidation and GetInvalidation (Amazon CloudFront API Reference, version 2020-05-31).
///
/// A thousand paths a month are free, and one that ends in `*` counts as one. Thirty paths a night stay below that. No more than fifteen paths with
/// a star, and 3,000 others, may be under way at once (Amazon CloudFront Developer Guide, "Concurrent invalidation request maximum").
public struct CloudFront: ContentNetwork {
    /// The usual most paths of one invalidation.
    public static let standardPathLimit = 30
    /// The most paths with a star that may be under way at once.
    public static let wildcardLimit = 15
    /// The most paths of one invalidation.
    public static let pathLimits = 1...3000
    /// Where it is asked.
    public static let standardAddress = "https://cloudfront.amazonaws.com"
    /// How long an invalidation is waited for, and how often it is looked at.
    static let patience = Duration.seconds(900)
    static let interval = Duration.seconds(10)

    private let distribution: String
    private let folder: String
    private let address: String
    private let credentials: any CredentialProvider
    private let client: CDNClient
    private let waits: Bool
    private let pathLimit: Int
    private let nonce: @Sendable () -> String
    private let signer = SigV4.generic(region: "us-east-1", service: "cloudfront")

    /// - Parameters:
    ///   - distribution: its identifier.
    ///   - folder: the path under which visitors find the deployed folder, encoded: `/`, or `/photos/`.
    ///   - address: where it is asked, without a slash at the end.
    ///   - waits: true where the invalidation is waited for.
    ///   - pathLimit: the most paths of one invalidation.
    ///   - nonce: a text that is another each time.
    public init(
        distribution: String, folder: String, address: String = Self.standardAddress, credentials: any CredentialProvider,
        client: CDNClient, waits: Bool = false, pathLimit: Int = Self.standardPathLimit, nonce: @escaping @Sendable () -> String
    ) {
        self.distribution = distribution
        self.folder = folder
        self.address = address
        self.credentials = credentials
        self.client = client
        self.waits = waits
        self.pathLimit = pathLimit
        self.nonce = nonce
    }

    /// How it is called in messages.
    public var name: String { "CloudFront \(distribution.escapedForTerminal)" }

    /// What is sent for `entries`, one a line.
    public func lines(_ entries: [PurgeEntry]) -> [String] { paths(entries) }

    /// The paths of the invalidation, in order.
    func paths(_ entries: [PurgeEntry]) -> [String] {
        PurgeCollapse.collapse(entries, limit: pathLimit, folderLimit: min(Self.wildcardLimit, pathLimit)).map { entry in
            folder + Self.encoded(entry.path.string) + (entry.isFolder ? "*" : "")
        }
    }

    /// Has it fetch `entries` anew.
    public func purge(_ entries: [PurgeEntry]) async throws(CDNError) {
        let paths = paths(entries)
        guard !paths.isEmpty else { return }
        // The same reference in each try, so that one whose answer was lost is not made twice; another in each run, else a later change of the
        // same files would be answered with the earlier invalidation.
        let body = Self.batch(paths, reference: "galleria-deploy-\(nonce())")
        let url = "\(address)/2020-05-31/distribution/\(PercentEncoding.query(distribution))/invalidation"
        let made = try await send(.post, url, body)
        guard waits else { return }
        try await wait(for: made, at: url)
    }

    private func wait(for made: (id: String, status: String), at url: String) async throws(CDNError) {
        var status = made.status
        var waited = Duration.zero
        while status != "Completed" {
            guard waited < Self.patience else { throw .unfinished(network: name, id: made.id.escapedForTerminal, Self.patience) }
            do { try await client.clock.sleep(Self.interval) } catch { throw .cancelled(network: name) }
            waited += Self.interval
            status = try await send(.get, "\(url)/\(PercentEncoding.query(made.id))", []).status
        }
    }

    /// Sends a request and reads the invalidation that it answers.
    private func send(_ method: HTTPMethod, _ url: String, _ body: [UInt8]) async throws(CDNError) -> (id: String, status: String) {
        let response = try await client.send(to: name, hiding: [], explain: Self.explain) { () async throws(CDNError) in
            try await signed(method, url, body)
        }
        do throws(XMLFault) {
            let answer = try XMLElement(document: response.body, root: "Invalidation", maximumBytes: 4 << 20)
            guard let id = answer.text("Id"), let status = answer.text("Status"), !id.isEmpty else {
                throw .content("an invalidation without an Id or a Status")
            }
            return (id, status)
        } catch {
            throw .malformed(network: name, error.description)
        }
    }

    private func signed(_ method: HTTPMethod, _ url: String, _ body: [UInt8]) async throws(CDNError) -> HTTPRequest {
        let keys: Credentials
        do throws(CredentialError) { keys = try await credentials.credentials() } catch { throw .credentials(network: name, error) }
        var request = HTTPRequest(method: method, url: url, body: body.isEmpty ? .none : .bytes(body), maximumResponseBytes: 4 << 20)
        if !body.isEmpty { request.headers.append(HTTPHeader("Content-Type", "application/xml")) }
        do throws(SigV4.Fault) {
            try signer.sign(&request, payload: .sha256(.digest(of: body)), credentials: keys, at: client.clock.now())
        } catch {
            throw .malformed(network: name, "its address \(url.escapedForTerminal) is none")
        }
        return request
    }

    /// What an error document says (Amazon CloudFront API Reference, "Common errors"), and whether it passes.
    private static func explain(_ response: HTTPResponse) -> (message: String, isPassing: Bool) {
        guard let document = try? XMLElement(document: response.body, root: "ErrorResponse", maximumBytes: 1 << 20),
            let error = document.child("Error")
        else { return ("", false) }
        let code = error.text("Code") ?? ""
        let isPassing = ["TooManyInvalidationsInProgress", "Throttling", "ThrottlingException", "RequestLimitExceeded"].contains(code)
        return ([code, error.text("Message") ?? ""].filter { !$0.isEmpty }.joined(separator: ", "), isPassing)
    }

    /// The body of CreateInvalidation: `InvalidationBatch`.
    static func batch(_ paths: [String], reference: String) -> [UInt8] {
        var xml = XMLWriter(root: "InvalidationBatch", namespace: "http://cloudfront.amazonaws.com/doc/2020-05-31/")
        xml.open("Paths")
        xml.element("Quantity", "\(paths.count)")
        xml.open("Items")
        for path in paths { xml.element("Path", path) }
        xml.close("Items")
        xml.close("Paths")
        xml.element("CallerReference", reference)
        xml.close("InvalidationBatch")
        return xml.bytes
    }

    /// A path as it stands in an invalidation: what RFC 1738 §2.2 calls unsafe and what is not ASCII encoded, and a question mark, which would begin
    /// a query; nothing else, or CloudFront would not find the address (Amazon CloudFront Developer Guide, "What you need to know when invalidating
    /// files").
    public static func encoded(_ path: String) -> String {
        let unsafe = Set("<>\"#%{}|\\^~[]`?".utf8)
        return path.utf8.map { byte in
            if 0x21...0x7E ~= byte, !unsafe.contains(byte) { return String(UnicodeScalar(byte)) }
            let hex = String(byte, radix: 16, uppercase: true)
            return "%" + (hex.utf8.count == 1 ? "0" : "") + hex
        }.joined()
    }
}
