internal import Configuration
internal import Deploy
internal import S3
internal import Vocabulary

/// The logs of a command's deploys: one file for all, or one for each.
struct RunLogs {
    private var files: [String: LogFile] = [:]

    /// Opens what the settings name, after it is seen to lie outside of every source.
    init(_ jobs: [DeploySettings.Job], console: Console) throws {
        for job in jobs {
            guard let path = job.settings.values.logFile else { continue }
            for other in jobs { try OutsideSource.check(path, "--log-file", source: other.source) }
            if files[path] == nil {
                files[path] = try LogFile(path, job.settings.values.logFormat ?? .text) { console.complain($0) }
            }
        }
    }

    /// The log of a deploy; nil where none is kept.
    func log(of job: DeploySettings.Job) -> LogFile? { job.settings.values.logFile.flatMap { files[$0] } }

    /// What takes note of a deploy's course for its log of text.
    func observers(of job: DeploySettings.Job, isDryRun: Bool) -> [any DeployObserver] {
        guard let log = log(of: job), log.format == .text else { return [] }
        log.write(
            text: "galleria-deploy \(Version.text): \(job.source.escapedForTerminal) to \(job.address)\(isDryRun ? " (dry run)" : "")")
        return [LogObserver(log: log, isDryRun: isDryRun, prefix: job.address.prefix)]
    }

    /// Writes how a deploy ended.
    func note(_ end: JobEnd) {
        guard let log = log(of: end.job), log.format == .text else { return }
        if let fault = end.fault { log.write(text: "fault: \(Self.oneLine(fault.message))") }
        if let report = end.report, report.deletionsSkipped > 0 {
            log.write(text: "\(Quantity.count(report.deletionsSkipped, "deletion")) skipped, because of failures")
        }
        log.write(text: "exit \(end.status.rawValue) after \(Quantity.seconds(end.duration)): \(Self.oneLine(end.summary))")
    }

    /// Writes a fault that came before any deploy could be made out, where options or environment name a log outside of the source they name.
    static func note(_ fault: Fault, _ arguments: DeployArguments, environment: [String: String]) {
        guard let path = arguments.log.logFile ?? environment["GALLERIA_LOG_FILE"], !path.isEmpty else { return }
        if let source = arguments.source ?? environment["GALLERIA_SOURCE"], OutsideSource.lies(path, in: source) { return }
        let format = arguments.log.logFormat ?? environment["GALLERIA_LOG_FORMAT"].flatMap { LogFormat(rawValue: $0) } ?? .text
        guard let log = try? LogFile(path, format, warn: { _ in }) else { return }
        switch format {
        case .text:
            log.write(text: "fault: \(oneLine(fault.message))")
            log.write(text: "exit \(fault.status.rawValue)")
        case .jsonl:
            if let line = try? JSONText.line(EarlyFault(time: log.time, fault)) { log.write(line) }
        }
    }

    private struct EarlyFault: Encodable {
        let event = "fault"
        let time: String
        let message: String
        let exitStatus: Int32

        init(time: String, _ fault: Fault) {
            self.time = time
            message = fault.message
            exitStatus = fault.status.rawValue
        }
    }

    private static func oneLine(_ text: String) -> String { text.split(separator: "\n").joined(separator: " / ") }
}
