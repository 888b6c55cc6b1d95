internal import ArgumentParser
internal import Configuration
internal import Deploy
internal import Foundation
internal import Planning
internal import S3
internal import Vocabulary

/// `galleria-deploy diff A B`: how two manifests, two runs, or a manifest and the bucket differ.
struct DiffCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff", abstract: "Tell how two manifests, or a manifest and the bucket, differ, or what runs changed.",
        usage: "galleria-deploy diff [<options>] A B [TARGET | SOURCE s3://BUCKET[/PREFIX]]",
        discussion: """
            A and B are a manifest's file, `published` (the manifest that the bucket has), `bucket` (its objects as they are), or both the numbers \
            of runs (see history): then what was changed after A, up to and including B, is told. Status 2 where they differ.
            """)

    @Argument(help: ArgumentHelp("What is compared.", valueName: "a"))
    var first: String

    @Argument(help: ArgumentHelp("With what.", valueName: "b"))
    var second: String

    @Argument(help: ArgumentHelp("The target, or the source and destination.", valueName: "words"))
    var words: [String] = []

    @Option(help: ArgumentHelp("How to print: text or json.", valueName: "format"))
    var format: ShowFormat = .text

    @Option(help: ArgumentHelp("The manifest's path below the destination.", valueName: "path"))
    var manifest: String?

    @Option(help: ArgumentHelp("The configuration file.", valueName: "file"))
    var config: String?

    @Option(help: ArgumentHelp("The file of the local state.", valueName: "file"))
    var state: String?

    @Flag(name: .shortAndLong, help: "Twice, as -vv: print requests and answers, without signatures, tokens and keys.")
    var verbose: Int

    @OptionGroup(title: "Connection")
    var connection: ConnectionArguments

    func run() async throws {
        let console = Console(environment: ProcessInfo.processInfo.environment, printsText: format == .text)
        await CommandRun.exit(console) {
            let changes = try await changes(console)
            switch format {
            case .text: for line in DiffDocument.lines(changes) { console.print(line) }
            case .json: console.answer(try JSONText.document(DiffDocument(changes: changes)))
            }
            return changes.isEmpty ? .done : .changesPending
        }
    }

    private func changes(_ console: Console) async throws -> [DiffDocument.Change] {
        if let a = Int64(first), let b = Int64(second) {
            guard a < b else { throw Fault(.usage, "the earlier run comes first: galleria-deploy diff \(b) \(a).") }
            let (job, environment) = try job(console)
            return try RunsDiff(job: job).changes(after: a, upTo: b, environment: environment)
        }
        let names = ["published", "bucket"]
        var entries: [[ManifestEntry]] = []
        for word in [first, second] {
            guard names.contains(word) else {
                entries.append(try Self.file(word))
                continue
            }
            let (job, environment) = try job(console)
            let connection = try Connection(
                to: job.address, at: job.place, jobs: ProcessLimits.jobs(job.settings.jobs).jobs, environment: environment,
                skipsVerification: connection.skipsVerification, log: console.wireLog(verbose), timeouts: job.settings.timeouts)
            defer { connection.close() }
            guard let path = job.settings.values.manifest ?? (word == "bucket" ? "" : nil) else {
                throw Fault(.usage, "which manifest? Set `manifest`, or say --manifest PATH.")
            }
            let key = path.isEmpty ? nil : job.address.prefix.key(for: Key(path))
            let bucket = BucketEntries(store: connection.store, prefix: job.address.prefix)
            entries.append(word == "bucket" ? try await bucket.all(besides: key) : try await bucket.published(at: key ?? Key("")))
        }
        return ManifestDiff(from: entries[0], to: entries[1]).changes.map { DiffDocument.Change($0) }
    }

    private static func file(_ path: String) throws -> [ManifestEntry] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Fault(.usage, "there is no manifest \(path.escapedForTerminal). Name its file, `published`, `bucket`, or two runs.")
        }
        var reader = ManifestReader()
        var entries: [ManifestEntry] = []
        do throws(ManifestFault) {
            try reader.read(data) { entries.append($0) }
            try reader.finish()
        } catch { throw Fault(.usage, "\(path.escapedForTerminal): \(error.description).") }
        return entries
    }

    private func job(_ console: Console) throws -> (job: DeploySettings.Job, environment: [String: String]) {
        let environment = try connection.environment(console, quiet: true)
        var arguments = try DeployArguments.parse([])
        arguments.source = words.first
        arguments.destination = words.dropFirst().first
        arguments.config = config
        arguments.state = state
        arguments.manifest = manifest
        arguments.connection = connection
        let jobs = try DeploySettings.jobs(arguments, environment: environment, commands: GalleriaDeploy.commandNames)
        guard jobs.count == 1, let job = jobs.first, words.count <= 2 else {
            let names = jobs.compactMap(\.settings.target).joined(separator: ", ")
            throw Fault(.usage, "say which target is meant: \(names.escapedForTerminal).")
        }
        return (job, environment)
    }
}
