internal import HTTP
public import Vocabulary

/// Which page of a listing is wanted.
public struct ListRequest: Sendable, Hashable {
    /// Only keys that begin with this.
    public var prefix: Prefix
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
}

extension S3Client {
    /// One page of keys (Amazon S3 API Reference, ListObjectsV2, with `encoding-type=url`: keys may hold what XML cannot).
    ///
    /// `previous` is the last key of the page before, for checking that the order goes on. A page that says that more follows without saying
    /// how, or whose token is the one that was sent, is an error.
    public func listPage(_ request: ListRequest, after previous: Key? = nil) async throws(S3Error) -> ListPage {
        // Sorted by name, so that the canonical query is the query sent.
        var query = ""
        if let token = request.continuationToken { query += "continuation-token=" + PercentEncoding.query(token) + "&" }
        query += "encoding-type=url&list-type=2"
        if let limit = request.maxKeys { query += "&max-keys=\(limit)" }
        if !request.prefix.bytes.isEmpty { query += "&prefix=" + PercentEncoding.query(request.prefix.string) }
        if let start = request.startAfter { query += "&start-after=" + PercentEncoding.query(start.string) }
        let call = Call(operation: .listObjects, method: .get, query: query, maximumResponseBytes: 16 << 20)
        return try await send(call) { response throws(AnswerFault) in
            let page: ListPage
            do throws(XMLFault) {
                page = try ListPageParser.parse(response.body, prefix: request.prefix.bytes, after: previous ?? request.startAfter)
            } catch { throw .unreadable(error) }
            if let token = page.nextToken, token == request.continuationToken {
                throw .unreadable(.content("it names itself as the page that follows (NextContinuationToken)"))
            }
            return page
        }
    }
}
