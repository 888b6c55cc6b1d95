internal import Foundation
internal import HTTP
internal import Planning
internal import S3
internal import Source
internal import State
internal import Vocabulary

/// Publishes the manifest: last, only where all else is as it should be, and only where it says something new.
///
/// It is made of what this run found or sent, in a file without a name, so memory holds some hundred bytes for each file and no text. Of pictures the
/// state remembers what only their bytes tell; what it does not, is read from the files, which must still be those that were deployed.
struct ManifestStep {
    let setting: ManifestSetting
    let settling: Settling
    let prefix: Prefix
    let state: StateSession
    let disk: DiskExecutor
    let observer: any DeployObserver
    var trash: Trash?

    /// How many files are looked up, read and written at a time.
    private static let chunk = 512

    /// Writes it where it is not what it should be; answers the outcome, nil where nothing had to be done.
    func run(_ rows: DeployedRows, isStopping: @escaping @Sendable () -> Bool) async -> Outcome? {
        let name = setting.path.string.escapedForTerminal
        func warn(_ why: String) -> Outcome? {
            observer.note(.warning("the manifest \(name) was not written, because \(why). The next run writes it."))
            return nil
        }
        guard rows.isComplete else { return warn("it is not known what some objects hold") }
        let spool: Spool
        do throws(ManifestStop) { spool = try await text(rows, isStopping) } catch {
            return error.warning.map(warn) ?? .failed(path: name, .manifest(error.failure))
        }
        do throws(S3Error) { return try await put(spool) } catch { return .failed(path: name, .store(error)) }
    }

    // MARK: Text

    private func text(_ rows: DeployedRows, _ isStopping: @escaping @Sendable () -> Bool) async throws(ManifestStop) -> Spool {
        let sorted = rows.sorted()
        var writer = try Spool.Writer(in: NSTemporaryDirectory())
        try writer.write(ManifestText.beginning)
        var reader = state.reader()
        for start in stride(from: 0, to: sorted.count, by: Self.chunk) {
            guard !isStopping() else { throw .interrupted }
            let files = sorted[start..<min(start + Self.chunk, sorted.count)].map { (file: rows.file($0), row: $0) }
            let known = try await pictures(of: files, &reader)
            for (offset, (file, row)) in files.enumerated() {
                let entry = entry(file, row, known[file.path])
                try writer.write(ManifestText.line(entry, isLast: start + offset + 1 == sorted.count))
            }
        }
        try writer.write(ManifestText.end)
        return try writer.finish()
    }

    private func entry(_ file: LocalFile, _ row: DeployedRows.Row, _ picture: PictureRecord?) -> ManifestEntry {
        let deployed = settling.headers.deployed(file, size: row.size)
        var entry = ManifestEntry(
            key: prefix.key(for: file.path), size: row.size, sha256: row.sha256, type: deployed.set["content-type"] ?? "",
            headers: String(deployed.digest.hex.prefix(ManifestEntry.headerDigits)))
        entry.width = picture?.size?.width
        entry.height = picture?.size?.height
        entry.taken = picture?.taken
        entry.takenBefore = setting.extras.contains(.captureTimeBefore) ? picture?.takenBefore : nil
        entry.sourceSHA256 = setting.extras.contains(.sourceHash) ? picture?.sourceSHA256 : nil
        entry.url = setting.base.map { VisitorAddress($0, .publicURL).url(of: file.path) }
        return entry
    }

    /// What there is to tell of the pictures among some files: from the state, else from the files.
    private func pictures(
        of files: [(file: LocalFile, row: DeployedRows.Row)], _ reader: inout StateReader?
    ) async throws(ManifestStop) -> [Key: PictureRecord] {
        let facts = PictureFacts(reader: settling.reader, extras: setting.extras)
        let pictures = files.filter { facts.apply(to: $0.file) }
        guard !pictures.isEmpty else { return [:] }
        var known: [Key: PictureRecord] = [:]
        if let open = reader {
            do throws(StateError) { known = try open.pictures(of: pictures.map(\.file.path)) } catch { reader = nil }
        }
        let missing = pictures.filter { picture in
            known[picture.file.path].map { !facts.holds($0, for: picture.file, sha256: picture.row.sha256) } ?? true
        }
        let (disk, width) = (disk, ProcessInfo.processInfo.activeProcessorCount + 1)
        var stop: ManifestStop?
        _ = await runBounded(
            missing, limit: PoolLimit(count: { width }, weight: .max), weight: { _ in 0 }, on: disk, isOpen: { stop == nil }
        ) { file, row -> (LocalFile, Result<PictureRecord, SourceError>?) in
            (
                file,
                await disk.reading { mark in
                    Result { () throws(SourceError) in try facts.read(file, sha256: row.sha256, mark: mark) }
                }
            )
        } each: { file, result in
            switch result {
            case .success(let record)?:
                known[file.path] = record
                if FingerprintRecord.isTrustworthy(file.status, readBegan: settling.now()) {
                    state.recorder?.note(file.path, record)
                }
            case .failure(.changed)?, .failure(.vanished)?: stop = .changed(file.path)
            case .failure(let error)?: stop = .unreadable(file.path, error)
            case nil: stop = .interrupted
            }
        }
        if let stop { throw stop }
        return known
    }

    // MARK: Writing

    /// Puts it where the bucket has another, or none. It is written only over the one that was looked at, where the store does that.
    private func put(_ spool: Spool) async throws(S3Error) -> Outcome? {
        let (store, key) = (settling.store, prefix.key(for: setting.path))
        let file = LocalFile(
            path: setting.path, status: FileStatus(size: spool.size, modified: 0, changed: 0, inode: 0, device: 0))
        let headers = settling.headers.rules.headers(for: file.path)
        var seen: ObjectHead?
        do throws(S3Error) { seen = try await store.head(key) } catch { guard error.isNotFound else { throw error } }
        if let seen, seen.sha256 == spool.sha256, headers.drift(shown: { seen.header($0) }).isEmpty { return nil }
        if seen != nil, let trash { try await trash.keep(setting.path) }
        let body = PutBody(spool, sha256: spool.sha256)
        for condition in WriteCondition.over(seen?.etag) {
            do throws(S3Error) {
                _ = try await store.put(key, body: body, headers: headers.httpHeaders + (condition.map { [$0.header] } ?? []))
                return .uploaded(path: setting.path, reason: seen == nil ? .new : .content, size: spool.size, sha256: spool.sha256)
            } catch {
                guard condition != nil else { throw error }
                guard error.code == .preconditionFailed || error.code == .notImplemented || error.refusal?.status == 400 else {
                    throw error
                }
                // A store that does not know the condition, or how it is written, refuses it for an object that nobody touched.
                var now: ObjectHead?
                do throws(S3Error) { now = try await store.head(key) } catch { guard error.isNotFound else { throw error } }
                // An answer that was lost, and the request repeated.
                if let now, now.sha256 == spool.sha256 {
                    return .uploaded(path: setting.path, reason: seen == nil ? .new : .content, size: spool.size, sha256: spool.sha256)
                }
                guard now?.etag == seen?.etag else { throw error }
            }
        }
        return nil
    }
}

extension WriteCondition {
    /// The ways to write over the object with a tag, or where there is none: each is tried where the one before is not understood, the last without any.
    fileprivate static func over(_ etag: ETag?) -> [WriteCondition?] {
        guard let etag else { return [.absent, nil] }
        return [.tagged(etag, quoted: true), .tagged(etag, quoted: false), nil]
    }
}
