internal import Digest
internal import Photo
internal import Planning
public import S3
public import Source
internal import Vocabulary

/// One deploy from the first question to the report: CORS, survey, guard, execution.
public struct DeployRun: Sendable {
    let settling: Settling
    private let upload: Upload
    let options: DeployOptions
    let disk: DiskExecutor
    let observer: any DeployObserver

    /// Prepares a run; nothing is read or sent yet.
    public init(
        _ reader: ContentReader, to store: S3Client, options: DeployOptions, disk: DiskExecutor, observer: any DeployObserver
    ) {
        let reader = reader.coding(by: options.headers).telling { observer.note(.rendered($0, of: $1)) }
        let recipe = reader.photoRecipe
        // Half the digest tells recipes apart as well, and metadata is sent with every answer.
        let photoGuard = PhotoGuard(recipe: String(recipe.hex.prefix(32)), allowsDropping: options.allowsUncorrected)
        // Without a state no time is kept.
        let now: @Sendable () -> Int64 = if let state = options.state { state.now } else { { 0 } }
        let headers = DeployedHeaders(options.headers, in: reader.folder)
        settling = Settling(
            reader: reader, store: store, photoGuard: photoGuard, strictExif: options.strictExif, headers: headers,
            photoDigests: PhotoDigests(derivativeCount: reader.maker?.derivatives.count ?? 0), rerenders: options.rerenders,
            checksHeaders: options.checksHeaders, adopts: options.adopts, readsObjects: options.readsObjects,
            readsAllPhotos: options.isDryRun || options.readsAllPhotos || reader.rewriter.rules.mustBeSeenToMatch, now: now, disk: disk,
            keepsHashes: options.keepsHashes)
        upload = Upload(
            reader: reader, store: store, prefix: options.prefix, photoGuard: photoGuard, strictExif: options.strictExif, headers: headers,
            now: now, partSize: options.partSize, partsAtOnce: options.partsWithinMemory, disk: disk,
            stop: options.stop, observer: observer)
        self.options = options
        self.disk = disk
        self.observer = observer
    }

    /// Runs to the end. Throws where nothing was sent; faults of single files are in the report.
    ///
    /// A dry run ends with the plan and sends nothing but GET and HEAD; insufficient CORS rules are then thrown only after the plan was noted.
    public func run() async throws(DeployError) -> DeployReport {
        if options.isDryRun { return try await unlockedRun() }
        let destination = Destination(store: settling.store, prefix: options.prefix)
        let local = try await LocalLocking(options.locks, of: destination, stop: options.stop, observer: observer).take()
        defer { local?.release() }
        guard options.locks.isRemote else { return try await unlockedRun() }
        // A lock needs a bucket to lie in.
        if options.createsBucket { try await createBucket() }
        let remote = RemoteLock(
            store: settling.store, prefix: options.prefix, options: options.locks, stop: options.stop, observer: observer)
        try await remote.take()
        let result: Result<DeployReport, DeployError>
        do throws(DeployError) { result = .success(try await unlockedRun(hasBucket: options.createsBucket)) } catch {
            result = .failure(error)
        }
        let isOurs = await remote.release()
        if !isOurs { throw .lockLost }
        return try result.get()
    }

    private func unlockedRun(hasBucket: Bool = false) async throws(DeployError) -> DeployReport {
        let state = StateSession(options.state, observer: observer)
        defer { state.finish() }
        if options.createsBucket, !options.isDryRun, !hasBucket { try await createBucket() }
        guard options.discoversRegion else { return try await run(with: state) }
        let region = RegionStep(store: settling.store, state: state)
        await region.begin()
        defer { region.end() }
        return try await run(with: state)
    }

