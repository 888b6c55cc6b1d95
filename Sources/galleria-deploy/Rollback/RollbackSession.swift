internal import CDN
internal import Configuration
internal import Deploy
internal import Foundation
internal import Glibc
internal import Planning
internal import S3
internal import State
internal import Synchronization
internal import Vocabulary

/// One rollback of one target, from its history to its own entry there.
struct RollbackSession {
    let command: RollbackCommand
    let job: DeploySettings.Job
    let environment: [String: String]
    let console: Console

    /// What is undone: from which moment on, and what runs since then are known to have replaced.
    private struct Undoing {
        let moment: Int64
        let runs: [Int64]
        let replaced: Set<Key>
    }

    func run(toRun number: Int64?) async throws -> ExitStatus {
        let history = try history()
        let found = try Self.faults { () throws(StateError) -> Undoing? in try lookUp(history, number) }
        guard let undoing = found else {
            throw Fault(
                .someFailed,
                number.map {
                    "no later run than \($0) has changed anything, or the history does not reach back to it. See galleria-deploy history."
                } ?? "no run that changed something is recorded. See galleria-deploy history.")
        }
        let began = StateOptions.systemClock()
        let connection = try Connection(
            to: job.address, at: job.place, jobs: ProcessLimits.jobs(job.settings.jobs).jobs, environment: environment,
            skipsVerification: command.connection.skipsVerification, log: console.wireLog(command.verbose),
            customerKey: try job.settings.customerKey(
                at: job.place.endpoint.value, environment: environment, console: console, quiet: false), timeouts: job.settings.timeouts)
        defer { connection.close() }
        let networks =
            command.dryRun ? nil : try CDNNetworks(job, environment: environment, verbose: command.verbose, console: console, quiet: false)
        defer { networks?.close() }
        let disk = DiskExecutor(threadCount: 2, stallLimit: job.settings.timeouts.read)
        defer { disk.stop() }
        let stop = DeployStop()
        var options = RollbackRun.Options(
            prefix: job.address.prefix, moment: undoing.moment, began: began, deleteLimit: command.maxDelete ?? job.settings.deleteLimit,
            locks: LockPlace.options(job.settings, environment: environment))
        options.replaced = undoing.replaced
        options.foreignFolders = job.settings.foreignFolders(below: job.address)
        options.trash = try job.trash()
        options.manifest = job.settings.values.manifest.map { Key($0) }
        options.acl = job.settings.values.headers.acl?.rawValue
        let rollback = RollbackRun(store: connection.store, options: options, disk: disk, stop: stop, observer: Warnings(console: console))
        let outcomes = Mutex<[RollbackRun.Outcome]>([])
        let task = Task { [console] () -> Result<RollbackPlan, DeployError> in
            do throws(DeployError) {
                return .success(
                    try await rollback.run { (plan) throws(DeployError) in
                        confirm(plan, undoing.runs)
                    } each: { outcome in
                        outcomes.withLock { $0.append(outcome) }
                        tell(outcome, console)
                    })
            } catch { return .failure(error) }
        }
        let interruption = Interruption(stop, timeLeft: nil) { [console] _, _ in
            console.complain("interrupted: no more is begun. Run the same again to go on.")
        } leaving: { [console] in
            console.leave()
        } cancel: {
            task.cancel()
        }
        let result = await task.value
        let signal = interruption.end()
        let plan: RollbackPlan
        switch result {
        case .success(let made): plan = made
        case .failure(let error): throw Fault(error, words: ["galleria-deploy", "rollback"])
        }
        let done = outcomes.withLock { $0 }
        let isDeclined = done.isEmpty && !plan.isEmpty
        var status: ExitStatus = isDeclined ? (command.dryRun ? .done : .refused) : done.contains { $0.isFailure } ? .someFailed : .done
        if plan.isEmpty, !plan.lost.isEmpty { status = .someFailed }
        if !done.isEmpty {
            if let networks, await !purge(networks, done) { status = status.combined(with: .someFailed) }
            if let signal { status = signal }
            remember(history, done, plan, undoing, began, status)
        }
        let report = RollbackDocument(plan, outcomes: done, runs: undoing.runs, dryRun: command.dryRun, exitStatus: status.rawValue)
        if command.format == .json { console.answer(try JSONText.document(report)) }
        if !done.isEmpty { console.print(report.summary) }
        return status
    }

    // MARK: What is undone

    private func history() throws -> RunHistory {
        guard let state = try StatePlace.resolve(job, isOff: false, environment: environment, warn: { _ in }),
            FileManager.default.fileExists(atPath: state.path)
        else {
            throw Fault(
                .configuration,
                "there is no history of \(job.source.escapedForTerminal) to \(job.address): its local state is gone or elsewhere; --state names it."
            )
        }
        return RunHistory(try Self.faults { () throws(StateError) in try StateDatabase(at: state.path, of: state.location) })
    }

