internal import Planning
internal import S3
internal import Source
internal import State
internal import Vocabulary

/// Drops files from the source: nothing but what was just read, byte for byte, out of the bucket.
///
/// Each file goes through these steps, and stays where one of them fails:
/// 0. no rule of the bucket's lifecycle removes its object;
/// 1. it is opened without following a link, and hashed as it lies (`StrictFile`);
/// 2. its object is downloaded whole and hashed: what the store says of it, in tags or metadata, proves nothing;
/// 3. both hashes are the same;
/// 4. it is written into the ledger in the source and into the local state, down to the disk, and the ledger is read back;
/// 5. the object is asked for once more, and is the one that was read;
/// 6. the file is what was hashed, to the nanosecond, and nobody writes to it;
/// 7. it is removed.
///
/// A run that is killed leaves, at the worst, entries of files that are still there, which say nothing.
struct DropRun {
    let folder: SourceFolder
    let store: S3Client
    let options: TierOptions
    let disk: DiskExecutor
    let lifespan: Lifespan

    /// So many are written down at once: a ledger is written whole each time.
    private static let batchSize = 64

    private struct Proven: Sendable {
        let drop: TierPlan.Drop
        let file: StrictFileBox
        let entry: DroppedFile
        let etag: ETag
    }

    /// Drops files, in order, until `toFree` bytes are free, or all where that is nil, and tells what became of each; those left over were not begun.
    func run(_ drops: [TierPlan.Drop], toFree: Int64?, _ note: (TierOutcome) -> Void) async throws {
        var rest = drops[...]
        var left = toFree ?? .max
        while !rest.isEmpty, left > 0, !options.stop.isRequested, !Task.isCancelled {
            var batch: [TierPlan.Drop] = []
            var weight: Int64 = 0
            while batch.count < Self.batchSize, weight < left, let next = rest.popFirst() {
                batch.append(next)
                weight += next.object.size
            }
            var proven: [Proven] = []
            _ = await runBounded(
                batch, limit: PoolLimit(count: { options.jobs }, weight: .max), weight: { _ in 0 }, on: disk,
                isOpen: { !options.stop.isRequested }, { drop in (drop, await prove(drop)) }
            ) { drop, result in
                switch result {
                case .success(let found): proven.append(found)
                case .failure(let refusal): note(.kept(drop, DropRefusalWords(refusal)))
                }
            }
            proven.sort { $0.drop.path < $1.drop.path }
            if proven.isEmpty { continue }
            try await remove(proven) { outcome in
                if case .dropped(let drop) = outcome { left -= drop.object.size }
                note(outcome)
            }
        }
    }

    /// Steps 1 to 3.
    private func prove(_ drop: TierPlan.Drop) async -> Result<Proven, DropRefusal> {
        do throws(DropRefusal) {
            if let end = lifespan.end(of: drop.object.key) { throw .expires(end) }
            let file = try StrictFile(drop.path, in: folder)
            guard file.status == drop.status, file.status.size == drop.object.size else { throw .changed }
            let sha256 = try file.sha256()
            let read: HashedObject
            do throws(S3Error) {
                // Metadata proves nothing, but what it says is another file need not be downloaded to be kept.
                if let said = try await store.head(drop.object.key).sha256, said != sha256 { return .failure(.otherBytes) }
                read = try await store.hashObject(drop.object.key)
            } catch {
                throw error.isNotFound ? .objectChanged : .unreadableObject(error.description)
            }
            guard read.head.size == file.status.size, read.sha256 == sha256 else { throw .otherBytes }
            if let name = read.head.header("x-amz-storage-class"), TierRule.archives.contains(name) { throw .archived(name) }
            return .success(proven(drop, file, sha256, read.head))
        } catch {
            return .failure(error)
        }
    }

    private func proven(_ drop: TierPlan.Drop, _ file: StrictFile, _ sha256: SHA256, _ head: ObjectHead) -> Proven {
        Proven(
            drop: drop, file: StrictFileBox(file),
            entry: DroppedFile(
                path: drop.path, endpoint: store.endpoint.description, bucket: store.bucket, key: drop.object.key, size: file.status.size,
                sha256: sha256, modified: file.status.modified, mode: file.mode, user: file.user, group: file.group,
                dropped: options.now() / 1_000_000_000),
            etag: head.etag)
    }

    /// Steps 4 to 7.
    private func remove(_ proven: [Proven], _ note: (TierOutcome) -> Void) async throws {
        let before = try folder.droppedLedger()
        let entries = proven.map(\.entry)
        let ledger = before.adding(entries)
        do throws(DropRefusal) { try write(ledger, entries) } catch {
            for one in proven { note(.kept(one.drop, DropRefusalWords(error))) }
            return
        }
        var kept: Set<Key> = []
        for one in proven {
            do throws(DropRefusal) {
                guard !options.stop.isRequested else {
                    kept.insert(one.drop.path)
                    continue
                }
                let head: ObjectHead
                do throws(S3Error) { head = try await store.head(one.entry.key) } catch {
                    throw error.isNotFound ? .objectChanged : .unreadableObject(error.description)
                }
                guard head.etag == one.etag, head.size == one.entry.size else { throw .objectChanged }
                try one.file.value.remove()
                note(.dropped(one.drop))
            } catch {
                kept.insert(one.drop.path)
                note(.kept(one.drop, DropRefusalWords(error)))
            }
        }
        if !kept.isEmpty {
            // Should this fail, the entries of files that are there say nothing.
            let ours = kept.subtracting(before.paths)
            try? folder.write(ledger.removing(ours))
            try? DroppedState(options.state)?.forget(ours)
        }
    }

    /// Step 4: nothing is removed that is not written down in both places, and read back.
    private func write(_ ledger: DroppedLedger, _ entries: [DroppedFile]) throws(DropRefusal) {
        do throws(SystemCause) { try folder.write(ledger) } catch { throw .unrecorded(error.description) }
        let back: DroppedLedger
        do throws(LedgerFault) { back = try folder.droppedLedger() } catch { throw .unrecorded(error.description) }
        guard back == ledger else { throw .unrecorded("the ledger reads otherwise than it was written") }
        do throws(StateError) { try DroppedState(options.state)?.record(entries) } catch { throw .unrecorded(error.description) }
    }
}

/// A file that is handed from the task that proved it to the one that removes it, and used by one at a time.
///
/// Unchecked, because `StrictFile` holds descriptors and constants only, and every call on it is a system call on those.
struct StrictFileBox: @unchecked Sendable {
    let value: StrictFile

    init(_ value: StrictFile) { self.value = value }
}

extension DropRefusalWords {
    init(_ refusal: DropRefusal) {
        words = refusal.description
        isFault =
            switch refusal {
            case .link, .notAFile, .otherNames, .attributes, .otherBytes, .archived, .expires, .otherUser: false
            case .openForWriting, .changed, .system, .objectChanged, .unreadableObject, .unrecorded: true
            }
    }
}
