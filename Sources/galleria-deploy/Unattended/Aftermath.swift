internal import Configuration
internal import Deploy
internal import Foundation
internal import HTTP
internal import S3
internal import State
internal import Vocabulary

/// What is told of a command's deploys, and to whom: the history, hooks, metrics, a healthcheck service, GitHub Actions. None of it changes the exit
/// status; what fails is a warning.
struct Aftermath {
    private let jobs: [DeploySettings.Job]
    private let isDryRun: Bool
    private let isQuiet: Bool
    private let keepsNoState: Bool
    private let environment: [String: String]
    private let console: Console
    private let pings: [Ping]

    /// Sees that what is to be written lies outside of every source.
    init(
        _ jobs: [DeploySettings.Job], _ arguments: DeployArguments, isQuiet: Bool, environment: [String: String], console: Console
    ) throws {
        self.jobs = jobs
        self.isQuiet = isQuiet
        isDryRun = arguments.dryRun
        keepsNoState = arguments.noState
        self.environment = environment
        self.console = console
        for job in jobs {
            for (name, path) in [("--metrics-file", job.settings.values.metricsFile), ("--report", job.settings.values.report)] {
                guard let path else { continue }
                for other in jobs { try OutsideSource.check(path, name, source: other.source) }
            }
        }
        pings = isDryRun ? [] : Self.pings(jobs.compactMap(\.settings.values.ping), environment)
    }

    private static func pings(_ addresses: [PingAddress], _ environment: [String: String]) -> [Ping] {
        guard !addresses.isEmpty, let transport = Ping.transport(environment: environment) else { return [] }
        return Set(addresses).map { Ping(address: $0, transport: transport) }
    }

    /// Tells that the run begins.
    func begin() async { await tell(pings) { _ in .start } }

    /// Keeps a deploy's end in the history.
    func note(_ end: JobEnd, _ chronicle: Chronicle) { remember(end, chronicle.changes) }

    /// Tells how all of it ended: files first, then hooks, which may use them.
    func finish(_ parts: [ReportPage.Part], _ status: ExitStatus) async {
        let ends = parts.map(\.end)
        writePages(parts, status)
        if !isDryRun { writeMetrics(ends) }
        let github = jobs.lazy.compactMap { $0.settings.values.github }.first ?? Self.isGitHub(environment)
        if github {
            GitHubFiles.tell(
                GitHubText(ends: ends, warnings: parts.flatMap(\.warnings), status: status, workspace: environment["GITHUB_WORKSPACE"]),
                environment, console
            )
        }
        for end in ends {
            if let hook = Hook(after: end, environment: environment), let warning = await hook.run() { console.complain(warning) }
        }
        await tell(pings) { ping in
            // The worst of what concerns this service; of a target that was not reached, that it was not.
            let mine = ends.filter { $0.job.settings.values.ping == ping.address }
            let isComplete = mine.count == jobs.count { $0.settings.values.ping == ping.address }
            return .end(isComplete ? mine.reduce(.done) { $0.combined(with: $1.status) } : status)
        }
    }

    /// Tells of a fault that came before any deploy could be made out, those that options and environment name.
    static func tell(_ fault: Fault, _ arguments: DeployArguments, environment: [String: String], console: Console) async {
        guard !arguments.dryRun else { return }
        var flags = SettingValues()
        arguments.unattended.fill(&flags)
        let values = TargetSelection.withoutFile(flags: flags, environment: environment)
        if values.github ?? isGitHub(environment) { console.complain("::error title=galleria-deploy::" + GitHubText.data(fault.message)) }
        if let command = values.onFailure {
            let told = [
                "GALLERIA_RUN_STATUS": "\(fault.status.rawValue)", "GALLERIA_RUN_SUMMARY": fault.message,
                "GALLERIA_RUN_FAULT": fault.message,
            ]
            let hook = Hook(name: "on-failure", command: command, environment: environment.merging(told) { $1 })
            if let warning = await hook.run() { console.complain(warning) }
        }
        for ping in pings(values.ping.map { [$0] } ?? [], environment) {
            if let warning = await ping.tell(.end(fault.status)) { console.complain(warning) }
        }
    }

    private static func isGitHub(_ environment: [String: String]) -> Bool { environment["GITHUB_ACTIONS"] == "true" }

    private func tell(_ pings: [Ping], _ signal: @escaping (Ping) -> Ping.Signal) async {
        for ping in pings {
            if let warning = await ping.tell(signal(ping)) { console.complain(warning) }
        }
    }

    private func writePages(_ parts: [ReportPage.Part], _ status: ExitStatus) {
        for path in Set(parts.compactMap(\.end.job.settings.values.report)).sorted() {
            let page = ReportPage(parts: parts.filter { $0.end.job.settings.values.report == path }, status: status)
            if let cause = WholeFile.write(Array(page.html.utf8), to: path) {
                console.complain("warning: the report \(path.escapedForTerminal) cannot be written: \(cause).")
            }
        }
    }

    private func writeMetrics(_ ends: [JobEnd]) {
        for path in Set(ends.compactMap(\.job.settings.values.metricsFile)).sorted() {
            let earlier = FileManager.default.contents(atPath: path).map { String(decoding: $0.prefix(1 << 20), as: UTF8.self) } ?? ""
            let text = MetricsText(ends: ends.filter { $0.job.settings.values.metricsFile == path }, earlier: earlier).text
            if let cause = WholeFile.write(Array(text.utf8), to: path) {
                console.complain("warning: the metrics \(path.escapedForTerminal) cannot be written: \(cause).")
            }
        }
    }

    private func remember(_ end: JobEnd, _ changes: [RunChange]) {
        // A run that found nothing to do leaves the state as it was.
        guard !end.isDryRun, end.status != .usage, end.status != .done || !changes.isEmpty,
            let state = try? StatePlace.resolve(end.job, isOff: keepsNoState, environment: environment, warn: { _ in })
        else { return }
        do throws(StateError) {
            try RunHistory(try StateDatabase(at: state.path, of: state.location)).append(RunRecord(end), changes: changes)
        } catch {
            // The deploy itself has warned of a state that cannot be used.
            if !isQuiet, end.report != nil, !keepsNoState {
                console.complain("warning: the run is not in the history: \(error.description)")
            }
        }
    }
}

extension RunRecord {
    /// A run as the history keeps it.
    init(_ end: JobEnd) {
        self.init(started: end.started, ended: end.ended, exitStatus: end.status.rawValue)
        target = end.job.settings.target
        fault = end.fault?.message
        guard let report = end.report else { return }
        uploaded = report.uploadedCount
        copied = report.copiedCount
        headerUpdates = report.headerUpdateCount + report.adoptedCount
        unchanged = report.unchangedCount
        deleted = report.deletedCount
        failed = report.failures.count
        left = report.leftCount
        bytes = report.uploadedBytes
    }
}
