internal import S3
internal import Vocabulary

/// The objects below a prefix as one stream in the server's order.
///
/// The first page is asked for alone: most buckets have no second. Then pages are asked for from many cuts at once and delivered in order; where
/// one page does not reach the next cut, those in between follow by its token. Every row is delivered exactly once on a server that lists
/// in byte order; on any other the merge sees that keys do not ascend and starts anew, without cuts.
struct RemoteListing {
    /// Consecutive pages, and how to go on after them.
    private struct Stretch: Sendable {
        var pages: [ListPage]
        var rest: Listing

        var last: Key? { pages.last { !$0.isEmpty }?.last?.key }
        var isLast: Bool { pages.last?.nextToken == nil }

        /// True where a further page is needed to reach `end`.
        func isBefore(_ end: Key?) -> Bool {
            guard let end else { return false }
            return last.map { $0 < end } ?? true
        }
    }

    private typealias Fetch = Task<Result<Stretch, S3Error>, Never>

    /// Pages that one cut may bring along, so that a range with many objects unknown here does not fill the memory.
    private static let pagesAtOnce = 2

    private let store: S3Client?
    private let prefix: Prefix
    private let window: Int
    private var cuts: ListingCuts?

    private var pages: ArraySlice<ListPage> = []
    private var at = 0
    /// The last key that was delivered; rows up to it are passed over where a page begins before it.
    private var position: Key?
    private var overlaps = false
    private var following: Fetch?
    private var ahead: [(start: Key, fetch: Fetch)] = []
    private var collected: [RemoteObject] = []

    /// Lists with at most `window` requests at once; one page after the other where there are no cuts.
    init(of store: S3Client, below prefix: Prefix, cuts: ListingCuts? = nil, window: Int = 1) {
        self.store = store
        self.prefix = prefix
        self.cuts = cuts
        self.window = window
        following = Self.fetch(Listing(store, prefix: prefix), upTo: nil)
    }

    /// Objects that were collected already.
    init(collected: [RemoteObject]) {
        store = nil
        prefix = Prefix("")
        window = 0
        self.collected = collected
    }

    /// The next object, nil at the end.
    mutating func nextObject() async throws(S3Error) -> RemoteObject? {
        while true {
            if let object = nextAtHand() { return object }
            guard store != nil, try await takeNextStretch() else { return nil }
        }
    }

    /// The next object where it is here already; nil where it has to be waited for, and at the end.
    mutating func nextAtHand() -> RemoteObject? {
        if store == nil {
            defer { at += 1 }
            return at < collected.count ? collected[at] : nil
        }
        while !pages.isEmpty {
            let first = pages.startIndex
            if overlaps { skipDelivered(pages[first]) }
            if at < pages[first].count {
                defer { at += 1 }
                return pages[first][at]
            }
            if let last = pages[first].last { position = last.key }
            pages.removeFirst()
            at = 0
        }
        return nil
    }

    /// Gives up what is under way.
    func cancel() {
        following?.cancel()
        for (_, fetch) in ahead { fetch.cancel() }
    }

    // MARK: Stretches

    private static func fetch(_ listing: Listing, upTo end: Key?) -> Fetch {
        Task {
            var stretch = Stretch(pages: [], rest: listing)
            do throws(S3Error) {
                repeat {
                    guard let page = try await stretch.rest.next() else { break }
                    stretch.pages.append(page)
                } while stretch.pages.count < pagesAtOnce && !stretch.isLast && stretch.isBefore(end)
                return .success(stretch)
            } catch {
                return .failure(error)
            }
        }
    }

    /// Waits for the pages that come next and starts what follows them; false at the end.
    private mutating func takeNextStretch() async throws(S3Error) -> Bool {
        let fetch: Fetch
        if let task = following {
            fetch = task
            following = nil
            overlaps = false
        } else if !ahead.isEmpty {
            fetch = ahead.removeFirst().fetch
            overlaps = true
        } else {
            return false
        }
        let stretch = try await withTaskCancellationHandler {
            await fetch.value
        } onCancel: {
            fetch.cancel()
        }.get()
        pages = stretch.pages[...]
        at = 0
        if stretch.isLast {
            cancel()
            ahead = []
            cuts = nil
        } else {
            follow(stretch)
        }
        return true
    }

    /// Everything up to the stretch's last key is here: what the cuts cover beyond it is fetched from there, else by token.
    private mutating func follow(_ stretch: Stretch) {
        let reached = stretch.last ?? position
        if let reached {
            while ahead.count > 1, ahead[1].start <= reached { ahead.removeFirst().fetch.cancel() }
            while ahead.count < window, let store, let cut = cuts?.next(from: reached) {
                ahead.append((cut.start, Self.fetch(Listing(store, prefix: prefix, startAfter: cut.start), upTo: cut.end)))
            }
            if let first = ahead.first, first.start <= reached { return }
        }
        following = Self.fetch(stretch.rest, upTo: ahead.first?.start)
    }

    private mutating func skipDelivered(_ page: ListPage) {
        // A page out of order is delivered whole, for the merge to see.
        if let position, page.disorder.isSound {
            while at < page.count, page.withKeyBytes(at, { position.bytes.isNotBefore($0) }) { at += 1 }
        }
        if at < page.count { overlaps = false }
    }
}

extension [UInt8] {
    /// True where `other` sorts at or before these bytes.
    fileprivate func isNotBefore(_ other: UnsafeBufferPointer<UInt8>) -> Bool {
        withUnsafeBufferPointer { mine in
            for (a, b) in zip(mine, other) where a != b { return a > b }
            return mine.count >= other.count
        }
    }
}
