public import S3
internal import State
public import Vocabulary

/// What a discovery found.
public struct DiscoverReport: Sendable {
    /// How many objects were listed.
    public var listed = 0
    /// How many the local state knew.
    public var known = 0
    /// How many it did not.
    public var unknown = 0
    /// How many of those it knows now.
    public var recorded = 0
    /// How many of those tell no SHA-256, so that there is nothing to record.
    public var unidentified = 0
    /// Objects that could not be asked, and why.
    public var failures: [(key: Key, error: S3Error)] = []

    /// Nothing yet.
    public init() {}
}

/// Finds the objects of a destination that the local state does not know, and makes them known: each is asked for the SHA-256 in its metadata,
/// page by page, so that memory does not grow with the bucket.
public struct DiscoverRun: Sendable {
    /// What is found of one object.
    public enum Finding: Sendable, Hashable {
        /// The state does not know it.
        case unknown(RemoteObject)
        /// It was asked, and is recorded now.
        case recorded(RemoteObject)
        /// It was asked, and its metadata has no SHA-256.
        case unidentified(RemoteObject)
    }

    private let store: S3Client
    private let prefix: Prefix
    private let state: StateOptions
    private let records: Bool
    private let jobs: Int

    /// Prepares a discovery below `prefix`; with `records` what is unknown is asked and recorded, `jobs` objects at once.
    public init(_ store: S3Client, below prefix: Prefix, state: StateOptions, records: Bool, jobs: Int) {
        self.store = store
        self.prefix = prefix
        self.state = state
        self.records = records
        self.jobs = max(1, jobs)
    }

    /// Runs to the end; `each` hears of every object that was not known, in key order.
    public func run(_ each: (Finding) -> Void) async throws -> DiscoverReport {
        do { return try await pass(sorted: nil, each) } catch is Disorder {
            // The state is read in key order: what the server does not list in order is collected first.
            var all: [RemoteObject] = []
            var listing = Listing(store, prefix: prefix)
            while let page = try await listing.next() { all += page }
            return try await pass(sorted: all.sorted { $0.key < $1.key }, each)
        }
    }

    private struct Disorder: Error {}

    private func pass(sorted: [RemoteObject]?, _ each: (Finding) -> Void) async throws -> DiscoverReport {
        let database = try StateDatabase(at: state.path, of: state.location)
        let reader = try StateReader(database)
        let writer = StateWriter(database)
        defer { _ = writer.finish() }
        var report = DiscoverReport()
        // Told only once the order is known to be right: nothing is told twice.
        var listing = Listing(store, prefix: prefix)
        var rest = sorted?[...]
        while true {
            var objects: [RemoteObject]
            if let all = rest {
                objects = Array(all.prefix(1000))
                rest = all.dropFirst(1000)
                if objects.isEmpty { break }
            } else {
                guard let page = try await listing.next() else { break }
                guard page.disorder.isSound else {
                    guard report.listed == 0 else { throw DiscoverFault.disorder }
                    throw Disorder()
                }
                objects = Array(page)
            }
            // Folder markers and the lock are nobody's files.
            objects.removeAll { object in
                let path = prefix.relative(object.key)?.bytes ?? []
                return (path.last == UInt8(ascii: "/") && object.size == 0) || path.starts(with: ".galleria/".utf8)
            }
            report.listed += objects.count
            var unknown: [(path: Key, object: RemoteObject)] = []
            for object in objects {
                guard let path = prefix.relative(object.key) else { continue }
                if let record = try reader.object(at: path, passing: { _ in }), record.holds(for: object) {
                    report.known += 1
                } else {
                    unknown.append((path, object))
                }
            }
            report.unknown += unknown.count
            guard records else {
                for (_, object) in unknown { each(.unknown(object)) }
                continue
            }
            for (index, answer) in try await heads(unknown.map(\.object)).enumerated() {
                let (path, object) = unknown[index]
                switch answer {
                case .failure(let error): report.failures.append((object.key, error))
                case .success(let head):
                    // Another object by now: the next discovery's.
                    guard let sha256 = head.sha256, head.size == object.size, head.etag == object.etag else {
                        report.unidentified += 1
                        each(.unidentified(object))
                        continue
                    }
                    writer.record(
                        .object(
                            key: path,
                            ObjectRecord(etag: object.etag, size: object.size, lastModified: object.lastModified, sha256: sha256)))
                    report.recorded += 1
                    each(.recorded(object))
                }
            }
        }
        let summary = writer.finish()
        if let failure = summary.failure { throw failure }
        return report
    }

    private func heads(_ objects: [RemoteObject]) async throws -> [Result<ObjectHead, S3Error>] {
        let answers = await inOrder(objects, atOnce: jobs) { [store] object -> Result<ObjectHead, S3Error> in
            do throws(S3Error) { return .success(try await store.head(object.key)) } catch { return .failure(error) }
        }
        try Task.checkCancellation()
        return answers
    }
}

/// Why a discovery cannot be finished.
public enum DiscoverFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// The listing's order broke after part of it had been told.
    case disorder

    /// What failed and what to do next.
    public var description: String {
        "the store's listing is not in key order from its second page on, which a discovery cannot work with. Deploy instead: it sorts what is listed."
    }
}
