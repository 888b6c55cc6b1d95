internal import Bucket
internal import Photo
public import Planning
public import S3
public import Source
public import Vocabulary

/// Makes a folder what a bucket's folder is: the deploy's own survey with the roles turned. The files are compared as they are (no photo rule, no coding)
/// by the same truth table: what a deploy would upload as new is a file that no object has, what it would upload for any other reason is a file that the
/// bucket has otherwise, what it would delete is a file that is missing here.
public struct PullRun: Sendable {
    private let folder: SourceFolder
    private let store: S3Client
    private let options: DeployOptions
    private let bufferMemory: Int64
    private let disk: DiskExecutor
    private let observer: any DeployObserver

    /// Prepares a pull.
    ///
    /// - Parameters:
    ///   - folder: the folder as it is.
    ///   - store: the bucket.
    ///   - prefix: the folder in it.
    ///   - selection: what is left out: neither written nor removed.
    ///   - foreignFolders: folders of other targets below `prefix`, left alone.
    ///   - bufferMemory: the most content in memory on its way, in bytes.
    ///   - stop: asks for nothing more to be begun.
    public init(
        _ folder: SourceFolder, from store: S3Client, prefix: Prefix, selection: Selection, foreignFolders: [Prefix], bufferMemory: Int64,
        stop: DeployStop, disk: DiskExecutor, observer: any DeployObserver
    ) {
        self.folder = folder
        self.store = store
        self.bufferMemory = bufferMemory
        self.disk = disk
        self.observer = observer
        var options = DeployOptions(
            prefix: prefix, deletes: true, deleteLimit: .standard, isDryRun: true, createsBucket: false, cors: .off, corsNeeds: CORSNeeds(),
            selection: selection, foreignFolders: foreignFolders, ownFiles: [], strictExif: false, allowsUncorrected: true, state: nil)
        options.stop = stop
        self.options = options
    }

    /// Compares and answers what is to be done. Throws where nothing could be compared.
    public func plan() async throws(DeployError) -> PullPlan {
        let reader = ContentReader(folder, rewriter: PhotoRewriter(rules: CaptureRules()))
        let settling = Settling(
            reader: reader, store: store, photoGuard: PhotoGuard(recipe: "", allowsDropping: true), strictExif: false,
            headers: DeployedHeaders(HeaderRules()), photoDigests: PhotoDigests(derivativeCount: 0), checksHeaders: false,
            // What neither tag nor metadata tells is read: to write it anew each time would be wrong.
            adopts: true, readsObjects: false, readsAllPhotos: false, now: { 0 }, disk: disk)
        let state = StateSession(nil, observer: observer)
        let surveyed = try await Survey(settling: settling, state: state, options: options, disk: disk, observer: observer).run()
        var plan = PullPlan()
        plan.localCount = surveyed.localCount
        plan.remoteCount = surveyed.plan.remoteCount
        plan.isWhole = surveyed.listingAscended && surveyed.walkFailures == 0 && !options.isStopping
        plan.unchangedCount = surveyed.plan.unchangedCount + surveyed.plan.headerUpdates.count
        plan.extraneous = surveyed.plan.uploads.filter { $0.reason == .new }.map(\.file)
        for object in surveyed.plan.deletions {
            guard let path = options.prefix.relative(object.key) else { continue }
            guard SourceFolder.mayHold(path.bytes) else {
                plan.failures.append((path.string.escapedForTerminal, "\(OutputFault.unsafeKey)"))
                continue
            }
            plan.files.append(PulledFile(object: object, path: path, reason: .new, head: nil))
        }
        try await addChanged(surveyed.plan.uploads.filter { $0.reason != .new }, to: &plan)
        plan.files.sort { $0.path < $1.path }
        var report = DeployReport()
        for outcome in surveyed.outcomes { report.fold(outcome) }
        plan.failures += report.failures.map { ($0.path, "\($0.cause)") }
        return plan
    }

    /// Looks at the objects whose files have other bytes: what a deploy has coded may be made of the very file, and what it has corrected may be a copy of it.
    private func addChanged(_ uploads: [PlannedUpload], to plan: inout PullPlan) async throws(DeployError) {
        var heads: [(PlannedUpload, Result<(ObjectHead, isSame: Bool), OutputFault>)] = []
        _ = await runBounded(
            uploads, limit: PoolLimit(count: { store.requestLimit }, weight: .max), weight: { _ in 0 }, on: disk,
            isOpen: { !options.isStopping }
        ) { upload in
            (upload, await look(upload))
        } each: {
            heads.append($0)
        }
        for (upload, result) in heads {
            let name = upload.file.path.string.escapedForTerminal
            do throws(OutputFault) {
                let (head, isSame) = try result.get()
                if isSame {
                    plan.unchangedCount += 1
                } else {
                    let key = options.prefix.key(for: upload.file.path)
                    plan.files.append(
                        PulledFile(
                            object: RemoteObject(key: key, size: head.size, etag: head.etag, lastModified: ""), path: upload.file.path,
                            reason: upload.reason, head: head))
                }
            } catch {
                if case .store(let cause) = error, cause.scope != .object { throw .store(cause) }
                plan.failures.append((name, "\(error)"))
            }
        }
    }

    private func look(_ upload: PlannedUpload) async -> Result<(ObjectHead, isSame: Bool), OutputFault> {
        do throws(OutputFault) {
            let head: ObjectHead
            do throws(S3Error) { head = try await store.head(options.prefix.key(for: upload.file.path)) } catch {
                throw OutputFault.store(error)
            }
            if head.metadata[PhotoGuard.recipeName] != nil { throw OutputFault.original }
            guard let decoded = try DecodedObject(head) else { return .success((head, false)) }
            return .success((head, decoded.source == ObjectPut.sha256(of: upload.file.sourcePath, in: folder)))
        } catch { return .failure(error) }
    }

    /// Writes the files of a plan below `output`, several at once, and tells `each` what became of each, in the order of completion.
    public func write(
        _ files: [PulledFile], to output: OutputFolder, each: (PulledFile, Result<ObjectDownload.Saved, OutputFault>) -> Void
    ) async {
        options.stop.beginSending()
        // A power cut may cost what was just written; the next run compares and finds out.
        let download = ObjectDownload(store, syncs: false)
        let store = store
        let all = Int64(ObjectPieces.window) * ObjectPieces.pieceSize
        _ = await runBounded(
            files, limit: PoolLimit(count: { store.requestLimit }, weight: max(bufferMemory, all)), weight: { min($0.object.size, all) },
            on: disk, isOpen: { !options.isStopping }
        ) { file -> (PulledFile, Result<ObjectDownload.Saved, OutputFault>) in
            let result: Result<ObjectDownload.Saved, OutputFault>
            do throws(OutputFault) {
                let place = try output.place(of: file.path)
                if let head = file.head {
                    result = .success(try await download.save(file.object.key, head, to: place, overwrites: true, decodes: true))
                } else {
                    result = .success(try await download.fetch(file.object, to: place))
                }
            } catch { result = .failure(error) }
            return (file, result)
        } each: {
            each($0.0, $0.1)
        }
    }

    /// Removes a file that no object has, if it is still the one that was compared.
    public func remove(_ file: LocalFile, from output: OutputFolder) throws(OutputFault) {
        let status: FileStatus?
        do throws(SourceError) { status = try folder.entry(at: file.path)?.status } catch { throw .unknown(error) }
        guard status == file.status else { throw .changed }
        try output.place(of: file.path, making: false).remove()
    }
}
