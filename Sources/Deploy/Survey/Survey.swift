internal import Planning
internal import S3
internal import Source
internal import State
internal import Vocabulary

/// What was found before anything is sent.
struct Surveyed: Sendable {
    var plan = Plan()
    var localCount = 0
    var walkFailures = 0
    var outcomes: [Outcome] = []
    var excluded: [Exclusion: Int] = [:]
    var listingAscended = true
    var photos = PhotoTally()
    /// What is known before anything is sent of the pictures that are to be made.
    var derived = PictureTally()
    var alarms: [(path: Key, alarm: PhotoAlarm)] = []
    var readings: [Key: Reading] = [:]
    /// What the walk could not read.
    var unlisted = Unlisted()
    /// Paths that look the same and are not.
    var twins: [(first: Key, second: Key)] = []
    /// How many names hold characters that S3 advises against; the first of them.
    var unadvisedCount = 0
    var unadvised: [Key] = []
    /// Those of the deletions of which the state does not know that this program deployed them.
    var unprovenDeletions: [RemoteObject] = []
    /// Those of which the state knows that they are pictures made of photos.
    var pictureDeletions: [RemoteObject] = []
    /// Those that somebody else put there.
    var foreignDeletions: [Key] = []
    /// Paths that the state knows of and that neither walk nor listing met.
    var gone = Gone()
    var hasIndexPage = false
    /// What was dropped from the source, as it is known before the walk.
    var dropped = KnownDropped()
    /// Files that were found deployed, for the manifest; nil where none is published.
    var deployed: DeployedRows?
    /// True where the source has a file where the manifest is to be.
    var holdsManifest = false
    /// What is deployed already, for a visitor's check of a run that sends nothing.
    var samples = VisitorSamples()
    /// What unchanged pictures hold, where pictures that are there twice are looked for; and those found.
    var pictures: [SHA256: Key] = [:]
    var picturePairs: [(first: Key, second: Key)] = []
    /// Whether what failed so far concerns single objects.
    var watch = FaultWatch()
}

/// Which objects are none of the deploy's business.
private struct Protection {
    let names: NamedFiles?
    let judge: SelectionJudge
    let deletesExcluded: Bool

    func protects(_ path: Key) -> Bool { names?.protects(path, deletesExcluded: deletesExcluded, by: judge) ?? judge.protects(path) }
}

/// Walks, lists and merges the two streams into a plan. Memory holds what changes and what is being decided, not the gallery.
struct Survey {
    let settling: Settling
    let state: StateSession
    let options: DeployOptions
    /// Whether there is no bucket yet to list.
    var bucketIsMissing = false
    let disk: DiskExecutor
    let observer: any DeployObserver

    /// The most pages of a listing that are asked for at once: enough to hide the network's latency, few enough to fit into memory.
    private static let listingWindow = 16

    /// Surveys what the options select of the source, or `files` where they are given.
    func run(of files: SourceFiles? = nil) async throws(DeployError) -> Surveyed {
        let known = state.known(shard: options.shard)
        let (files, names) = if let files { (files, NamedFiles?.none) } else { try await sourceFiles() }
        let listing =
            bucketIsMissing
            ? RemoteListing(collected: [])
            : RemoteListing(
                of: settling.store, below: options.prefix, cuts: ListingCuts(below: options.prefix, known: known.cuts(), else: files),
                window: min(settling.store.requestLimit, Self.listingWindow))
        do throws(SurveyFault) {
            var surveyed = try await merge(files, names, listing, known, checkingAscent: true)
            spareDropped(&surveyed)
            return surveyed
        } catch {
            switch error {
            case .store(let cause): throw .store(cause)
            case .filter(let cause): throw .filter(cause)
            case .stalled(let refusal): throw .refused(refusal)
            case .unsorted: return try await runSorted()
            }
        }
    }

