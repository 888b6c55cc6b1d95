internal import S3
internal import Source
internal import State
internal import Vocabulary

/// Brings dropped files back: each is downloaded beside its place, hashed, and moved into it only where every byte is right and nothing is there.
struct PromoteRun {
    let folder: SourceFolder
    let store: S3Client
    let options: TierOptions
    let disk: DiskExecutor

    /// So much is asked for at once.
    private static let pieceSize: Int64 = 8 << 20
    /// So many files are brought back before the ledger is written anew.
    private static let batchSize = 64

    /// Brings back what `isWanted` of the files that were dropped to this destination.
    func run(_ isWanted: (DroppedFile) -> Bool, _ note: (TierOutcome) -> Void) async throws {
        let ledger = try folder.droppedLedger()
        // What the ledger has lost the state may know.
        let known = (try? DroppedState(options.state)?.files()) ?? []
        let (endpoint, bucket) = (store.endpoint.description, store.bucket)
        let all = DroppedLedger(known).adding(ledger.files).files.filter {
            $0.endpoint == endpoint && $0.bucket == bucket && options.prefix.key(for: $0.path) == $0.key && isWanted($0)
        }
        var rest = all[...]
        while !rest.isEmpty, !options.stop.isRequested, !Task.isCancelled {
            let batch = Array(rest.prefix(Self.batchSize))
            rest = rest.dropFirst(Self.batchSize)
            var back: Set<Key> = []
            _ = await runBounded(
                batch, limit: PoolLimit(count: { options.jobs }, weight: .max), weight: { _ in 0 }, on: disk,
                isOpen: { !options.stop.isRequested }, { file in (file, await restore(file)) }
            ) { file, result in
                switch result {
                case .success(true):
                    back.insert(file.path)
                    note(.restored(file.path, size: file.size))
                case .success(false):
                    back.insert(file.path)
                    note(.forgotten(file.path))
                case .failure(let problem): note(.notRestored(file.path, problem.words))
                }
            }
            // First the file, then the ledger: a run that is killed in between leaves an entry of a file that is there.
            if !back.isEmpty { try forget(back) }
        }
    }

    private struct Problem: Error {
        let words: String
    }

    /// True where the file was brought back, false where it is there already as it was dropped.
    private func restore(_ file: DroppedFile) async -> Result<Bool, Problem> {
        if let look = folder.look(at: file.path) {
            // A file with a second name is not believed, and a run that was killed may have left it one.
            RestoredFile.tidy(file.path, in: folder)
            guard look.status.size == file.size, let there = try? StrictFile(file.path, in: folder), (try? there.sha256()) == file.sha256
            else { return .failure(Problem(words: RestoreRefusal.occupied.description)) }
            return .success(false)
        }
        do {
            let restored = try RestoredFile(file, in: folder)
            var at: Int64 = 0
            var tag: ETag?
            while at < file.size {
                let end = min(file.size, at + Self.pieceSize)
                let piece = try await store.getObject(file.key, range: at..<end, maximumBytes: Int(Self.pieceSize) + 1)
                guard piece.head.size == file.size, Int64(piece.bytes.count) == end - at, tag == nil || tag == piece.head.etag else {
                    throw RestoreRefusal.otherBytes
                }
                tag = piece.head.etag
                try restored.append(piece.bytes)
                at = end
            }
            try restored.finish()
            return .success(true)
        } catch let refusal as RestoreRefusal {
            return .failure(Problem(words: refusal.description))
        } catch let error as S3Error {
            return .failure(Problem(words: error.description))
        } catch {
            return .failure(Problem(words: "\(error)"))
        }
    }

    private func forget(_ paths: Set<Key>) throws {
        try folder.write(try folder.droppedLedger().removing(paths))
        try DroppedState(options.state)?.forget(paths)
    }
}
