internal import Deploy

/// How one deploy ended.
struct JobEnd: Sendable {
    let job: DeploySettings.Job
    let isDryRun: Bool
    /// When it began, in nanoseconds since 1970.
    let started: Int64
    /// When it ended, in nanoseconds since 1970.
    var ended: Int64
    var status = ExitStatus.done
    /// What was done; nil where a fault ended the deploy before that.
    var report: DeployReport?
    /// What became of telling content delivery networks.
    var purges: [PurgeOutcome] = []
    /// Why it ended before its end.
    var fault: Fault?

    init(_ job: DeploySettings.Job, isDryRun: Bool, started: Int64) {
        self.job = job
        self.isDryRun = isDryRun
        self.started = started
        ended = started
    }

    /// Where visitors open what is deployed.
    var address: String? { report.flatMap { job.publicAddress(of: $0) } }

    /// How long it took.
    var duration: Duration { .nanoseconds(max(0, ended - started)) }

    /// What was, or would be, done, in one line: `3 uploaded (1.2 MB), 1 deleted, 10 unchanged, 0 failed`.
    var summary: String {
        guard let report else { return fault?.message ?? "nothing was done" }
        if isDryRun { return "dry run: " + DeployView.words(report.plan) }
        var parts = ["\(report.uploadedCount) uploaded (\(Quantity.bytes(report.uploadedBytes)))"]
        if report.copiedCount > 0 { parts.append("\(report.copiedCount) copied") }
        if report.headerUpdateCount > 0 { parts.append("\(report.headerUpdateCount) header updates") }
        if report.adoptedCount > 0 { parts.append("\(report.adoptedCount) adopted") }
        parts += ["\(report.deletedCount) deleted", "\(report.unchangedCount) unchanged", "\(report.failures.count) failed"]
        if report.leftCount > 0 { parts.append("\(report.leftCount) left undone") }
        return parts.joined(separator: ", ")
    }
}
