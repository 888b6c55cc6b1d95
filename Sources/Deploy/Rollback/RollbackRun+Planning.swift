internal import HTTP
internal import Planning
internal import S3
internal import Synchronization
internal import Vocabulary

extension RollbackRun {
    /// True where a path is a rollback's business: no folder marker, nothing of the program's own, of the trash or of another target.
    private func concerns(_ key: Key) -> Bool {
        guard key.bytes.last != UInt8(ascii: "/"), let path = options.prefix.relative(key) else { return false }
        if let trash = options.trash, key.bytes.starts(with: trash.root.bytes) { return false }
        if options.foreignFolders.contains(where: { key.bytes.starts(with: $0.bytes) }) { return false }
        let isOwn = path.bytes.split(separator: UInt8(ascii: "/")).contains { $0.elementsEqual(DefaultExclusions.ownFolder.utf8) }
        return !isOwn
    }

    /// The plan that versions tell. The moment is taken by the server's clock, where that is off by more than the answer's own roughness.
    func planned(fromVersionsOf clockDifference: Int64) async throws(S3Error) -> RollbackPlan {
        let moment = options.moment / 1_000_000 + (clockDifference.magnitude > 2 ? clockDifference * 1000 : 0)
        var plan = RollbackPlan()
        var key: Key?
        var versions: [ObjectVersion] = []
        func judge() {
            guard let key, let path = options.prefix.relative(key) else { return }
            plan.judge(
                path, versions: versions.map { KeptVersion(id: $0.isDeletion ? nil : $0.versionID, written: $0.written, size: $0.size) },
                before: moment, wasReplaced: options.replaced.contains(path))
        }
        try await store.versions(below: options.prefix) { page throws(S3Error) in
            for version in page where concerns(version.key) {
                if version.key != key {
                    judge()
                    key = version.key
                    versions = []
                }
                versions.append(version)
            }
        }
        judge()
        return plan
    }

    /// The plan that the trash tells: of each object, what the first run after the moment kept.
    func planned(from trash: TrashPlace) async throws(S3Error) -> RollbackPlan {
        var kept: [Key: (began: Int64, key: Key?, size: Int64)] = [:]
        var created: [(began: Int64, key: Key)] = []
        var listing = RemoteListing(of: store, below: trash.prefix)
        // In order of the runs' beginnings, so the first that is met of a path is the first that touched it.
        while let object = try await listing.nextObject() {
            guard let parts = trash.parts(of: object.key), parts.began >= options.moment, parts.began < options.began else { continue }
            guard let path = parts.path else {
                created.append((parts.began, object.key))
                continue
            }
            if kept[path] == nil { kept[path] = (parts.began, object.key, object.size) }
        }
        for run in created {
            let list = try await store.getObject(run.key, maximumBytes: 256 << 20).bytes
            for name in list.split(separator: 0) {
                guard let path = Key(validating: name), kept[path].map({ $0.began > run.began }) ?? true else { continue }
                kept[path] = (run.began, nil, 0)
            }
        }
        var there: Set<Key> = []
        var objects = RemoteListing(of: store, below: options.prefix)
        var plan = RollbackPlan()
        while let object = try await objects.nextObject() {
            guard concerns(object.key), let path = options.prefix.relative(object.key) else { continue }
            plan.remoteCount += 1
            if kept[path] == nil { plan.unchangedCount += 1 } else { there.insert(path) }
        }
        for (path, first) in kept.sorted(by: { $0.key < $1.key }) where concerns(options.prefix.key(for: path)) {
            plan.judge(path, keptFirst: first.key.map { ($0, first.size) }, isThere: there.contains(path))
        }
        return plan
    }

    /// The plan without what was put back already, by a rollback that was cut short: same bytes, same headers.
    func withoutWhatIsSame(_ plan: RollbackPlan) async throws(S3Error) -> RollbackPlan {
        var plan = plan
        let (replacing, others) = (plan.restores.filter(\.replaces), plan.restores.filter { !$0.replaces })
        var fault: S3Error?
        var wanted: [RollbackPlan.Restore] = []
        _ = await runBounded(
            replacing, limit: PoolLimit(count: { [store] in store.requestLimit }, weight: .max), weight: { _ in 0 }, on: disk,
            isOpen: { fault == nil }
        ) { restore -> (RollbackPlan.Restore, Result<Bool, S3Error>) in
            // Apart from the tuple: Swift 6.3's optimizer loses what stands in one before a call that may throw.
            let result: Result<Bool, S3Error>
            do throws(S3Error) { result = .success(try await isSame(restore)) } catch { result = .failure(error) }
            return (restore, result)
        } each: { restore, result in
            switch result {
            case .success(true): plan.unchangedCount += 1
            case .success(false): wanted.append(restore)
            case .failure(let error): fault = fault ?? error
            }
        }
        if let fault { throw fault }
        plan.restores = (wanted + others).sorted { $0.path < $1.path }
        return plan
    }

    func source(of restore: RollbackPlan.Restore) -> ObjectSource {
        switch restore.source {
        case .version(let id): ObjectSource(options.prefix.key(for: restore.path), version: id)
        case .object(let key): ObjectSource(key)
        }
    }

    private func isSame(_ restore: RollbackPlan.Restore) async throws(S3Error) -> Bool {
        let then = try await store.head(source(of: restore))
        let now: ObjectHead
        do throws(S3Error) { now = try await store.head(options.prefix.key(for: restore.path)) } catch {
            if error.isNotFound { return false }
            throw error
        }
        guard now.size == then.size, now.etag == then.etag || (now.sha256 != nil && now.sha256 == then.sha256) else { return false }
        func fields(_ head: ObjectHead) -> Set<String> { Set(head.carried.map { "\($0.name.lowercased()): \($0.value)" }) }
        return fields(now) == fields(then)
    }
}
