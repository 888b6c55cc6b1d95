internal import ArgumentParser
internal import Configuration
internal import Deploy
internal import Foundation
internal import Planning
internal import S3
internal import Source
internal import Vocabulary

/// A source and a destination, ready for a run over tiers.
struct TierSession {
    private let run: TierRun
    private let stop: DeployStop
    private let console: Console

    static func plan(_ arguments: TierArguments, _ rule: TierRuleArguments) async -> Never {
        await with(arguments, rule) { session in
            var document = TierDocument()
            let plan = try await session.planned()
            for line in document.note(plan, all: true) { session.console.print(line) }
            return (.done, document)
        }
    }

    static func apply(_ arguments: TierArguments, _ rule: TierRuleArguments) async -> Never {
        await with(arguments, rule) { session in
            var document = TierDocument()
            let (plan, signal) = try await session.interruptible { run throws(TierFault) in
                try await run.apply { session.tell(document.note($0)) }
            }
            for line in document.note(plan, all: false) { session.console.print(line) }
            return (signal ?? (document.hasFailures ? .someFailed : .done), document)
        }
    }

    static func promote(_ arguments: TierArguments, _ paths: [String]) async -> Never {
        await with(arguments, nil) { session in
            let globs: [Glob]
            do { globs = try paths.map { try Glob($0) } } catch { throw Fault(.usage, "\(error)") }
            var document = TierDocument()
            let (_, signal) = try await session.interruptible { run throws(TierFault) in
                try await run.promote({ path in globs.isEmpty || globs.contains { $0.matches(path.bytes) } }) {
                    session.tell(document.note($0))
                }
            }
            session.console.print(document.promoted)
            return (signal ?? (document.hasFailures ? .someFailed : .done), document)
        }
    }

    private func planned() async throws -> TierPlan { try await run.plan() }

    private func tell(_ said: (line: String, isFault: Bool)) {
        if said.isFault { console.complain("failed: " + said.line) } else { console.print(said.line) }
    }

    private static func with(
        _ arguments: TierArguments, _ rule: TierRuleArguments?, _ body: (TierSession) async throws -> (ExitStatus, TierDocument)
    ) async -> Never {
        let console = Console(environment: ProcessInfo.processInfo.environment, printsText: arguments.format == .text)
        await CommandRun.exit(console) {
            let environment = try arguments.bucket.connection.environment(console)
            var deploy = try DeployArguments.parse([])
            deploy.source = arguments.words.first
            deploy.destination = arguments.words.dropFirst().first
            deploy.config = arguments.bucket.config
            deploy.state = arguments.state
            deploy.connection = arguments.bucket.connection
            let jobs = try DeploySettings.jobs(deploy, environment: environment, commands: GalleriaDeploy.commandNames)
            guard jobs.count == 1, let job = jobs.first else {
                let names = jobs.compactMap(\.settings.target).map(\.escapedForTerminal).joined(separator: ", ")
                throw Fault(.usage, "tier works on one target; say which: \(names).")
            }
            let values = job.settings.values
            guard job.settings.naming.isIdentity, values.layout == nil, values.map == nil else {
                throw Fault(
                    .usage,
                    "tier finds files by their keys, and `layout`, `map`, `unicode` or `key-case` give them other names in the bucket.")
            }
            guard rule?.dropLocal != true || values.derivatives?.isEmpty != false else {
                throw Fault(
                    .usage,
                    "--drop-local would take the photos away that `derivatives` are made of, and the next deploy their pictures. Leave it out."
                )
            }
            let folder: SourceFolder
            do throws(SourceFolderError) { folder = try SourceFolder(job.source, stallLimit: job.settings.timeouts.read) } catch {
                throw Fault(error)
            }
            let limit = ProcessLimits.jobs(job.settings.jobs).jobs
            let connection = try Connection(
                to: job.address, at: job.place, jobs: limit, environment: environment,
                skipsVerification: arguments.bucket.connection.skipsVerification, log: console.wireLog(arguments.bucket.verbose),
                customerKey: try job.customerKey(environment: environment, console: console, quiet: false),
                timeouts: job.settings.timeouts)
            defer { connection.close() }
            let disk = DiskExecutor(
                threadCount: ProcessInfo.processInfo.activeProcessorCount + 2, stallLimit: job.settings.timeouts.read)
            defer { disk.stop() }
            let stop = DeployStop()
            let options = TierOptions(
                prefix: job.address.prefix, selection: try DeployFilters(deploy, words: []).selection(job.settings),
                rule: rule?.rule ?? TierRule(coldAge: 0), basis: rule?.by ?? .modified, dropsLocal: rule?.dropLocal ?? false,
                localLimit: rule?.localLimit?.bytes, jobs: min(limit.ceiling, 16),
                state: try StatePlace.resolve(job, isOff: false, environment: environment, warn: { console.complain("warning: \($0)") }),
                locks: LockPlace.options(job.settings, environment: environment), now: StateOptions.systemClock, stop: stop)
            let run = TierRun(folder, in: connection.store, options: options, disk: disk, observer: Silence())
            do {
                let (status, document) = try await body(TierSession(run: run, stop: stop, console: console))
                if arguments.format == .json { console.answer(try JSONText.document(document)) }
                return status
            } catch let fault as TierFault {
                throw Fault(fault)
            }
        }
    }

    /// Runs `body` until it is done, or until a signal asks it to begin no more; a second one ends the process, which loses nothing. Answers the
    /// status to exit with where it was stopped.
    private func interruptible<R>(_ body: (TierRun) async throws(TierFault) -> R) async throws -> (R, ExitStatus?) {
        let console = console
        let interruption = Interruption(
            stop, stopping: { _, _ in console.complain("interrupted: no more is begun. Again to stop at once.") },
            leaving: { console.leave() }, cancel: {})
        do throws(TierFault) {
            let result = try await body(run)
            return (result, interruption.end())
        } catch {
            _ = interruption.end()
            throw error
        }
    }
}

/// Hears nothing: what a run over tiers has to say it answers.
private final class Silence: DeployObserver {
    func note(_ event: DeployEvent) {}
}

extension Fault {
    fileprivate init(_ fault: TierFault) {
        switch fault {
        case .deploy(let error): self.init(error, words: ["galleria-deploy", "tier"])
        case .busySource:
            self.init(.refused, "another run over tiers works on this source. Wait until it has ended.")
        case .ledger(let fault): self.init(.refused, fault.description)
        case .system(let cause):
            self.init(.refused, "\(DroppedLedger.name) in the source cannot be written: \(cause). Nothing was dropped.")
        case .store(let error): self.init(error)
        case .state(let words): self.init(.configuration, words)
        }
    }
}