    /// For a server that does not list in byte order: everything is collected and sorted, and nothing is deleted.
    private func runSorted() async throws(DeployError) -> Surveyed {
        var listing = RemoteListing(of: settling.store, below: options.prefix)
        var all: [RemoteObject] = []
        do throws(S3Error) { while let object = try await listing.nextObject() { all.append(object) } } catch { throw .store(error) }
        all.sort { $0.key < $1.key }
        let (files, names) = try await sourceFiles()
        do throws(SurveyFault) {
            var surveyed = try await merge(
                files, names, RemoteListing(collected: all), state.known(shard: options.shard),
                checkingAscent: false)
            surveyed.listingAscended = false
            spareDropped(&surveyed)
            return surveyed
        } catch {
            switch error {
            case .store(let cause): throw .store(cause)
            case .filter(let cause): throw .filter(cause)
            case .stalled(let refusal): throw .refused(refusal)
            // The collected stream is not checked for this. An empty survey deletes nothing.
            case .unsorted: return Surveyed(listingAscended: false)
            }
        }
    }

    private enum SurveyFault: Error {
        case store(S3Error)
        case filter(FilterFault)
        case stalled(PlanRefusal)
        case unsorted
    }

    /// Refuses what would be made of a source that stands still: most of it was not met. A run that is interrupted ends as such.
    private var stalledRefusal: PlanRefusal? {
        settling.reader.folder.isStalled && !options.isStopping && !Task.isCancelled ? settling.reader.folder.stalledRefusal : nil
    }

    private func sourceFiles() async throws(DeployError) -> (SourceFiles, NamedFiles?) {
        let derived = DerivedFiles(derivatives: settling.reader.maker?.derivatives ?? [], naming: options.naming)
        let isNamed = options.renames || !derived.derivatives.isEmpty
        var leftOut: [(path: [UInt8], reason: Exclusion)] = []
        let files = SourceFiles(settling.reader.folder, selecting: options.selection) { [observer] path, reason, rule in
            if isNamed { leftOut.append((path, reason)) }
            observer.note(.leftOut(path: String(decoding: path, as: UTF8.self).escapedForTerminal, reason, rule: rule))
        }
        guard isNamed else { return (files, nil) }
        let names: NamedFiles
        if let layout = options.layout?.spelled(by: options.naming) {
            let naming = LayoutNaming(
                naming: layout, settling: settling, state: state, options: options, bucketIsMissing: bucketIsMissing, disk: disk)
            names = try await NamedFiles(files, naming, derived) { leftOut }
            if let warning = layout.map.warning(ofUnknownIn: settling.reader.folder) { observer.note(.warning(warning)) }
            guard names.collisions.isEmpty else {
                throw .refused(.collidingKeys(names.collisions.map { PlanRefusal.Collision($0.first, $0.second, key: $0.path) }))
            }
        } else {
            names = NamedFiles(files, options.naming, derived, ownFiles: options.ownFiles) { leftOut.map(\.path) }
            guard names.collisions.isEmpty else {
                throw .refused(.collidingNames(names.collisions.map { [$0.first, $0.second] }, by: options.naming))
            }
        }
        guard names.pictureCollisions.isEmpty else { throw .refused(.collidingPictures(names.pictureCollisions)) }
        return (SourceFiles(collected: names.entries, of: files), names)
    }

