internal import HTTP
public import Vocabulary

/// Which page of a listing is wanted.
public struct ListRequest: Sendable, Hashable {
    /// Only keys that begin with this.
    public var prefix: Prefix
    /// Only keys that go on with this after the prefix: the beginning of a name, where `prefix` is the folder.
    public var stem: [UInt8] = []
    /// True where all that lies in a folder below is answered as that folder (`delimiter=/`), not key by key.
    public var collapsesFolders = false
    /// Only keys after this one, in byte order.
    public var startAfter: Key?
    /// The token of the page before.
    public var continuationToken: String?
    /// The most rows; nil for the server's own limit, 1,000 on most.
    public var maxKeys: Int?

    /// Creates a request for the first page, or the one that a token opens.
    public init(prefix: Prefix, startAfter: Key? = nil, continuationToken: String? = nil, maxKeys: Int? = nil) {
        self.prefix = prefix
        self.startAfter = startAfter
        self.continuationToken = continuationToken
        self.maxKeys = maxKeys
    }

    /// Creates a request for the first page of the keys that begin with these bytes.
    public init(beginning: [UInt8]) {
        self.init(prefix: Prefix(""))
        stem = beginning
    }
}

extension S3Client {
    /// One page of keys (Amazon S3 API Reference, ListObjectsV2, with `encoding-type=url`: keys may hold what XML cannot).
    ///
    /// `previous` is the last key of the page before, for checking that the order goes on. A page that says that more follows without saying
    /// how, or whose token is the one that was sent, is an error.
    ///
    /// A server that has only ListObjects answers that; it is then asked for by its own name, where a page goes on from a key. One that does not
    /// know `encoding-type` is asked without.
    public func listPage(_ request: ListRequest, after previous: Key? = nil) async throws(S3Error) -> ListPage {
        let profile = profile
        do throws(S3Error) {
            let page = try await listPage(request, after: previous, profile)
            guard page.isOfFirstVersion, profile.listing == .v2 else { return page }
            correct { $0.listing = .v1 }
            // It has not understood where to start.
            guard request.startAfter == nil, request.continuationToken == nil else {
                return try await listPage(request, after: previous, self.profile)
            }
            return page
        } catch {
            guard profile.encodesKeys, error.code == .notImplemented || error.code == .other("InvalidArgument") else { throw error }
            let plain = profile.with { $0.encodesKeys = false }
            guard let page = try? await listPage(request, after: previous, plain) else { throw error }
            correct { $0.encodesKeys = false }
            return page
        }
    }

    private func listPage(_ request: ListRequest, after previous: Key?, _ profile: ProviderProfile) async throws(S3Error) -> ListPage {
        let call = Call(
            operation: .listObjects, method: .get, query: request.query(profile), maximumResponseBytes: 16 << 20)
        return try await send(call) { response throws(AnswerFault) in
            let page: ListPage
            do throws(XMLFault) {
                page = try ListPageParser.parse(response.body, prefix: request.beginning, after: previous ?? request.startAfter)
            } catch { throw .unreadable(error) }
            if let token = page.nextToken, token == request.continuationToken {
                throw .unreadable(.content("it names itself as the page that follows (NextContinuationToken)"))
            }
            return page
        }
    }
}

extension ListRequest {
    /// What all keys begin with.
    fileprivate var beginning: [UInt8] { prefix.bytes + stem }

    /// The query, encoded and sorted by name, so that the canonical query is the query sent.
    fileprivate func query(_ profile: ProviderProfile) -> String {
        var parts: [String] = []
        func add(_ name: String, _ value: String?) { if let value { parts.append(name + "=" + PercentEncoding.query(value)) } }
        let isSecond = profile.listing == .v2
        if isSecond { add("continuation-token", continuationToken) }
        if collapsesFolders { parts.append("delimiter=%2F") }
        if profile.encodesKeys { parts.append("encoding-type=url") }
        if isSecond { parts.append("list-type=2") } else { add("marker", continuationToken ?? startAfter?.string) }
        if let maxKeys { parts.append("max-keys=\(maxKeys)") }
        if !beginning.isEmpty { add("prefix", String(decoding: beginning, as: UTF8.self)) }
        if isSecond { add("start-after", startAfter?.string) }
        return parts.joined(separator: "&")
    }
}
