internal import Planning
public import S3
public import Source
internal import Vocabulary

/// One deploy from the first question to the report: CORS, survey, guard, execution.
public struct DeployRun: Sendable {
    private let settling: Settling
    private let upload: Upload
    private let options: DeployOptions
    private let disk: DiskExecutor
    private let observer: any DeployObserver

    /// Prepares a run; nothing is read or sent yet.
    public init(
        _ reader: ContentReader, to store: S3Client, options: DeployOptions, disk: DiskExecutor, observer: any DeployObserver
    ) {
        settling = Settling(reader: reader, store: store, strictExif: options.strictExif)
        upload = Upload(reader: reader, store: store, prefix: options.prefix, strictExif: options.strictExif, observer: observer)
        self.options = options
        self.disk = disk
        self.observer = observer
    }

    /// Runs to the end. Throws where nothing was sent; faults of single files are in the report.
    ///
    /// A dry run ends with the plan and sends nothing but GET and HEAD; insufficient CORS rules are then thrown only after the plan was noted.
    public func run() async throws(DeployError) -> DeployReport {
        if options.createsBucket, !options.isDryRun { try await createBucket() }
        let corsFault = try await CORSStep(store: settling.store, options: options, observer: observer).run()
        if let corsFault, !options.isDryRun { throw corsFault }

        let surveyed: Surveyed
        do throws(S3Error) {
            surveyed = try await Survey(settling: settling, options: options, disk: disk, observer: observer).run()
        } catch {
            throw .store(error)
        }
        var report = DeployReport()
        report.plan = surveyed.plan
        report.excluded = surveyed.excluded
        report.unchangedCount = surveyed.plan.unchangedCount
        report.extraneousCount = surveyed.plan.extraneousCount
        report.photos = surveyed.photos
        report.hasIndexPage = surveyed.hasIndexPage
        for outcome in surveyed.outcomes {
            report.fold(outcome)
            observer.note(.finished(outcome))
        }
        if Task.isCancelled {
            report.leftCount = max(1, surveyed.plan.uploads.count + surveyed.plan.deletions.count)
            return report
        }
        let refusal = options.deleteLimit.refusal(
            of: surveyed.plan, localCount: surveyed.localCount, listingAscended: surveyed.listingAscended)
        if options.isDryRun || refusal == nil { observer.note(.planned(surveyed.plan)) }
        if let refusal { throw .refused(refusal) }
        if let corsFault { throw corsFault }
        if options.isDryRun { return report }
        await Execution(upload: upload, options: options, disk: disk, observer: observer).run(surveyed, into: &report)
        return report
    }

    /// Creating is idempotent: a bucket that is ours already stays as it is.
    private func createBucket() async throws(DeployError) {
        do throws(S3Error) {
            if case .created = try await settling.store.createBucket() { observer.note(.bucketCreated(settling.store.bucket)) }
        } catch {
            throw .store(error)
        }
    }
}