    private func run(with state: StateSession) async throws(DeployError) -> DeployReport {
        let isMissing = try await bucketIsMissing()
        let corsFault = try await CORSStep(store: settling.store, options: options, observer: observer).run(bucketIsMissing: isMissing)
        if let corsFault, !options.isDryRun { throw corsFault }

        var settling = settling
        if options.state == nil, !isMissing, let manifest = options.manifest {
            settling = settling.with(await PublishedHeaders.read(manifest, below: options.prefix, from: settling.store))
        }
        let survey = Survey(
            settling: settling, state: state, options: options, bucketIsMissing: isMissing, disk: disk, observer: observer)
        var surveyed = try await survey.run()
        await ValidationStep(settling: settling, options: options, disk: disk, observer: observer).run(&surveyed)
        if !Task.isCancelled { await CopySearch(settling: settling, state: state, options: options, disk: disk).run(&surveyed) }
        let namesContents = options.savesPlan || options.savedPlan != nil
        if namesContents, !options.isStopping { await UploadHashing(settling: settling, options: options, disk: disk).run(&surveyed) }
        if !surveyed.plan.deletions.isEmpty, !options.isStopping {
            try await DeletionCheck(settling: settling, options: options, disk: disk, observer: observer).run(&surveyed)
        }
        if surveyed.unadvisedCount > 0 { observer.note(.warning(surveyed.adviceWarning)) }
        if !surveyed.twins.isEmpty { observer.note(.warning(surveyed.twinWarning)) }
        var report = DeployReport()
        report.plan = surveyed.plan
        report.excluded = surveyed.excluded
        report.unchangedCount = surveyed.plan.unchangedCount
        report.unknownHeaderCount = surveyed.plan.unknownHeaderCount
        report.extraneousCount = surveyed.plan.extraneousCount
        report.photos = surveyed.photos
        report.derived = surveyed.derived
        report.hasIndexPage = surveyed.hasIndexPage
        report.deployed = surveyed.deployed
        surveyed.deployed = nil
        for outcome in surveyed.outcomes {
            if case .failed(_, .store(let error)) = outcome, error.isCancelled { continue }
            report.fold(outcome)
            observer.note(.finished(outcome))
        }
        if options.isStopping {
            report.isWithoutPlan = true
            return report
        }
        let refusal = refusal(of: surveyed)
        if options.isDryRun {
            observer.note(.planned(surveyed.plan))
            var photos = surveyed.photos
            // What is removed does not become public.
            if settling.reader.rewriter.privacy.contains(.gps) { photos.gpsCount = 0 }
            observer.note(.photosSurveyed(photos))
        }
        if let fault = photoFault(surveyed) { throw fault }
        if let refusal { throw .refused(refusal) }
        if !options.adopts {
            if !surveyed.foreignDeletions.isEmpty { throw .refused(.foreignDeletions(surveyed.foreignDeletions.sorted())) }
        }
        var contents: [Key: SHA256]?
        if namesContents {
            let sent = surveyed.plan.uploads.compactMap { upload in
                surveyed.readings[upload.file.path].map { (upload.file.path, $0.fingerprint.sha256) }
            }
            contents = Dictionary(sent + surveyed.plan.headerUpdates.map { ($0.file.path, $0.sha256) }) { first, _ in first }
            let plan = SavedPlan(surveyed, prefix: options.prefix, headers: settling.headers)
            if let saved = options.savedPlan {
                var differences = saved.differences(from: plan)
                if !surveyed.outcomes.isEmpty { differences.append("some files cannot be read") }
                guard differences.isEmpty else { throw .planOutdated(differences) }
            } else if surveyed.outcomes.isEmpty {
                observer.note(.planToSave(plan))
            }
        }
        if let corsFault { throw corsFault }
        state.recorder?.forget(surveyed.gone)
        if options.isDryRun {
            report.derived.note(planned: surveyed.plan, isMade: options.rerenders)
            return report
        }
        let trash = try await trash(for: surveyed.plan)
        observer.note(.planned(surveyed.plan))
        let remembered = state.fact(FormerHeaders.fact)
        let former = FormerHeaders(options.headers, remembered: remembered)
        if let text = former.text, text != remembered { state.recorder?.note(fact: FormerHeaders.fact, text) }
        await Execution(
            upload: upload.recording(to: state.recorder, resuming: state.pendingParts(), sendingOnly: contents, former: former),
            readsAllPhotos: settling.readsAllPhotos, options: options, disk: disk, observer: observer,
            trash: trash
        ).run(
            surveyed, into: &report)
        await publish(state, trash, &report)
        await empty(trash)
        await look(afterwards: surveyed, &report)
        return report
    }

