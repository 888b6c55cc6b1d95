internal import CDN
internal import Configuration
internal import Deploy
internal import S3
internal import Vocabulary

/// What became of telling one network.
struct PurgeOutcome: Sendable {
    let network: String
    /// How many addresses or paths it was told.
    let count: Int
    /// Why it was not told; nil where it was.
    let fault: String?
}

/// Tells the networks of a deploy what it changed, with what earlier runs still owe them.
///
/// A network that was not told makes the run's status 1: visitors go on seeing what was there before. What is owed is remembered, and the next run
/// tells it whether it changes anything itself or not.
struct PurgeStep {
    let job: DeploySettings.Job
    let debt: PurgeDebt
    let recorder: PurgeRecorder
    private let owedBefore: PurgeList
    private let networks: CDNNetworks
    private let console: Console
    private let isQuiet: Bool

    /// Connects to the networks; nil where the target has none, or where nothing is changed in a dry run.
    init?(
        _ job: DeploySettings.Job, _ arguments: DeployArguments, environment: [String: String], console: Console
    ) throws {
        guard !arguments.dryRun,
            let networks = try CDNNetworks(
                job, environment: environment, verbose: arguments.output.verbose, console: console, quiet: arguments.output.quiet)
        else { return nil }
        self.job = job
        self.networks = networks
        self.console = console
        isQuiet = arguments.output.quiet
        let debt = PurgeDebt(try StatePlace.resolve(job, isOff: arguments.noState, environment: environment, warn: { _ in }))
        let owed = debt.read()
        self.debt = debt
        owedBefore = owed
        recorder = PurgeRecorder(
            prefix: job.address.prefix, purgesNew: job.settings.values.cdn?.contains { $0.purgesNew ?? false } ?? false
        ) { planned in
            var all = owed
            all.merge(planned)
            // What fails here fails again below, where it is told.
            _ = debt.write(all)
        }
    }

    /// Ends the connection.
    func close() { networks.close() }

    /// Tells them. `isPostponed` where the run is to end soon and what is owed can be remembered.
    func run(isPostponed: Bool) async -> [PurgeOutcome] {
        var list = owedBefore
        list.merge(recorder.changed)
        guard !list.isEmpty else {
            settle(PurgeList())
            return []
        }
        if isPostponed, debt.isKept {
            settle(list)
            console.complain(
                "warning: content delivery networks were not told what changed. The next run tells them, or galleria-deploy cdn purge.")
            return []
        }
        let outcomes = await Self.tell(networks, list.entries)
        settle(outcomes.contains { $0.fault != nil } ? list : PurgeList())
        for outcome in outcomes {
            if let fault = outcome.fault {
                console.complain(
                    "warning: \(fault)" + (debt.isKept ? "" : " Without a local state nothing is remembered: galleria-deploy cdn purge."))
            } else if !isQuiet {
                console.print("\(outcome.network): \(Quantity.count(outcome.count, "path")) purged")
            }
        }
        return outcomes
    }

    /// Tells every network, whatever becomes of the others.
    static func tell(_ networks: CDNNetworks, _ entries: [PurgeEntry]) async -> [PurgeOutcome] {
        var outcomes: [PurgeOutcome] = []
        for network in networks.networks {
            let count = network.lines(entries).count
            do throws(CDNError) {
                try await network.purge(entries)
                outcomes.append(PurgeOutcome(network: network.name, count: count, fault: nil))
            } catch {
                outcomes.append(PurgeOutcome(network: network.name, count: count, fault: error.description))
            }
        }
        return outcomes
    }

    private func settle(_ list: PurgeList) {
        guard debt.isKept, debt.read() != list else { return }
        if let cause = debt.write(list), !list.isEmpty {
            console.complain("warning: what content delivery networks were not told is not remembered: \(cause)")
        }
    }
}
