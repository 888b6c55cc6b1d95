internal import HTTP
internal import Planning
internal import S3
internal import Vocabulary

extension RollbackRun {
    /// Carries a plan out in the waves of a deploy: assets, pages, the manifest, and deletions last and only if nothing failed. Where the bucket keeps no
    /// versions, what is replaced or deleted goes to the trash before, so that a rollback can be undone, too.
    func carryOut(_ plan: RollbackPlan, keepsVersions: Bool, _ each: (Outcome) -> Void) async {
        stop.beginSending()
        var trash: Trash?
        if !keepsVersions, let place = options.trash {
            let made = Trash(place: place, store: store, prefix: options.prefix, began: options.began, stop: stop)
            do throws(S3Error) { try await made.begin(creating: plan.restores.filter { !$0.replaces }.map(\.path)) } catch {
                for restore in plan.restores { each(.failed(restore.path, .kept(error))) }
                for path in plan.deletions { each(.failed(path, .kept(error))) }
                return
            }
            trash = made
        }
        var hasFailed = false
        func note(_ outcome: Outcome) {
            if case .failed = outcome { hasFailed = true }
            each(outcome)
        }
        let manifest = options.manifest
        let waves = [
            plan.restores.filter { Wave(path: $0.path) == .assets && $0.path != manifest },
            plan.restores.filter { Wave(path: $0.path) == .pages && $0.path != manifest }, plan.restores.filter { $0.path == manifest },
        ]
        let limit = PoolLimit(count: { [store] in store.requestLimit }, weight: .max)
        let stop = stop
        for wave in waves {
            let begun = await runBounded(wave, limit: limit, weight: { _ in 0 }, on: disk, isOpen: { !stop.isRequested }) {
                [trash] restore -> Outcome in
                await put(restore, trash)
            } each: {
                note($0)
            }
            for restore in wave.dropFirst(begun) { note(.failed(restore.path, .interrupted)) }
        }
        for path in plan.lost { note(.failed(path, .nothingKept)) }
        guard !hasFailed else { return }
        await delete(plan.deletions, trash, note)
    }

    private func put(_ restore: RollbackPlan.Restore, _ trash: Trash?) async -> Outcome {
        let key = options.prefix.key(for: restore.path)
        if let trash, restore.replaces {
            do throws(S3Error) { try await trash.keep(restore.path) } catch { return .failed(restore.path, .kept(error)) }
        }
        do throws(S3Error) {
            let source = source(of: restore)
            let head = try await store.head(source)
            var grants: [HTTPHeader] = options.acl.map { [HTTPHeader("x-amz-acl", $0)] } ?? []
            // Who may read an object is not copied with it.
            if grants.isEmpty, restore.replaces, case .granting(let headers) = try await store.acl(of: key) { grants = headers }
            try await store.duplicate(source, head, to: key, grants: grants, isCalledOff: stop.question)
            return .restored(restore.path, size: head.size)
        } catch {
            return .failed(restore.path, error.isCancelled ? .interrupted : .store(error))
        }
    }

    private func delete(_ paths: [Key], _ trash: Trash?, _ note: (Outcome) -> Void) async {
        let unkept = await trash?.keep(paths, on: disk) ?? [:]
        for path in paths { if let error = unkept[path] { note(.failed(path, .kept(error))) } }
        let kept = paths.filter { unkept[$0] == nil }
        let results = await store.delete(kept.map { options.prefix.key(for: $0) }, isCalledOff: stop.question)
        for (path, result) in zip(kept, results) {
            switch result {
            case .success: note(.deleted(path))
            case .failure(let error): note(.failed(path, error.isCancelled ? .interrupted : .store(error)))
            }
        }
    }
}
