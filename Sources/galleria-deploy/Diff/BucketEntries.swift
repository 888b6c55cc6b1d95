internal import Deploy
internal import Planning
internal import S3
internal import Synchronization
internal import Vocabulary

/// A bucket's objects as a manifest tells them.
struct BucketEntries {
    let store: S3Client
    let prefix: Prefix

    /// The published manifest's entries.
    func published(at key: Key) async throws -> [ManifestEntry] {
        let entries = Mutex<[ManifestEntry]>([])
        do throws(PublishedManifest.Fault) {
            _ = try await PublishedManifest.read(key, from: store, begin: { entries.withLock { $0 = [] } }) { entry in
                entries.withLock { $0.append(entry) }
            }
        } catch {
            switch error {
            case .store(let error) where error.isNotFound:
                throw Fault(
                    .someFailed, "the bucket has no manifest \(key.string.escapedForTerminal). A deploy with --manifest publishes one.")
            case .store(let error): throw Fault(error)
            case .text(let fault): throw Fault(.someFailed, "\(key.string.escapedForTerminal): \(fault.description).")
            }
        }
        return entries.withLock { $0 }
    }

    /// The objects as they are: each is asked for the SHA-256 in its metadata; of one that has none the bytes are read.
    func all(besides manifest: Key?) async throws -> [ManifestEntry] {
        do throws(S3Error) {
            var listing = Listing(store, prefix: prefix)
            var entries: [ManifestEntry] = []
            while let page = try await listing.next() {
                let objects = page.filter { concerns($0.key, manifest) }
                entries += try await looked(at: objects)
            }
            return entries.sorted { $0.key < $1.key }
        } catch { throw Fault(error) }
    }

    /// A folder marker, the manifest itself and what is the program's own are in no manifest.
    private func concerns(_ key: Key, _ manifest: Key?) -> Bool {
        guard key.bytes.last != UInt8(ascii: "/"), key != manifest, let path = prefix.relative(key) else { return false }
        return !path.bytes.split(separator: UInt8(ascii: "/")).contains { $0.elementsEqual(DefaultExclusions.ownFolder.utf8) }
    }

    private func looked(at objects: [RemoteObject]) async throws(S3Error) -> [ManifestEntry] {
        let result: Result<[ManifestEntry], S3Error> = await withTaskGroup(of: Result<ManifestEntry, S3Error>.self) { group in
            var entries: [ManifestEntry] = []
            var rest = objects[...]
            for _ in 0..<max(1, store.requestLimit) {
                if let object = rest.popFirst() { group.addTask { await look(at: object) } }
            }
            while let result = await group.next() {
                switch result {
                case .success(let entry): entries.append(entry)
                case .failure(let error):
                    group.cancelAll()
                    return .failure(error)
                }
                if let object = rest.popFirst() { group.addTask { await look(at: object) } }
            }
            return .success(entries)
        }
        return try result.get()
    }

    private func look(at object: RemoteObject) async -> Result<ManifestEntry, S3Error> {
        do throws(S3Error) {
            let head = try await store.head(object.key)
            let sha256 = if let known = head.sha256 { known } else { try await store.hashObject(object.key).sha256 }
            return .success(
                ManifestEntry(key: object.key, size: head.size, sha256: sha256, type: head.header("content-type") ?? "", headers: ""))
        } catch { return .failure(error) }
    }
}