    /// Judges the whole plan, before anything is sent.
    private func refusal(of surveyed: Surveyed) -> PlanRefusal? {
        do throws(SourceError) {
            if try !settling.reader.folder.isStillThere() { return .vanishedSource }
        } catch {
            return settling.reader.folder.stalledRefusal
        }
        if surveyed.holdsManifest, let manifest = options.manifest { return .manifestInSource(manifest.path) }
        // A source of which everything was dropped is not empty.
        return surveyed.droppedRefusal
            ?? options.deleteLimit.refusal(
                of: surveyed.plan, localCount: surveyed.localCount + surveyed.dropped.ledgerCount,
                listingAscended: surveyed.listingAscended)
            ?? options.overwriteLimit?.overwriteRefusal(of: surveyed.plan)
    }

    /// Creating is idempotent: a bucket that is ours already stays as it is.
    private func createBucket() async throws(DeployError) {
        do throws(S3Error) {
            if case .created = try await settling.store.createBucket() { observer.note(.bucketCreated(settling.store.bucket)) }
        } catch {
            throw .store(error)
        }
    }

    /// True where a dry run has to think an empty bucket, because the deploy would create it (Amazon S3 API Reference, HeadBucket: 404).
    private func bucketIsMissing() async throws(DeployError) -> Bool {
        guard options.isDryRun, options.createsBucket else { return false }
        do throws(S3Error) { _ = try await settling.store.headBucket() } catch {
            guard error.code == .noSuchBucket else { throw .store(error) }
            observer.note(.bucketMissing(settling.store.bucket))
            return true
        }
        return false
    }

    /// What the photos say against the rules: a rule that fits none, or a correction that would be repeated or undone.
    private func photoFault(_ surveyed: Surveyed) -> DeployError? {
        let rules = settling.reader.rewriter.rules
        let unmatched = rules.rules.indices.filter { !rules.rules[$0].isOptional && surveyed.photos.ruleCounts[$0] == nil }
        // Photos that have an object are not looked at then, so none can be missed.
        // A rule's photos may all lie in other parts of the gallery.
        if options.shard == .whole, rules.hasUnprovenRule, !unmatched.isEmpty, !options.ignoresExisting {
            return .rulesUnmatched(Dictionary(uniqueKeysWithValues: unmatched.map { ($0, rules.rules[$0]) }), surveyed.photos)
        }
        guard let first = surveyed.alarms.first else { return nil }
        let paths = surveyed.alarms.filter { $0.alarm == first.alarm }.map(\.path)
        return .photosRefused(first.alarm, paths.sorted())
    }
}

extension Surveyed {
    /// What is said of names with characters that S3 advises against.
    fileprivate var adviceWarning: String {
        "\(unadvisedCount == 1 ? "a name holds a character" : "\(unadvisedCount) names hold characters") that S3 advises against, and links to "
            + "\(unadvisedCount == 1 ? "it" : "them") may break: " + unadvised.map { $0.string.escapedForTerminal }.joined(separator: ", ")
            + (unadvisedCount > unadvised.count ? ", …" : "") + ". Letters, digits and ! - _ . * ' ( ) are safe everywhere."
    }

    /// What is said of paths that look the same and are not.
    fileprivate var twinWarning: String {
        let shown = twins.prefix(3).map { "\($0.first.string.escapedForTerminal) (\($0.first.spelling) and \($0.second.spelling))" }
        return "\(twins.count == 1 ? "a name is" : "\(twins.count) names are") there twice, spelt with other characters that look the same "
            + "(Unicode NFC and NFD), and \(twins.count == 1 ? "becomes" : "become") two objects: "
            + shown.joined(separator: ", ") + (twins.count > 3 ? ", …" : "") + ". Remove the one that is not meant."
    }
}

extension Key {
    /// The bytes of the last component that are not ASCII, by which two spellings are told apart.
    fileprivate var spelling: String { hexString(lastComponent.filter { $0 >= 0x80 }.prefix(8)) }
}

extension CaptureRules {
    /// True where a rule was written with conditions, so that one that fits no photo is a mistake.
    fileprivate var hasUnprovenRule: Bool { rules.contains { !$0.isOptional && $0.isConditional } }

    /// True where every photo is read before anything is sent: to see each rule match, or each row of a table of times.
    fileprivate var mustBeSeenToMatch: Bool { hasUnprovenRule || !times.isEmpty }
}

extension CaptureRule {
    fileprivate var isConditional: Bool { path != nil || make != nil || model != nil || serial != nil || from != nil || until != nil }
}
