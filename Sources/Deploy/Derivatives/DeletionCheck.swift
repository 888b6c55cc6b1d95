internal import Planning
internal import S3
internal import Source
internal import Vocabulary

/// Looks at objects that are to be deleted, before anything is sent: pictures whose photos are still there stay, and what somebody else put there is told.
///
/// What the state knows of needs no look, unless it is a picture. One HEAD each for the others; no more once the plan is going to be refused in any case.
struct DeletionCheck {
    let settling: Settling
    let options: DeployOptions
    let disk: DiskExecutor
    let observer: any DeployObserver

    private enum Found: Sendable {
        /// This program deployed it, or it is gone by now.
        case ours
        /// Somebody else did.
        case foreign
        /// It is a picture whose photo is still there.
        case kept
        case fault(S3Error)
    }

    /// Takes pictures that stay out of the plan, and notes what is somebody else's.
    func run(_ surveyed: inout Surveyed) async throws(DeployError) {
        let looked = surveyed.unprovenDeletions + (options.selection.deletesExcluded ? [] : surveyed.pictureDeletions)
        guard !looked.isEmpty, !(options.adopts && options.selection.deletesExcluded) else { return }
        let limit = options.deleteLimit.allowed(of: surveyed.plan.remoteCount)
        var certain = surveyed.plan.deletions.count - looked.count
        var kept: Set<Key> = []
        var fault: S3Error?
        let store = settling.store
        _ = await runBounded(
            looked, limit: PoolLimit(count: { store.requestLimit + 1 }, weight: .max), weight: { _ in 0 }, on: disk,
            isOpen: { certain <= limit && fault == nil && !options.isStopping }
        ) { object in
            (object.key, await find(object.key))
        } each: { key, found in
            switch found {
            case .ours: certain += 1
            case .foreign:
                certain += 1
                surveyed.foreignDeletions.append(key)
            case .kept: kept.insert(key)
            case .fault(let error): fault = fault ?? error
            }
        }
        if let fault { throw .store(fault) }
        guard !kept.isEmpty else { return }
        surveyed.plan.deletions.removeAll { kept.contains($0.key) }
        surveyed.plan.extraneousCount += kept.count
        surveyed.plan.keptPictureCount = kept.count
        observer.note(.warning(Self.warning(kept)))
    }

    private func find(_ key: Key) async -> Found {
        do throws(S3Error) {
            let head = try await settling.store.head(key)
            if !options.selection.deletesExcluded, let mark = DerivativeMark(head), await isStillThere(mark) { return .kept }
            return head.sha256 == nil && head.metadata[PhotoGuard.recipeName] == nil ? .foreign : .ours
        } catch {
            return error.isNotFound ? .ours : .fault(error)
        }
    }

    /// True where the photo is in the source, or where nobody knows.
    private func isStillThere(_ mark: DerivativeMark) async -> Bool {
        guard let path = mark.path else { return true }
        let folder = settling.reader.folder
        return await disk.reading { _ in
            do throws(SourceError) { return try folder.entry(at: path).map { !$0.isFolder } ?? false } catch { return true }
        } ?? true
    }

    private static func warning(_ kept: Set<Key>) -> String {
        let names = kept.sorted().prefix(3).map { $0.string.escapedForTerminal }.joined(separator: ", ") + (kept.count > 3 ? ", …" : "")
        return
            "\(kept.count == 1 ? "a picture was" : "\(kept.count) pictures were") made of photos that are still there, and `derivatives` makes "
            + "\(kept.count == 1 ? "it" : "them") no more (\(names)): --delete leaves \(kept.count == 1 ? "it" : "them"). "
            + "Say --delete-excluded if \(kept.count == 1 ? "it is" : "they are") to go."
    }
}
