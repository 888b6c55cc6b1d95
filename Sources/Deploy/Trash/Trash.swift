internal import Digest
internal import HTTP
internal import S3
internal import Synchronization
internal import Vocabulary

/// Keeps objects before they are replaced or deleted: by a copy on the server into the folder of this run.
///
/// What the run creates is written down before the first byte travels, so that it can be undone however the run ends.
struct Trash: Sendable {
    let place: TrashPlace
    let store: S3Client
    /// The deployed folder.
    let prefix: Prefix
    /// When the run began, in nanoseconds since 1970.
    let began: Int64
    let stop: DeployStop

    private var folder: Prefix { place.run(began) }

    /// Writes down the paths that have no object yet and are to get one.
    func begin(creating paths: [Key]) async throws(S3Error) {
        let text = paths.map { Array($0.bytes) + [0] }.joined()
        let bytes = Array(text)
        _ = try await store.put(
            folder.key(for: Key(TrashPlace.createdName)), body: PutBody(bytes, sha256: SHA256.digest(of: bytes)),
            headers: [HTTPHeader("Content-Type", "application/octet-stream")])
    }

    /// Keeps the object at a path; nothing where there is none.
    func keep(_ path: Key) async throws(S3Error) {
        let source = ObjectSource(prefix.key(for: path))
        let head: ObjectHead
        do throws(S3Error) { head = try await store.head(source) } catch {
            if error.isNotFound { return }
            throw error
        }
        try await store.duplicate(source, head, to: folder.key(for: Key(TrashPlace.objectsName + path.string)), isCalledOff: stop.question)
    }

    /// Keeps several; answers those of which that failed, and why.
    func keep(_ paths: [Key], on disk: DiskExecutor) async -> [Key: S3Error] {
        var failed: [Key: S3Error] = [:]
        let limit = PoolLimit(count: { [store] in store.requestLimit }, weight: .max)
        let stop = stop
        _ = await runBounded(paths, limit: limit, weight: { _ in 0 }, on: disk, isOpen: { !stop.isRequested }) { path -> (Key, S3Error?) in
            do throws(S3Error) {
                try await keep(path)
                return (path, nil)
            } catch { return (path, error) }
        } each: { path, error in
            if let error { failed[path] = error }
        }
        return failed
    }

    /// Deletes what was kept for longer than it is to be; `now` in nanoseconds since 1970. Answers how many objects.
    func purge(now: Int64) async throws(S3Error) -> Int {
        let oldest = now - Int64(place.keep / .nanoseconds(1))
        var expired: [Key] = []
        var listing = RemoteListing(of: store, below: place.prefix)
        while let object = try await listing.nextObject() {
            // In order of the runs' beginnings: behind the first that is young enough all are.
            guard let parts = place.parts(of: object.key) else { continue }
            guard parts.began < oldest else { break }
            expired.append(object.key)
        }
        listing.cancel()
        var count = 0
        for result in await store.delete(expired, isCalledOff: stop.question) {
            switch result {
            case .success: count += 1
            case .failure(let error): throw error
            }
        }
        return count
    }
}