    private func lookUp(_ history: RunHistory, _ number: Int64?) throws(StateError) -> Undoing? {
        let runs = try history.runs(limit: 1000)
        let changing = runs.filter { $0.run.hasChanged }
        let first: (number: Int64, run: RunRecord)?
        if let number {
            guard runs.contains(where: { $0.number == number }) else { return nil }
            first = changing.last { $0.number > number }
        } else {
            first = changing.first
        }
        guard let first else { return nil }
        let undone = changing.filter { $0.number >= first.number }
        var replaced: Set<Key> = []
        var seen: Set<Key> = []
        // The earliest run that touched a path knows whether there was an object before.
        for (number, _) in undone.reversed() {
            for change in try history.changes(of: number) where seen.insert(change.key).inserted {
                let isNew = change.reason?.hasPrefix("new") == true || change.action == "copy" || change.action == "failed"
                if !isNew { replaced.insert(change.key) }
            }
        }
        return Undoing(moment: first.run.started, runs: undone.map(\.number).sorted(), replaced: replaced)
    }

    private static func faults<R>(_ body: () throws(StateError) -> R) throws -> R {
        do throws(StateError) { return try body() } catch { throw Fault(.configuration, error.description) }
    }

    // MARK: Before and after

    /// Shows the plan; answers whether it is to be carried out.
    private func confirm(_ plan: RollbackPlan, _ runs: [Int64]) -> Bool {
        let names = runs.count == 1 ? "run \(runs[0])" : "runs \(runs.map { "\($0)" }.joined(separator: ", "))"
        console.print("undoing \(names):")
        for restore in plan.restores {
            console.print("  restore  \(restore.path.string.escapedForTerminal) (\(Quantity.bytes(restore.size)))")
        }
        for path in plan.deletions { console.print("  delete   \(path.string.escapedForTerminal)") }
        for path in plan.lost { console.print("  lost     \(path.string.escapedForTerminal): \(FailureCause.nothingKept)") }
        console.print(
            "\(Quantity.count(plan.restores.count, "object")) to restore, \(plan.deletions.count) to delete, \(plan.unchangedCount) as they were"
        )
        if plan.isEmpty || command.dryRun { return false }
        if command.yes { return true }
        guard isatty(STDIN_FILENO) == 1 else {
            console.complain("refused: nobody can be asked here. Say --yes to carry this out.")
            return false
        }
        console.complain("Carry this out? [y/N]")
        return ["y", "yes"].contains(readLine()?.lowercased() ?? "")
    }

    private func purge(_ networks: CDNNetworks, _ outcomes: [RollbackRun.Outcome]) async -> Bool {
        var list = PurgeList()
        for outcome in outcomes { list.note(outcome.path) }
        let told = await PurgeStep.tell(networks, list.entries)
        for outcome in told {
            if let fault = outcome.fault { console.complain("warning: \(fault) Or say galleria-deploy cdn purge --all.") }
        }
        return told.allSatisfy { $0.fault == nil }
    }

    private func remember(
        _ history: RunHistory, _ outcomes: [RollbackRun.Outcome], _ plan: RollbackPlan, _ undoing: Undoing, _ began: Int64,
        _ status: ExitStatus
    ) {
        var run = RunRecord(started: began, ended: StateOptions.systemClock(), exitStatus: status.rawValue)
        run.target = job.settings.target
        run.unchanged = plan.unchangedCount
        let reason = "rollback of \(undoing.runs.count == 1 ? "run" : "runs") \(undoing.runs.map { "\($0)" }.joined(separator: ", "))"
        var changes: [RunChange] = []
        let replaced = Set(plan.restores.filter(\.replaces).map(\.path))
        for outcome in outcomes {
            switch outcome {
            case .restored(let path, let size):
                run.copied += 1
                run.bytes += size
                changes.append(
                    RunChange(action: "restore", reason: replaced.contains(path) ? reason : "new, by \(reason)", key: path, size: size))
            case .deleted(let path):
                run.deleted += 1
                changes.append(RunChange(action: "delete", reason: reason, key: path, size: nil))
            case .failed(let path, let cause):
                run.failed += 1
                changes.append(RunChange(action: "failed", reason: cause.description, key: path, size: nil))
            }
        }
        do throws(StateError) { try history.append(run, changes: Array(changes.prefix(20_000))) } catch {
            console.complain("warning: the rollback is not in the history: \(error.description)")
        }
    }
}

/// Shows what a rollback warns of.
private final class Warnings: DeployObserver {
    private let console: Console

    init(console: Console) { self.console = console }

    func note(_ event: DeployEvent) {
        switch event {
        case .warning(let text): console.complain("warning: \(text)")
        case .waiting(let holder): console.complain("waiting for \(holder), which deploys there")
        default: break
        }
    }
}

private func tell(_ outcome: RollbackRun.Outcome, _ console: Console) {
    if case .failed(let path, let cause) = outcome { console.complain("failed: \(path.string.escapedForTerminal): \(cause)") }
}

extension RunRecord {
    /// True where the run changed anything in the bucket, or may have.
    fileprivate var hasChanged: Bool { uploaded + copied + headerUpdates + deleted > 0 || (failed > 0 && fault == nil) || left > 0 }
}

extension RollbackRun.Outcome {
    /// The path.
    var path: Key {
        switch self {
        case .restored(let path, _), .deleted(let path), .failed(let path, _): path
        }
    }

    fileprivate var isFailure: Bool { if case .failed = self { true } else { false } }
}
