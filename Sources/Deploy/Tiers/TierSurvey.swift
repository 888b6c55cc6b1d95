internal import Photo
internal import Planning
internal import S3
internal import Source
internal import Vocabulary

/// Finds out what is old, by the listing and by looking at the files of the same names. Nothing is opened, but photos where their own time counts.
struct TierSurvey {
    let folder: SourceFolder
    let store: S3Client
    let options: TierOptions

    func run() async throws -> TierPlan {
        var plan = TierPlan()
        let ledger = try folder.droppedLedger()
        let dropped = Dictionary(ledger.files.map { ($0.path, $0) }) { first, _ in first }
        let judge = SelectionJudge(options.selection, in: folder)
        let now = options.now() / 1_000_000_000
        var candidates: [TierPlan.Drop] = []
        var listing = Listing(store, prefix: options.prefix)
        while let page = try await listing.next() {
            for index in page.indices {
                let object = page[index]
                guard object.key.bytes.last != UInt8(ascii: "/"), let path = options.prefix.relative(object.key), !judge.protects(path)
                else {
                    continue
                }
                let look = folder.look(at: path)
                if look == nil, dropped[path] != nil { plan.dropped += 1 }
                let age = now - time(of: path, look, dropped[path], object)
                let current = page.storageClass(of: index) ?? TierRule.standard
                let change = options.rule.change(from: current, age: age)
                if let change {
                    plan.classChanges.append(TierPlan.ClassChange(object: object, from: current, to: change))
                } else {
                    plan.staying += 1
                }
                guard let look else { continue }
                plan.localBytes += look.status.size
                guard options.dropsLocal, options.rule.isCold(age: age), look.status.size == object.size,
                    !TierRule.archives.contains(change ?? current)
                else { continue }
                candidates.append(TierPlan.Drop(path: path, status: look.status, object: object, age: age))
            }
        }
        if let fault = judge.fault { throw fault }
        if let limit = options.localLimit {
            plan.toFree = max(0, plan.localBytes - limit)
            candidates.sort { $0.age > $1.age }
        }
        plan.candidates = candidates
        plan.drops = TierRule.dropped(
            candidates, localBytes: plan.localBytes, limit: options.localLimit, size: \.object.size, age: \.age)
        return plan
    }

    /// The time that counts, in seconds since 1970. What is not here any more is as old as it was.
    private func time(of path: Key, _ look: FileLook?, _ dropped: DroppedFile?, _ object: RemoteObject) -> Int64 {
        let stored = BucketTally.day(of: object.lastModified).map { Int64($0) * 86_400 } ?? 0
        guard let look else { return options.basis == .stored ? stored : dropped.map { $0.modified / 1_000_000_000 } ?? stored }
        switch options.basis {
        case .modified: return look.status.modified / 1_000_000_000
        case .accessed: return look.accessed / 1_000_000_000
        case .stored: return stored
        case .taken:
            let facts =
                PhotoKind.isJPEG(path) ? (try? OpenedFile(path, in: folder)).flatMap { try? PhotoRewriter.facts($0) } : nil
            return facts?.captureTime?.seconds ?? look.status.modified / 1_000_000_000
        }
    }
}
