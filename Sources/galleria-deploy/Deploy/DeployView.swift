internal import Bucket
internal import Deploy
internal import Photo
internal import Planning
internal import Synchronization
internal import Vocabulary

/// Shows a deploy while it runs: a live block on a terminal; elsewhere plain lines, and one every half minute that tells how far it is.
final class DeployView: DeployObserver {
    private struct State {
        var progress = Progress()
        var beat: ContinuousClock.Instant
        var ticker: Ticker?
    }

    /// How long nothing is heard of a run at most, where there is no terminal.
    static let heartbeat = Duration.seconds(30)

    private let state: Mutex<State>
    private let console: Console
    private let output: OutputArguments
    private let isDryRun: Bool
    private let itemizes: Bool
    private let prefix: Prefix
    private let now: @Sendable () -> ContinuousClock.Instant

    init(
        console: Console, output: OutputArguments, isDryRun: Bool, itemizes: Bool, prefix: Prefix,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
    ) {
        self.console = console
        self.output = output
        self.isDryRun = isDryRun
        self.itemizes = itemizes
        self.prefix = prefix
        self.now = now
        state = Mutex(State(beat: now()))
    }

    /// Shows how far it is from now on, whether anything happens or not.
    func begin() {
        guard !output.quiet else { return }
        let ticker = Ticker(every: console.terminal.isLive ? Console.drawInterval : .seconds(1)) { [weak self] in self?.tick() }
        state.withLock { $0.ticker = ticker }
    }

    /// Draws the block, or says how far it is where that is due.
    func tick() {
        guard !output.quiet else { return }
        let now = now()
        let (progress, isDue) = state.withLock { state in
            state.progress.sample(at: now)
            let isDue = now - state.beat >= Self.heartbeat
            if isDue { state.beat = now }
            return (state.progress, isDue)
        }
        if console.terminal.isLive {
            let block = LiveBlock(progress: progress, hasUnicode: console.terminal.hasUnicode, hasColor: console.terminal.hasColor)
            console.show { block.lines($0, at: now) }
        } else if isDue {
            // Where standard output is for a machine, whoever waits reads the other one.
            if console.printsText { console.print(progress.line(at: now)) } else { console.complain(progress.line(at: now)) }
        }
    }

    func note(_ event: DeployEvent) {
        switch event {
        case .bucketCreated(let name): say("bucket \(name) created")
        case .bucketMissing(let name): say("bucket \(name) would be created")
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
        case .surveyed(let files, let objects): update { $0.surveyed(files: files, objects: objects) }
        case .planned(let plan):
            let now = now()
            update { $0.planned(plan, at: now) }
            if isDryRun {
                if !output.quiet {
                    let text = PlanText(plan: plan, prefix: prefix)
                    for line in itemizes ? ItemText.lines(plan, below: prefix) + [text.total] : text.lines { console.print(line) }
                }
            } else if !plan.isEmpty {
                say(Self.words(plan))
            }
        case .corsRead, .planToSave: break
        case .photosSurveyed(let photos):
            if !output.quiet { for line in PhotoText(photos: photos).lines { console.print(line) } }
        case .started(let key, let size): update { $0.started(key, size: size) }
        case .sent(let bytes): update { $0.sent(bytes) }
        case .photo(let note):
            if output.verbose > 0, let refusal = note.rewrite.refusal {
                complain("photo: \(note.path.string.escapedForTerminal): deployed as it is: \(refusal)")
            }
        case .rendered(let picture, let photo):
            if output.verbose > 0 {
                console.print("made \(picture.string.escapedForTerminal) of \(photo.string.escapedForTerminal)")
            }
        case .finished(let outcome):
            if itemizes, let line = ItemText.line(outcome, below: prefix) {
                say(line)
            } else if output.verbose > 0 {
                console.print(OutcomeText.line(outcome))
            }
            update { $0.finished(outcome) }
        }
    }

    /// Removes the live block.
    func end() {
        state.withLock { $0.ticker.take() }?.end()
        console.show { _ in [] }
    }

    private func update(_ change: (inout Progress) -> Void) { state.withLock { change(&$0.progress) } }

    private func say(_ line: String) {
        if !output.quiet { console.print(line) }
    }

    private func complain(_ line: String) {
        if !output.quiet { console.complain(line) }
    }

    /// A plan in one line.
    static func words(_ plan: Plan) -> String {
        "\(Quantity.count(plan.uploads.count, "file")) to send (\(Quantity.bytes(plan.uploadBytes)))"
            + (plan.copyCount == 0 ? "" : ", \(plan.copyCount) of them by copies on the server")
            + (plan.headerUpdates.isEmpty ? "" : ", \(Quantity.count(plan.headerUpdates.count, "object")) to get other headers")
            + (plan.deletions.isEmpty ? "" : ", \(Quantity.count(plan.deletions.count, "object")) to delete")
            + ", \(plan.unchangedCount) unchanged"
    }
}