    private func merge(
        _ files: SourceFiles, _ names: NamedFiles?, _ source: RemoteListing, _ state: KnownState, checkingAscent: Bool
    ) async throws(SurveyFault) -> Surveyed {
        var surveyed = Surveyed()
        surveyed.dropped = knownDropped()
        if options.manifest != nil { surveyed.deployed = DeployedRows() }
        let protection = Protection(
            names: names, judge: SelectionJudge(options.selection, by: files.filters ?? FilterFiles(in: settling.reader.folder)),
            deletesExcluded: options.selection.deletesExcluded)
        noteMissing(&surveyed)
        for failure in names?.failures ?? [] {
            surveyed.walkFailures += 1
            surveyed.outcomes.append(.failed(path: failure.path.string.escapedForTerminal, failure.cause))
        }
        let fault: SurveyFault? = await withTaskGroup(of: Settlement.self) { group in
            var listing = source
            var ascent: AscentGuard? = checkingAscent ? AscentGuard() : nil
            var running = 0
            do throws(SurveyFault) {
                var file = nextFile(files, &surveyed)
                var object = try await next(&listing, &ascent, protection, &surveyed)
                while !options.isStopping, let pairing = Pairing(local: file?.path, remote: object?.path) {
                    var known = Known()
                    if pairing != .onlyLocal, let remote = object { known.object = state.object(at: remote.path, remote.object) }
                    if pairing == .both, options.ignoresExisting {
                        surveyed.plan.existingCount += 1
                        if let file { surveyed.deployed?.add(file, size: 0, sha256: nil) }
                        file = nextFile(files, &surveyed)
                    } else if pairing != .onlyRemote, let local = file {
                        let recorded = state.fingerprint(of: local, recipe: settling.reader.recipe(for: local))
                        known.fingerprint = options.rehashes ? nil : recorded?.current
                        known.former = recorded?.former
                        if pairing == .both, let remote = object?.object, let headers = settling.headersOfUnchanged(local, remote, known) {
                            noteUnchanged(local, remote, known, headers, &surveyed)
                            file = nextFile(files, &surveyed)
                            object = try await next(&listing, &ascent, protection, &surveyed)
                            continue
                        }
                        let candidate = Candidate(file: local, remote: pairing == .both ? object?.object : nil, known: known)
                        if let settled = settling.immediate(candidate) {
                            fold(settled, into: &surveyed)
                        } else {
                            if running >= max(settling.store.requestLimit, 4), let settled = await group.next() {
                                running -= 1
                                fold(settled, into: &surveyed)
                                if let fault = surveyed.watch.fault { throw .store(fault) }
                            }
                            group.addTask(executorPreference: disk) { [settling] in await settling.settle(candidate) }
                            running += 1
                        }
                        file = nextFile(files, &surveyed)
                    }
                    if pairing != .onlyLocal, let remote = object {
                        if pairing == .onlyRemote { noteExtraneous(remote.path, remote.object, known.object, &surveyed) }
                        object = try await next(&listing, &ascent, protection, &surveyed)
                    }
                }
            } catch {
                group.cancelAll()
                listing.cancel()
                return error
            }
            listing.cancel()
            for await settled in group { fold(settled, into: &surveyed) }
            return surveyed.watch.fault.map { .store($0) }
        }
        if let fault { throw fault }
        if let refusal = stalledRefusal { throw .stalled(refusal) }
        if let fault = files.fault ?? protection.judge.fault { throw .filter(fault) }
        surveyed.excluded.merge(files.excluded, uniquingKeysWith: +)
        surveyed.twins = files.twins
        if !options.isStopping {
            state.noteEnd()
            surveyed.gone = state.gone
            // What could not be read may still be there.
            if surveyed.walkFailures > 0 { surveyed.gone.files = [] }
        }
        // Tasks end in any order.
        surveyed.plan.uploads.sort { $0.file.path < $1.file.path }
        surveyed.plan.headerUpdates.sort { $0.file.path < $1.file.path }
        return surveyed
    }

