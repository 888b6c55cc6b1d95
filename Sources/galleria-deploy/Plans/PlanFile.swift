internal import Configuration
internal import Deploy
internal import S3
internal import Vocabulary

/// The saved plan of a command: the one that is written at its end, or the one that is carried out.
struct PlanFile {
    private let path: String?
    private let applied: PlanDocument?
    private let count: Int
    private var targets: [PlanDocument.Target] = []

    /// Prepares to save into `path`, which must not lie in a source, or to carry out `applied`, whose targets must be those of `jobs`.
    init(_ path: String?, applied: PlanDocument?, _ jobs: [DeploySettings.Job]) throws {
        self.path = path
        self.applied = applied
        count = jobs.count
        if let path { for job in jobs { try OutsideSource.check(path, "--plan-out", source: job.source) } }
        guard let applied else { return }
        func words(_ destination: String, _ endpoint: String) -> String { "\(destination) at \(endpoint)" }
        let (planned, now) = (
            applied.targets.map { words($0.destination, $0.endpoint) },
            jobs.map { words("\($0.address)", $0.place.endpoint.value.description) }
        )
        guard planned == now else {
            throw Fault(
                .refused,
                "refused: the plan was made for \(planned.joined(separator: ", ").escapedForTerminal), and its options now lead to "
                    + "\(now.joined(separator: ", ").escapedForTerminal). Nothing was sent. Apply it from the folder and in the environment that it was made in, or make a new one."
            )
        }
    }

    /// What the plan that is carried out says of a deploy.
    func saved(of job: DeploySettings.Job) -> SavedPlan? {
        applied?.targets.first { $0.target == job.settings.target && $0.destination == "\(job.address)" }?.plan
    }

    /// Keeps a deploy's plan, where one could be made.
    mutating func note(_ plan: SavedPlan?, of job: DeploySettings.Job) {
        if let plan, path != nil { targets.append(PlanDocument.Target(job, plan)) }
    }

    /// Writes the file, where every deploy has a plan.
    func write(arguments: [String], console: Console?) throws {
        guard let path else { return }
        guard targets.count == count else {
            throw Fault(
                .someFailed, "the plan was not saved: it is not known of everything what would be done. See what failed, and plan again.")
        }
        let words = arguments.first == "deploy" ? Array(arguments.dropFirst()) : arguments
        try PlanDocument(targets, arguments: words).write(to: path)
        console?.print("plan saved; to carry it out: " + ShellText.command(["galleria-deploy", "apply", path]))
    }
}
