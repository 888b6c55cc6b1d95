internal import ArgumentParser
internal import Bucket
internal import Configuration
internal import Deploy
internal import Foundation
internal import Planning
internal import S3
internal import Synchronization
internal import Vocabulary

/// How a deploy's course and end are told on standard output.
enum ReportFormat: String, ExpressibleByArgument, CaseIterable {
    /// Lines for people.
    case text
    /// One JSON object at the end.
    case json
    /// A JSON object a line: each event as it happens, the report last.
    case jsonl
}

/// Collects what a deploy tells, for a machine to read.
final class ReportRecorder: DeployObserver {
    private let console: Console
    private let format: ReportFormat
    private let isDryRun: Bool
    private let prefix: Prefix
    private let log: LogFile?
    private let started = ContinuousClock.now
    private let target: Mutex<ReportDocument.Target>

    /// - Parameter log: gets each event, too, where its lines are JSON.
    init(_ job: DeploySettings.Job, console: Console, format: ReportFormat, isDryRun: Bool, log: LogFile? = nil) {
        self.console = console
        self.log = log.flatMap { $0.format == .jsonl ? $0 : nil }
        self.format = format
        self.isDryRun = isDryRun
        prefix = job.address.prefix
        target = Mutex(
            ReportDocument.Target(
                target: job.settings.target, source: job.source, destination: "\(job.address)", started: Self.now()))
        print(
            Event(event: "start") {
                $0.schema = ReportDocument.schemaName
                $0.target = job.settings.target
                $0.source = job.source
                $0.destination = "\(job.address)"
            })
    }

    func note(_ event: DeployEvent) {
        guard format != .text || log != nil else { return }
        switch event {
        case .corsRead(let current, let expected): set(ReportDocument.CORS(current: current, expected: expected))
        case .corsSet(let rules): set(ReportDocument.CORS(current: rules, expected: rules))
        case .warning(let text):
            target.withLock { $0.warnings.append(text) }
            print(Event(event: "warning") { $0.message = text })
        case .planned(let plan):
            let summary = ReportDocument.PlanSummary(plan)
            target.withLock { $0.plan = summary }
            print(Event(event: "plan") { $0.plan = summary })
            if isDryRun { for file in planned(plan) { add(file) } }
        case .finished(let outcome): add(file(outcome))
        default: break
        }
    }

    /// The target as it ended: with a report, or with the fault that ended it before it changed anything.
    func end(_ report: DeployReport?, address: String?, fault: Fault?, purges: [PurgeOutcome]) -> ReportDocument.Target {
        let seconds = Self.seconds(ContinuousClock.now - started)
        return target.withLock { target in
            target.durationSeconds = seconds
            target.publicAddress = address
            target.fault = fault?.message
            target.purges =
                purges.isEmpty ? nil : purges.map { ReportDocument.Purge(network: $0.network, paths: $0.count, fault: $0.fault) }
            if let report {
                target.totals = ReportDocument.Totals(report, seconds: seconds, isDryRun: isDryRun)
                target.errors = report.failures.map { ReportDocument.Failure(path: $0.path, error: $0.cause.description) }
            }
            var closing = target
            // The files went out line by line.
            closing.files = []
            print(Event(event: "end") { $0.report = closing })
            return target
        }
    }

    private func set(_ cors: ReportDocument.CORS) {
        target.withLock { $0.cors = cors }
        print(Event(event: "cors") { $0.cors = cors })
    }

    private func add(_ file: ReportDocument.File) {
        if format == .json { target.withLock { $0.files.append(file) } }
        print(Event(event: "file") { $0.file = file })
    }

    private func print(_ event: Event) {
        // What consists of text and numbers can always be encoded.
        guard format == .jsonl || log != nil, let line = try? JSONText.line(event) else { return }
        if format == .jsonl { console.answer(line) }
        log?.write(line)
    }

    private func file(_ outcome: Outcome) -> ReportDocument.File {
        switch outcome {
        case .uploaded(let path, let reason, let size, let sha256):
            .init(
                action: .upload, path: path.string, key: prefix.key(for: path).string, success: true, skipped: false,
                reason: reason.rawValue,
                fileSize: size, checksum: sha256.hex, uploadTime: Self.now())
        case .headersUpdated(let path), .adopted(let path):
            .init(action: .headers, path: path.string, key: prefix.key(for: path).string, success: true, skipped: false)
        case .copied(let path, _, let size):
            .init(
                action: .copy, path: path.string, key: prefix.key(for: path).string, success: true, skipped: false,
                reason: UploadReason.new.rawValue, fileSize: size)
        case .deleted(let key): .init(action: .delete, key: key.string, success: true, skipped: false)
        case .failed(let path, let cause): .init(action: .upload, path: path, success: false, skipped: false, error: cause.description)
        }
    }

    private func planned(_ plan: Plan) -> [ReportDocument.File] {
        Wave.allCases.flatMap { wave in
            plan.uploads(of: wave).map {
                ReportDocument.File(
                    action: $0.copy == nil ? .upload : .copy, path: $0.file.path.string, key: prefix.key(for: $0.file.path).string,
                    success: true, skipped: true,
                    reason: $0.reason.rawValue, fileSize: $0.file.derivative == nil ? $0.expectedSize : $0.deployedSize)
            }
                + plan.headerUpdates(of: wave).map {
                    ReportDocument.File(
                        action: .headers, path: $0.file.path.string, key: prefix.key(for: $0.file.path).string, success: true, skipped: true
                    )
                }
        } + plan.deletions.map { .init(action: .delete, key: $0.key.string, success: true, skipped: true, fileSize: $0.size) }
    }

    static func now() -> String { UTCText.text(StateOptions.systemClock()) }

    private static func seconds(_ duration: Duration) -> Double {
        let seconds = Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
        return (seconds * 1000).rounded() / 1000
    }
}

/// A line of `--format jsonl`.
private struct Event: Encodable {
    let event: String
    let time = ReportRecorder.now()
    var schema: String?
    var target: String?
    var source: String?
    var destination: String?
    var message: String?
    var cors: ReportDocument.CORS?
    var plan: ReportDocument.PlanSummary?
    var file: ReportDocument.File?
    var report: ReportDocument.Target?

    init(event: String, _ fill: (inout Event) -> Void) {
        self.event = event
        fill(&self)
    }
}

/// Tells several observers.
final class Observers: DeployObserver {
    private let all: [any DeployObserver]

    init(all: [any DeployObserver]) { self.all = all }

    func note(_ event: DeployEvent) { for observer in all { observer.note(event) } }
}
