internal import ArgumentParser
internal import Configuration
internal import Deploy
internal import Foundation
internal import S3
internal import State
internal import Vocabulary

/// `galleria-deploy history [RUN] [TARGET … | SOURCE DESTINATION]`: what earlier runs did, from the local state.
struct HistoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history", abstract: "Tell what earlier runs did, or with a run's number what it changed.",
        usage: """
            galleria-deploy history [<options>] [RUN] [TARGET ...]
            galleria-deploy history [<options>] [RUN] SOURCE s3://BUCKET[/PREFIX]
            """,
        discussion: """
            The local state keeps the last thousand runs of a source and destination, and the last 100,000 changes. Dry runs, runs with \
            --no-state and runs that found nothing to do are not in it.
            """)

    @Argument(help: ArgumentHelp("A run's number, and the targets or the source and destination.", valueName: "words"))
    var words: [String] = []

    @Option(help: ArgumentHelp("How many runs to list (default: 20).", valueName: "n"))
    var limit: Int = 20

    @Option(help: ArgumentHelp("How to print: text or json.", valueName: "format"))
    var format: ShowFormat = .text

    @Option(help: ArgumentHelp("The configuration file.", valueName: "file"))
    var config: String?

    @Option(help: ArgumentHelp("The file of the local state.", valueName: "file"))
    var state: String?

    @OptionGroup(title: "Connection")
    var connection: ConnectionArguments

    func validate() throws {
        if limit < 1 { throw ValidationError("--limit takes a number from 1 on.") }
    }

    func run() async throws {
        let console = Console(environment: ProcessInfo.processInfo.environment)
        await CommandRun.exit(console) {
            let environment = try connection.environment(console)
            let numbers = words.compactMap { Int64($0) }
            let places = words.filter { Int64($0) == nil }
            guard numbers.count <= 1, places.count <= 2 else {
                throw Fault(.usage, "history takes the number of one run, and a target, or a source and a destination.")
            }
            var arguments = try DeployArguments.parse([])
            arguments.source = places.first
            arguments.destination = places.dropFirst().first
            arguments.config = config
            arguments.state = state
            arguments.connection = connection
            let jobs = try DeploySettings.jobs(arguments, environment: environment, commands: GalleriaDeploy.commandNames)
            if let number = numbers.first {
                guard jobs.count == 1, let job = jobs.first else {
                    let names = jobs.compactMap(\.settings.target).joined(separator: ", ")
                    throw Fault(.usage, "each target has runs of its own; say which is meant: \(names.escapedForTerminal).")
                }
                try show(number, of: job, environment, console)
            } else {
                try list(jobs, environment, console)
            }
            return .done
        }
    }

    private func list(_ jobs: [DeploySettings.Job], _ environment: [String: String], _ console: Console) throws {
        var targets: [HistoryDocument.Target] = []
        for job in jobs {
            let runs = try Self.reading { () throws(StateError) in try history(of: job, environment)?.runs(limit: limit) ?? [] }
            targets.append(HistoryDocument.Target(job, runs.map { HistoryDocument.Run($0.number, $0.run) }))
            guard format == .text else { continue }
            if jobs.count > 1 { console.print("\(job.settings.target ?? job.source) → \(job.address)") }
            let text = HistoryText(runs: runs)
            for line in runs.isEmpty ? ["no run of \(job.source.escapedForTerminal) to \(job.address) is recorded"] : text.lines {
                console.print(line)
            }
        }
        if format == .json { console.answer(try JSONText.document(HistoryDocument(targets: targets))) }
    }

    private func show(_ number: Int64, of job: DeploySettings.Job, _ environment: [String: String], _ console: Console) throws {
        let found: (run: RunRecord, changes: [RunChange])? = try Self.reading { () throws(StateError) in
            guard let history = try history(of: job, environment), let run = try history.run(number) else { return nil }
            return (run, try history.changes(of: number))
        }
        guard let found else {
            throw Fault(.someFailed, "no run \(number) is recorded, or none any more. galleria-deploy history lists those that are.")
        }
        switch format {
        case .text: for line in HistoryText.lines(number, found.run, found.changes) { console.print(line) }
        case .json:
            var run = HistoryDocument.Run(number, found.run)
            run.changes = found.changes.map { HistoryDocument.Change($0) }
            console.answer(try JSONText.document(HistoryDocument(targets: [.init(job, [run])])))
        }
    }

    /// The history of a deploy; nil where there is no state.
    private func history(of job: DeploySettings.Job, _ environment: [String: String]) throws(StateError) -> RunHistory? {
        guard let state = try? StatePlace.resolve(job, isOff: false, environment: environment, warn: { _ in }),
            FileManager.default.fileExists(atPath: state.path)
        else { return nil }
        return RunHistory(try StateDatabase(at: state.path, of: state.location))
    }

    private static func reading<R>(_ body: () throws(StateError) -> R) throws -> R {
        do throws(StateError) { return try body() } catch { throw Fault(.configuration, error.description) }
    }
}
