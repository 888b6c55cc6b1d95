internal import Deploy
internal import Photo
internal import Planning
internal import Vocabulary

/// Writes a deploy's course into a log of text, every file of it, whatever is shown on the terminal.
final class LogObserver: DeployObserver {
    private let log: LogFile
    private let isDryRun: Bool
    private let prefix: Prefix

    init(log: LogFile, isDryRun: Bool, prefix: Prefix) {
        self.log = log
        self.isDryRun = isDryRun
        self.prefix = prefix
    }

    func note(_ event: DeployEvent) {
        switch event {
        case .bucketCreated(let name): log.write(text: "bucket \(name) created")
        case .bucketMissing(let name): log.write(text: "bucket \(name) would be created")
        case .corsSufficient: log.write(text: "CORS: configured")
        case .corsPlanned: log.write(text: "CORS: rules need updating")
        case .corsSet(let rules): log.write(text: "CORS: set, \(Quantity.count(rules.count, "rule")) now")
        case .corsProbed(let url): log.write(text: "CORS: a browser reads \(url.escapedForTerminal)")
        case .waiting(let holder): log.write(text: "waiting for \(holder), which deploys there")
        case .warning(let text): log.write(text: "warning: \(text)")
        case .planned(let plan):
            log.write(text: "plan: \(DeployView.words(plan))")
            if isDryRun { for line in ItemText.lines(plan, below: prefix) { log.write(text: line) } }
        case .photo(let note):
            if let refusal = note.rewrite.refusal {
                log.write(text: "photo: \(note.path.string.escapedForTerminal): deployed as it is: \(refusal)")
            }
        case .finished(let outcome): log.write(text: OutcomeText.line(outcome))
        case .corsRead, .surveyed, .leftOut, .photosSurveyed, .planToSave, .started, .sent, .rendered: break
        }
    }
}
