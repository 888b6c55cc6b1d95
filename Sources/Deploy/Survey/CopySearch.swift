internal import Photo
internal import Planning
internal import Source
internal import State
internal import Vocabulary

/// Finds new files whose bytes are in the bucket already, because a file was renamed, moved or is there twice. It asks the local state alone, and
/// hashes only files as large as an object that the state knows.
struct CopySearch {
    let settling: Settling
    let state: StateSession
    let options: DeployOptions
    let disk: DiskExecutor

    /// Gives uploads the object that they can be copied from.
    func run(_ surveyed: inout Surveyed) async {
        // What is coded is small, and a copy would not tell what it was made of; nor would a picture's.
        let fresh = surveyed.plan.uploads.indices.filter {
            surveyed.plan.uploads[$0].reason == .new && settling.reader.isPlain(surveyed.plan.uploads[$0].file)
        }
        guard options.copies, !fresh.isEmpty else { return }
        let known = state.known(shard: .whole)
        guard known.hasObjects else { return }
        var sizes: [Int: Int64] = [:]
        await each(fresh, of: surveyed.plan.uploads) { [settling] in
            Self.size(of: $0, settling, $1)
        } then: {
            sizes[$0] = $1
        }

        // What is about to be replaced, or is not there any more, cannot be copied.
        let unfit = Set(surveyed.plan.uploads.map(\.file.path)).union(surveyed.gone.objects)
        var bySize: [Int64: [(path: Key, record: ObjectRecord)]] = [:]
        for object in known.objects(ofSizes: Set(sizes.values)) where object.record.etag != nil && !unfit.contains(object.path) {
            bySize[object.record.size, default: []].append(object)
        }
        let promising = fresh.filter { sizes[$0].map { bySize[$0] != nil } ?? false }
        await each(promising, of: surveyed.plan.uploads) { [settling] in
            Self.read($0.file, settling, $1)
        } then: { index, found in
            let path = surveyed.plan.uploads[index].file.path
            surveyed.readings[path] = found.reading
            guard
                let source = bySize[found.reading.fingerprint.size]?.first(where: { $0.record.sha256 == found.reading.fingerprint.sha256 }),
                let etag = source.record.etag
            else { return }
            surveyed.plan.uploads[index].copy = PlannedCopy(
                path: source.path, etag: etag, sha256: source.record.sha256, isRewritten: found.isRewritten)
            // It will not be read again.
            if let note = found.note, !settling.readsAllPhotos { surveyed.photos.fold(note) }
        }
    }

    /// The deployed size of a file; nil where it cannot be read, which sending it will tell.
    private static func size(of upload: PlannedUpload, _ settling: Settling, _ mark: ReadMark) -> Int64? {
        if let size = upload.deployedSize { return size }
        guard settling.reader.rewrites(upload.file) else { return upload.file.status.size }
        return (try? settling.reader.open(upload.file, mark: mark))?.size
    }

    private struct Found: Sendable {
        let reading: Reading
        let isRewritten: Bool
        let note: PhotoNote?
    }

    private static func read(_ file: LocalFile, _ settling: Settling, _ mark: ReadMark) -> Found? {
        let began = settling.now()
        guard let content = try? settling.reader.open(file, mark: mark),
            FailureCause.forbidding(content.photo, strictExif: settling.strictExif) == nil,
            let fingerprint = try? content.fingerprint(withMD5: false)
        else { return nil }
        let reading = Reading(
            fingerprint: fingerprint, status: content.file.status, began: began,
            recipe: settling.reader.recipe(for: file), isRefused: content.photo?.refusal != nil)
        return Found(reading: reading, isRewritten: content.isRewritten, note: PhotoNote(file.path, content))
    }

    /// Does `work` for some of the uploads on the disk's threads.
    private func each<Result: Sendable>(
        _ indices: [Int], of uploads: [PlannedUpload], _ work: @escaping @Sendable (PlannedUpload, ReadMark) -> Result?,
        then: (Int, Result) -> Void
    ) async {
        _ = await runBounded(
            indices.map { ($0, uploads[$0]) }, limit: PoolLimit(count: { 8 }, weight: .max), weight: { _ in 0 }, on: disk,
            isOpen: { [stop = options.stop] in !stop.isRequested }
        ) { [disk] item in
            // What does not answer is told when it is to be sent.
            (item.0, await disk.reading { mark in work(item.1, mark) } ?? nil)
        } each: { index, result in
            if let result { then(index, result) }
        }
    }
}
