internal import Planning
internal import S3
internal import Source
internal import Vocabulary

/// Carries a plan out: wave by wave through one bounded pool, deletions last and only if nothing failed.
struct Execution {
    let upload: Upload
    let readsAllPhotos: Bool
    let options: DeployOptions
    let disk: DiskExecutor
    let observer: any DeployObserver

    func run(_ surveyed: Surveyed, into report: inout DeployReport) async {
        let plan = surveyed.plan
        options.stop.beginSending()
        var left = plan.actionCount
        for wave in Wave.allCases where !isEnding {
            _ = await runBounded(
                WaveActions(of: wave, in: plan), limit: pool(options.bufferMemory), weight: \.memory, on: disk,
                isOpen: { [stop = options.stop] in !stop.isRequested }
            ) { [upload] action in
                switch action {
                case .send(let planned): await ServerCopy(upload: upload).run(planned, reading: surveyed.readings[planned.file.path])
                case .updateHeaders(let planned):
                    await HeaderUpdate(upload: upload).run(planned, reading: surveyed.readings[planned.file.path])
                }
            } each: { ended in
                if isEnding, case .failed(_, let cause) = ended.outcome, cause.isInterruption { return }
                left -= 1
                finish(ended.outcome, &report)
                if case .uploaded(let path, _, _, let sha256) = ended.outcome {
                    report.samples.offer(path, sha256, isSent: true)
                }
                if let photo = ended.photo {
                    if photo.isRewritten, case .uploaded = ended.outcome { report.sentCorrectedCount += 1 }
                    // With all photos read in the survey, they were counted there.
                    if !readsAllPhotos { report.photos.fold(photo) }
                    observer.note(.photo(photo))
                }
            }
        }
        if !plan.deletions.isEmpty, !isEnding {
            if report.failures.isEmpty {
                await delete(plan.deletions, &left, &report)
            } else {
                report.deletionsSkipped = plan.deletions.count
                left -= plan.deletions.count
            }
        }
        report.leftCount = left
        if !isEnding, !upload.pending.isEmpty, let age = options.abortsIncompleteAfter {
            await AbandonedUploads(upload: upload, age: age).giveUp(except: Set(plan.uploads.map(\.file.path)))
        }
    }

    /// True once the run was asked to end: nothing new is begun.
    private var isEnding: Bool { Task.isCancelled || options.stop.isRequested }

    /// One more than there are requests, so that a file is being read while the others travel.
    private func pool(_ memory: Int64) -> PoolLimit {
        PoolLimit(count: { [store = upload.store] in store.requestLimit + 1 }, weight: memory)
    }

    private func finish(_ outcome: Outcome, _ report: inout DeployReport) {
        report.fold(outcome)
        observer.note(.finished(outcome))
    }

    private func delete(_ objects: [RemoteObject], _ left: inout Int, _ report: inout DeployReport) async {
        let keys = objects.map(\.key)
        let batches = stride(from: 0, to: keys.count, by: S3Client.deleteBatchSize).map {
            Array(keys[$0..<min($0 + S3Client.deleteBatchSize, keys.count)])
        }
        let store = upload.store
        _ = await runBounded(
            batches, limit: pool(.max), weight: { _ in 0 }, on: disk, isOpen: { [stop = options.stop] in !stop.isRequested }
        ) { batch in
            (batch, await store.delete(batch))
        } each: { ended in
            for (key, result) in zip(ended.0, ended.1) {
                switch result {
                case .success:
                    finish(.deleted(key), &report)
                    if let path = options.prefix.relative(key) { upload.recorder?.noteDeletion(path) }
                case .failure(let error):
                    if Task.isCancelled, error.isCancelled { continue }
                    finish(.failed(path: key.string.escapedForTerminal, .store(error)), &report)
                }
                left -= 1
            }
        }
    }
}
