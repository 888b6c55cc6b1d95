internal import S3
internal import Vocabulary

/// The objects below a prefix as one stream; the next page is fetched while one is being merged.
struct RemoteListing {
    private typealias Fetched = Result<(page: ListPage?, rest: Listing), S3Error>

    private var page: ListPage?
    private var collected: [RemoteObject] = []
    private var at = 0
    private var next: Task<Fetched, Never>?

    init(of store: S3Client, below prefix: Prefix) {
        next = Self.fetch(Listing(store, prefix: prefix))
    }

    /// Objects that were collected already.
    init(collected: [RemoteObject]) {
        self.collected = collected
    }

    private static func fetch(_ listing: Listing) -> Task<Fetched, Never> {
        Task {
            var listing = listing
            do throws(S3Error) {
                return .success((try await listing.next(), listing))
            } catch {
                return .failure(error)
            }
        }
    }

    /// The next object, nil at the end.
    mutating func nextObject() async throws(S3Error) -> RemoteObject? {
        if !collected.isEmpty {
            guard at < collected.count else { return nil }
            defer { at += 1 }
            return collected[at]
        }
        while true {
            if let page, at < page.count {
                defer { at += 1 }
                return page[at]
            }
            guard let task = next else { return nil }
            next = nil
            let fetched = try await withTaskCancellationHandler {
                await task.value
            } onCancel: {
                task.cancel()
            }.get()
            page = fetched.page
            at = 0
            if fetched.page != nil { next = Self.fetch(fetched.rest) }
        }
    }

    /// Gives up what is under way.
    func cancel() { next?.cancel() }
}
