internal import ArgumentParser
internal import Configuration
internal import Deploy
internal import Foundation
internal import S3
internal import State
internal import Vocabulary

/// `galleria-deploy discover SOURCE DESTINATION`: what is in the bucket and not known here.
struct DiscoverCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "discover", abstract: "List the objects that the local state does not know; --sync makes them known.",
        usage: """
            galleria-deploy discover [<options>] SOURCE s3://BUCKET[/PREFIX]
            galleria-deploy discover [<options>] [TARGET]
            """,
        discussion: """
            The local state belongs to a source and a destination. With --sync each unknown object is asked for the SHA-256 that a deploy has left in \
            its metadata, and recorded; the next deploy then asks nothing. Objects that tell none stay unknown. Nothing is written to the bucket.

            \(HelpPage.exitStatuses)
            """)

    @Argument(help: ArgumentHelp("The source and the destination, or a target of the configuration file.", valueName: "words"))
    var words: [String] = []

    @Flag(help: "Ask the unknown objects and record them.")
    var sync = false

    @Option(help: ArgumentHelp("How to print: text or json.", valueName: "format"))
    var format: ShowFormat = .text

    @Option(help: ArgumentHelp("The file of the local state.", valueName: "file"))
    var state: String?

    @OptionGroup var bucket: BucketArguments

    func run() async throws {
        let console = Console(environment: ProcessInfo.processInfo.environment, printsText: format == .text)
        await CommandRun.exit(console) {
            let environment = try bucket.connection.environment(console)
            guard words.count <= 2 else { throw Fault(.usage, "discover takes a source and a destination, or a target.") }
            var arguments = try DeployArguments.parse([])
            arguments.source = words.first
            arguments.destination = words.dropFirst().first
            arguments.config = bucket.config
            arguments.state = state
            arguments.connection = bucket.connection
            let jobs = try DeploySettings.jobs(arguments, environment: environment, commands: GalleriaDeploy.commandNames)
            guard jobs.count == 1, let job = jobs.first else {
                let names = jobs.compactMap(\.settings.target).map(\.escapedForTerminal).joined(separator: ", ")
                throw Fault(.usage, "each target has a state of its own; say which is meant: \(names).")
            }
            guard let state = try StatePlace.resolve(job, isOff: false, environment: environment, warn: { console.complain($0) }) else {
                throw Fault(
                    .configuration, "there is no place for the local state, and nothing to compare with. Name a file: --state FILE.")
            }
            let limit = ProcessLimits.jobs(job.settings.jobs).jobs
            let connection = try Connection(
                to: job.address, at: job.place, jobs: limit, environment: environment,
                skipsVerification: bucket.connection.skipsVerification, log: console.wireLog(bucket.verbose),
                customerKey: try job.customerKey(environment: environment, console: console, quiet: false),
                timeouts: job.settings.timeouts)
            defer { connection.close() }
            let run = DiscoverRun(connection.store, below: job.address.prefix, state: state, records: sync, jobs: limit.ceiling)
            var document = DiscoverDocument(destination: job.address.description, sync: sync)
            let report: DiscoverReport
            do {
                report = try await run.run { finding in
                    if format == .json { document.note(finding) } else { console.print(Self.line(finding)) }
                }
            } catch let error as S3Error {
                throw Fault(error)
            } catch let error as StateError {
                throw Fault(.configuration, error.description)
            } catch let error as DiscoverFault {
                throw Fault(.bucket, error.description)
            }
            for failure in report.failures { console.complain("failed: \(failure.error.description)") }
            document.note(report)
            console.print(document.total)
            if format == .json { console.answer(try JSONText.document(document)) }
            return report.failures.isEmpty ? .done : .someFailed
        }
    }

    private static func line(_ finding: DiscoverRun.Finding) -> String {
        switch finding {
        case .unknown(let object): "unknown       \(object.key.string.escapedForTerminal)"
        case .recorded(let object): "recorded      \(object.key.string.escapedForTerminal)"
        case .unidentified(let object): "unidentified  \(object.key.string.escapedForTerminal)"
        }
    }
}

/// What `discover` prints for machines.
struct DiscoverDocument: Encodable {
    struct Object: Encodable {
        let key: String
        let size: Int64
        let etag: String?
        let state: String
    }

    let version = 1
    let destination: String
    let sync: Bool
    private(set) var objects: [Object] = []
    private(set) var listed = 0
    private(set) var known = 0
    private(set) var unknown = 0
    private(set) var recorded = 0
    private(set) var unidentified = 0
    private(set) var failed = 0

    init(destination: String, sync: Bool) {
        self.destination = destination
        self.sync = sync
    }

    mutating func note(_ finding: DiscoverRun.Finding) {
        switch finding {
        case .unknown(let object): add(object, "unknown")
        case .recorded(let object): add(object, "recorded")
        case .unidentified(let object): add(object, "unidentified")
        }
    }

    private mutating func add(_ object: RemoteObject, _ state: String) {
        objects.append(Object(key: object.key.string, size: object.size, etag: object.etag?.value, state: state))
    }

    mutating func note(_ report: DiscoverReport) {
        (listed, known, unknown) = (report.listed, report.known, report.unknown)
        (recorded, unidentified, failed) = (report.recorded, report.unidentified, report.failures.count)
    }

    var total: String {
        "\(Quantity.count(listed, "object")): \(known) known, \(unknown) not known"
            + (sync
                ? "; \(recorded) recorded, \(unidentified) without a hash in their metadata" : unknown > 0 ? "; --sync records them" : "")
    }
}