    private func nextFile(_ files: SourceFiles, _ surveyed: inout Surveyed) -> LocalFile? {
        while let entry = files.next() {
            switch entry {
            case .failure(let failure):
                surveyed.walkFailures += 1
                surveyed.unlisted.note(failure)
                surveyed.outcomes.append(.failed(path: failure.displayPath, .walk(failure)))
            case .file(let file) where options.ownFiles.contains(file.status.identity):
                surveyed.excluded[.ownFile, default: 0] += 1
            case .file(let file):
                surveyed.localCount += 1
                if surveyed.localCount & 1023 == 0 {
                    observer.note(.surveyed(files: surveyed.localCount, objects: surveyed.plan.remoteCount))
                }
                if file.path == Self.indexPage { surveyed.hasIndexPage = true }
                if let manifest = options.manifest, file.path == manifest.path { surveyed.holdsManifest = true }
                guard options.shard.contains(file.path) else { continue }
                if KeyAdvice.advisesAgainst(file.path) {
                    surveyed.unadvisedCount += 1
                    if surveyed.unadvised.count < 3 { surveyed.unadvised.append(file.path) }
                }
                let length = options.prefix.bytes.count + file.path.bytes.count
                guard length <= Key.maximumLength else {
                    surveyed.walkFailures += 1
                    surveyed.derived.noteFailure(file)
                    surveyed.outcomes.append(.failed(path: file.path.string.escapedForTerminal, .keyTooLong(length: length)))
                    continue
                }
                return file
            }
        }
        return nil
    }

    private static let indexPage = Key("index.html")

    /// What `--files-from` names and the source does not have.
    private func noteMissing(_ surveyed: inout Surveyed) {
        for path in options.selection.filesFrom?.paths ?? [] {
            let cause: FailureCause
            do throws(SourceError) {
                if try settling.reader.folder.entry(at: path) != nil { continue }
                cause = .unknownPath
            } catch { cause = .source(error) }
            surveyed.walkFailures += 1
            surveyed.outcomes.append(.failed(path: path.string.escapedForTerminal, cause))
        }
    }

    /// The next object that the deploy answers for, with its path below the prefix. Folder markers and what the selection protects are passed over.
    private func next(
        _ listing: inout RemoteListing, _ ascent: inout AscentGuard?, _ protection: Protection, _ surveyed: inout Surveyed
    ) async throws(SurveyFault) -> (path: Key, object: RemoteObject)? {
        while true {
            // Nearly every object is in a page that is here: nothing is awaited for it.
            var found = listing.nextAtHand()
            if found == nil {
                do throws(S3Error) { found = try await listing.nextObject() } catch { throw .store(error) }
            }
            guard let object = found else { return nil }
            if ascent?.follows(object.key) == false { throw .unsorted }
            guard object.key.bytes.last != UInt8(ascii: "/"), let path = options.prefix.relative(object.key),
                options.shard.contains(path), path != options.manifestPath,
                options.trash.map({ !object.key.bytes.starts(with: $0.root.bytes) }) ?? true, !protection.protects(path)
            else { continue }
            surveyed.plan.remoteCount += 1
            return (path, object)
        }
    }

    private func noteExtraneous(_ path: Key, _ object: RemoteObject, _ known: ObjectRecord?, _ surveyed: inout Surveyed) {
        if options.foreignFolders.contains(where: { object.key.bytes.starts(with: $0.bytes) }) { return }
        if surveyed.unlisted.hides(path, isRenamed: options.renames) { return }
        if surveyed.dropped.paths.contains(path) {
            surveyed.plan.droppedCount += 1
            return
        }
        if options.deletes {
            // A file that is left out for what it is, not for its name, is there all the same, and so protects its object.
            // Under other names the same path may be another file's; what is left out was looked at already.
            if !options.renames, !options.selection.deletesExcluded {
                do throws(SourceError) {
                    if try settling.reader.folder.entry(at: path)?.isFolder == false { return }
                } catch {
                    surveyed.walkFailures += 1
                    surveyed.outcomes.append(.failed(path: path.string.escapedForTerminal, .source(error)))
                    return
                }
            }
            surveyed.plan.deletions.append(object)
            if known == nil { surveyed.unprovenDeletions.append(object) }
            if known?.correction == DerivativeMark.note { surveyed.pictureDeletions.append(object) }
        } else {
            surveyed.plan.extraneousCount += 1
        }
    }
}
