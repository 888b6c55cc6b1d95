internal import Bucket
internal import Deploy
internal import Photo
internal import Planning
internal import Synchronization
internal import Vocabulary

/// Shows a deploy while it runs: one live line on a terminal, plain lines elsewhere.
final class DeployView: DeployObserver {
    private struct State {
        var progress = Progress()
        var shown = ContinuousClock.now
        var hasPlan = false
    }

    private let state: Mutex<State>
    private let console: Console
    private let output: OutputArguments
    private let isDryRun: Bool
    private let itemizes: Bool
    private let prefix: Prefix
    private let interval: Duration

    init(console: Console, output: OutputArguments, isDryRun: Bool, itemizes: Bool, prefix: Prefix) {
        self.console = console
        self.output = output
        self.isDryRun = isDryRun
        self.itemizes = itemizes
        self.prefix = prefix
        // A terminal is redrawn ten times a second; a log gets a line every half minute.
        interval = console.isTerminal ? .milliseconds(100) : .seconds(30)
        state = Mutex(State())
    }

    func note(_ event: DeployEvent) {
        switch event {
        case .bucketCreated(let name): say("bucket \(name) created")
        case .corsSufficient: say("CORS: configured")
        case .corsPlanned(let plan):
            say("CORS: " + (plan.before.isEmpty ? "not configured" : "configured but rules need updating"))
            if !output.quiet { for line in CORSText.render(plan).split(separator: "\n") { console.print(String(line)) } }
        case .corsSet(let rules): say("CORS: set, \(Quantity.count(rules.count, "rule")) now")
        case .corsProbed(let url): say("CORS: a browser reads \(url.escapedForTerminal)")
        case .warning(let text): complain("warning: \(text)")
        case .leftOut(let path, let reason, let rule):
            if output.verbose > 0 { console.print("left out \(path) (\(rule ?? reason.words))") }
        case .waiting(let holder): say("waiting for \(holder), which deploys there")
        case .surveyed(let files, let objects): redraw { $0.progress.surveyed(files: files, objects: objects) }
        case .planned(let plan):
            state.withLock { state in
                state.hasPlan = true
                state.progress.planned(plan)
            }
            if isDryRun {
                if !output.quiet {
                    let text = PlanText(plan: plan, prefix: prefix)
                    for line in itemizes ? ItemText.lines(plan, below: prefix) + [text.total] : text.lines { console.print(line) }
                }
            } else if !plan.isEmpty {
                say(
                    "\(Quantity.count(plan.uploads.count, "file")) to send (\(Quantity.bytes(plan.uploadBytes)))"
                        + (plan.copyCount == 0 ? "" : ", \(plan.copyCount) of them by copies on the server")
                        + (plan.headerUpdates.isEmpty ? "" : ", \(Quantity.count(plan.headerUpdates.count, "object")) to get other headers")
                        + (plan.deletions.isEmpty ? "" : ", \(Quantity.count(plan.deletions.count, "object")) to delete")
                        + ", \(plan.unchangedCount) unchanged")
            }
        case .photosSurveyed(let photos):
            if !output.quiet { for line in PhotoText(photos: photos).lines { console.print(line) } }
        case .started(let key, let size): redraw { $0.progress.started(key, size: size) }
        case .sent(let bytes): redraw { $0.progress.sent(bytes) }
        case .photo(let note):
            if output.verbose > 0, let refusal = note.rewrite.refusal {
                complain("photo: \(note.path.string.escapedForTerminal): deployed as it is: \(refusal)")
            }
        case .finished(let outcome):
            if itemizes, let line = ItemText.line(outcome, below: prefix) {
                say(line)
            } else if output.verbose > 0 {
                console.print(Self.line(outcome))
            }
            redraw { $0.progress.finished(outcome) }
        }
    }

    /// Removes the live line.
    func end() { console.show(progress: "") }

    private func redraw(_ change: (inout State) -> Void) {
        let line: String? = state.withLock { state in
            change(&state)
            let now = ContinuousClock.now
            guard !output.quiet, now - state.shown >= interval else { return nil }
            state.shown = now
            return state.progress.line(at: now)
        }
        guard let line else { return }
        if console.isTerminal { console.show(progress: line) } else { console.print(line) }
    }

    private func say(_ line: String) {
        if !output.quiet { console.print(line) }
    }

    private func complain(_ line: String) {
        if !output.quiet { console.complain(line) }
    }

    private static func line(_ outcome: Outcome) -> String {
        switch outcome {
        case .uploaded(let path, let reason, let size, _):
            "sent \(path.string.escapedForTerminal) (\(reason.rawValue), \(Quantity.bytes(size)))"
        case .headersUpdated(let path): "headers \(path.string.escapedForTerminal)"
        case .copied(let path, let source, _): "copied \(path.string.escapedForTerminal) from \(source.string.escapedForTerminal)"
        case .adopted(let path): "adopted \(path.string.escapedForTerminal)"
        case .deleted(let key): "deleted \(key.string.escapedForTerminal)"
        case .failed(let path, let cause): "failed \(path): \(cause)"
        }
    }
}
