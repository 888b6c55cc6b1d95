internal import HTTP
public import Vocabulary

/// All pages under a prefix, one after the other.
///
/// It ends for certain: a token that comes a second time is an error, and every page must say whether another follows.
public struct Listing: Sendable {
    private let client: S3Client
    private var request: ListRequest
    private var seen: Set<String> = []
    private var last: Key?
    private var isFinished = false

    /// The pages of the keys under `prefix`, or of those after `startAfter`.
    public init(_ client: S3Client, prefix: Prefix, startAfter: Key? = nil) {
        self.client = client
        request = ListRequest(prefix: prefix, startAfter: startAfter)
        last = startAfter
    }

    /// The pages that `request` asks for, from the first.
    public init(_ client: S3Client, _ request: ListRequest) {
        self.client = client
        self.request = request
        last = request.startAfter
    }

    /// The next page, or nil after the last one.
    public mutating func next() async throws(S3Error) -> ListPage? {
        if isFinished { return nil }
        let page = try await client.listPage(request, after: last)
        if let row = page.last { last = row.key }
        guard let token = page.nextToken else {
            isFinished = true
            return page
        }
        guard seen.insert(token).inserted else {
            throw client.error(
                Call(operation: .listObjects, method: .get), .unreadable(status: 200, reason: "its pages run in a circle", excerpt: ""))
        }
        // S3 ignores start-after beside a token; some servers do not.
        request.startAfter = nil
        request.continuationToken = token
        return page
    }
}
