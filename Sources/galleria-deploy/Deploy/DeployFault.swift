internal import Bucket
internal import Deploy
internal import Photo
internal import Planning
internal import S3
internal import Source
internal import Vocabulary

extension Fault {
    /// A source that cannot be opened: a word too much or too few, unless its disk stands still.
    init(_ error: SourceFolderError) {
        if case .stalled = error { self.init(.refused, error.description) } else { self.init(.usage, error.description) }
    }

    /// What a deploy that ended before it changed anything says, and its exit status. `words` is the command line, for the command to run next.
    init(_ error: DeployError, words: [String]) {
        switch error {
        case .store(let error): self.init(error)
        case .filter(let fault): self.init(.configuration, fault.description)
        case .refused(let refusal): self.init(.refused, refusal.description)
        case .planOutdated(let differences):
            self.init(
                .refused,
                (["refused: the source or the bucket is not what the plan was made for. Nothing was sent."]
                    + differences.prefix(10).map { "  \($0)" }
                    + (differences.count > 10 ? ["  and \(differences.count - 10) more"] : [])
                    + ["Make a new plan, and look at what changed."]).joined(separator: "\n"))
        case .nothingKept:
            self.init(
                .refused,
                "refused: the bucket keeps no versions, and no `trash` is set, so there is nothing to go back to. Enable versioning, or set `trash`, for "
                    + "the next time.")
        case .publicTrash(let address):
            self.init(
                .refused,
                "refused: what `trash` keeps could be read by anybody (\(address.escapedForTerminal)). Nothing was sent. Name a folder that no policy "
                    + "makes public, or make only the deployed folder public.")
        case .locked(let holder, let isRemote):
            let who = holder.pid == 0 ? "another run" : "another run (\(holder))"
            self.init(
                .refused,
                "refused: \(who) deploys to this destination. Nothing was sent. Wait for it, or have this one wait: --wait-lock 10m."
                    + (isRemote ? " A lock in the bucket that its run left behind expires two minutes after that." : ""))
        case .noRemoteLock(let reason):
            self.init(
                .refused,
                "refused: --remote-lock needs a store that does conditional writes, and this one does not: \(reason). Nothing was sent. Deploy "
                    + "from one machine only, without --remote-lock; runs on one machine keep away from each other all the same.")
        case .lockLost:
            self.init(
                .refused,
                "stopped: the lock in the bucket could not be renewed in time or passed to another run. What was sent stays. Run again when no other "
                    + "run is at work.")
        case .rulesUnmatched(let rules, let photos):
            let lines =
                rules.sorted { $0.key < $1.key }.map { index, rule in
                    "rule \(index + 1) matches no photo." + PhotoText(photos: photos).suggestion(for: rule)
                } + ["Nothing was sent. The cameras in the source:"] + PhotoText(photos: photos).cameras + [
                    "Correct the rule, or mark it `optional: true`."
                ]
            self.init(.configuration, lines.joined(separator: "\n"))
        case .photosRefused(let alarm, let paths):
            let shown =
                paths.prefix(5).map { "  \($0.string.escapedForTerminal)" } + (paths.count > 5 ? ["  and \(paths.count - 5) more"] : [])
            let what = Quantity.count(paths.count, "photo")
            let (reason, wayOut) =
                switch alarm {
                case .alreadyCorrected:
                    (
                        "\(what) in the source already carry the corrected time (their bytes are those in the bucket); another shift would be one too many",
                        "Deploy from the originals, or leave these photos out of the rule."
                    )
                case .correctionDropped:
                    (
                        "\(what) in the bucket were deployed with a corrected capture time and would now be replaced without one",
                        "Give the correction again (best in the configuration file), or say --clock-shift 0 if the times are to go back."
                    )
                }
            self.init(.refused, (["refused: \(reason). Nothing was sent."] + shown + [wayOut]).joined(separator: "\n"))
        case .corsUnproven(let why, let url, let result):
            let again = words.dropFirst().filter { !["-n", "--dry-run", "--exit-code", "--setup-cors"].contains($0) }
            let lines =
                ["CORS: \(why), and a browser's requests for \(url.escapedForTerminal) fail. Nothing was sent."]
                + result.faults.map { "  \($0)" } + [
                    "Set the rules at the provider, or where the content delivery network keeps them; galleria-deploy cors probe tries again.",
                    "To deploy all the same: " + ShellText.command(["galleria-deploy"] + again + ["--no-cors-check"])
                        + ", or write `cors: warn` into the configuration.",
                ]
            self.init(.corsInsufficient, lines.joined(separator: "\n"))
        case .cors(let error): self.init(.corsInsufficient, "CORS: \(error)")
        case .corsInsufficient(let verdict):
            let shortfalls: [String]
            if case .insufficient(let list) = verdict { shortfalls = list.map { "  \($0)" } } else { shortfalls = [] }
            let state = verdict == .notConfigured ? "CORS: not configured" : "CORS: configured but rules need updating"
            let again = words.dropFirst().filter { !["-n", "--dry-run", "--exit-code", "--setup-cors"].contains($0) }
            let lines =
                ["\(state): browsers cannot read the gallery from pages of another origin. Nothing was sent."] + shortfalls + [
                    "To set the rules (others are kept) and deploy: " + ShellText.command(["galleria-deploy"] + again + ["--setup-cors"]),
                    "To deploy all the same: " + ShellText.command(["galleria-deploy"] + again + ["--no-cors-check"]),
                ]
            self.init(.corsInsufficient, lines.joined(separator: "\n"))
        }
    }

    /// A fault of the store that concerns the whole run.
    init(_ error: S3Error) {
        let status: ExitStatus =
            switch error.scope {
            case .credentials: .configuration
            case .bucket, .object: .bucket
            case .cancelled: .interrupted
            }
        self.init(status, error.description)
    }
}

extension DeployError {
    /// True where nothing went wrong but that the run was broken off.
    var isCancelled: Bool {
        switch self {
        case .store(let error): error.isCancelled
        case .locked: true
        default: false
        }
    }
}
