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
    var trash: Trash?

    func run(_ surveyed: Surveyed, into report: inout DeployReport) async {
        let plan = surveyed.plan
        options.stop.beginSending()
        disk.savesThreads(true)
        defer { disk.savesThreads(false) }
        var watch = FaultWatch()
        var untoldACLs = UntoldACLs()
        for wave in Wave.allCases {
            let actions = WaveActions(of: wave, in: plan)
            let begun = await runBounded(
                actions, limit: pool(options.bufferMemory), weight: { [upload] in $0.memory(upload) }, on: disk,
                isOpen: { !options.isStopping && watch.fault == nil }
            ) { [upload, trash] action in
                let path = action.path
                if let trash, action.replaces {
                    do throws(S3Error) { try await trash.keep(path) } catch {
                        return (action, Upload.Ended(outcome: .failed(path: path.string.escapedForTerminal, .kept(error)), photo: nil))
                    }
                }
                let ended =
                    switch action {
                    case .send(let planned) where planned.copy == nil: await upload.send(planned, reading: surveyed.readings[path])
                    case .send(let planned): await ServerCopy(upload: upload).run(planned, reading: surveyed.readings[path])
                    case .updateHeaders(let planned): await HeaderUpdate(upload: upload).run(planned, reading: surveyed.readings[path])
                    }
                return (action, ended)
            } each: { action, ended in
                let path = action.path
                if isLeft(ended.outcome, &watch) { return report.note(left: path) }
                finish(ended.outcome, &report)
                report.derived.note(action.file, ended.outcome, isMade: options.rerenders)
                report.deployed?.add(action, ended.outcome)
                if ended.hasUntoldACL { untoldACLs.note(path) }
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
            for action in actions.dropFirst(begun) { report.note(left: action.path) }
        }
        if let warning = untoldACLs.warning { observer.note(.warning(warning)) }
        if report.failures.isEmpty || options.isStopping || watch.fault != nil {
            await delete(plan.deletions, &watch, &report)
        } else {
            report.deletionsSkipped = plan.deletions.count
        }
        report.fault = watch.fault
        if !options.isStopping, watch.fault == nil, !upload.pending.isEmpty, let age = options.abortsIncompleteAfter {
            await AbandonedUploads(upload: upload, age: age).giveUp(except: Set(plan.uploads.map(\.file.path)))
        }
    }

    /// True where an action did not come to its end: the run was broken off, or what failed is not this object's fault but the whole bucket's.
    private func isLeft(_ outcome: Outcome, _ watch: inout FaultWatch) -> Bool {
        guard case .failed(_, let cause) = outcome else {
            watch.noteSuccess()
            return false
        }
        if options.isStopping, cause.isInterruption { return true }
        watch.note(cause)
        return watch.fault != nil
    }

    /// One more than there are requests, so that a file is being read while the others travel.
    private func pool(_ memory: Int64) -> PoolLimit {
        PoolLimit(count: { [store = upload.store] in store.requestLimit + 1 }, weight: memory)
    }

    private func finish(_ outcome: Outcome, _ report: inout DeployReport) {
        report.fold(outcome)
        observer.note(.finished(outcome))
    }

    private func delete(_ objects: [RemoteObject], _ watch: inout FaultWatch, _ report: inout DeployReport) async {
        let keys = objects.map(\.key)
        let batches = stride(from: 0, to: keys.count, by: S3Client.deleteBatchSize).map {
            Array(keys[$0..<min($0 + S3Client.deleteBatchSize, keys.count)])
        }
        let (store, stop, trash, disk, prefix) = (upload.store, options.stop, trash, disk, options.prefix)
        let begun = await runBounded(
            batches, limit: pool(.max), weight: { _ in 0 }, on: disk, isOpen: { !options.isStopping && watch.fault == nil }
        ) { batch in
            guard let trash else {
                return (batch, await store.delete(batch, isCalledOff: stop.question).map { $0.mapError(FailureCause.store) })
            }
            // What could not be kept stays.
            let unkept = await trash.keep(batch.compactMap { prefix.relative($0) }, on: disk)
            let kept = batch.filter { key in prefix.relative(key).map { unkept[$0] == nil } ?? true }
            var deleted = await store.delete(kept, isCalledOff: stop.question).makeIterator()
            let results = batch.map { key -> Result<Void, FailureCause> in
                if let path = prefix.relative(key), let error = unkept[path] { return .failure(.kept(error)) }
                return deleted.next()?.mapError(FailureCause.store) ?? .failure(.interrupted)
            }
            return (batch, results)
        } each: { (batch: [Key], results: [Result<Void, FailureCause>]) in
            for (key, result) in zip(batch, results) {
                let outcome: Outcome
                switch result {
                case .success: outcome = .deleted(key)
                case .failure(let cause): outcome = .failed(path: key.string.escapedForTerminal, cause)
                }
                if isLeft(outcome, &watch) {
                    report.note(left: key)
                    continue
                }
                finish(outcome, &report)
                if case .deleted = outcome, let path = options.prefix.relative(key) { upload.recorder?.noteDeletion(path) }
            }
        }
        for key in batches[begun...].joined() { report.note(left: key) }
    }
}

/// Objects that were copied onto themselves though nobody could tell who might read them: a copy begins with its owner alone.
private struct UntoldACLs {
    private var count = 0
    private var first: Key?

    mutating func note(_ path: Key) {
        count += 1
        if first.map({ path < $0 }) ?? true { first = path }
    }

    /// One warning for all of them.
    var warning: String? {
        guard let first else { return nil }
        return "the store does not tell who may read \(count == 1 ? "an object" : "\(count) objects") whose headers were replaced "
            + "(\(first.string.escapedForTerminal)\(count == 1 ? "" : ", …")): what an access control list granted may be gone. "
            + "Allow s3:GetObjectAcl so that it is kept, or say --acl; where a bucket policy decides, nothing is lost."
    }
}
