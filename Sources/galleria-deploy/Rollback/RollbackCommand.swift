internal import ArgumentParser
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

/// `galleria-deploy rollback [RUN] [TARGET | SOURCE DESTINATION]`: makes the bucket again what an earlier run left.
struct RollbackCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollback", abstract: "Make the bucket again what an earlier run left.",
        usage: """
            galleria-deploy rollback [<options>] [RUN] [TARGET]
            galleria-deploy rollback [<options>] [RUN] SOURCE s3://BUCKET[/PREFIX]
            """,
        discussion: """
            Without a run's number (see history) the last run that changed something is undone. What is put back comes from the versions that the \
            bucket keeps, else from the folder that `trash` names. It is shown first, and asked for on a terminal, unless --yes says so. \
            The next deploy sends the source's files again: correct them first.
            """)

    @Argument(help: ArgumentHelp("A run's number, and the target or the source and destination.", valueName: "words"))
    var words: [String] = []

    @Flag(name: [.customShort("n"), .long], help: "Print what would be put back and deleted, and change nothing.")
    var dryRun = false

    @Flag(name: .shortAndLong, help: "Do not ask.")
    var yes = false

    @Option(help: ArgumentHelp("The most that may be deleted: a number, or a share such as 40%.", valueName: "limit"))
    var maxDelete: PlanLimit?

    @Option(help: ArgumentHelp("The folder of the bucket in which --trash keeps what was replaced.", valueName: "folder"))
    var trash: String?

    @Option(help: ArgumentHelp("How to print: text or json.", valueName: "format"))
    var format: ShowFormat = .text

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
            let environment = try connection.environment(console)
            var arguments = try DeployArguments.parse([])
            let places = words.filter { Int64($0) == nil }
            let numbers = words.compactMap { Int64($0) }
            guard numbers.count <= 1, places.count <= 2 else {
                throw Fault(.usage, "rollback takes the number of one run, and a target, or a source and a destination.")
            }
            arguments.source = places.first
            arguments.destination = places.dropFirst().first
            arguments.config = config
            arguments.state = state
            arguments.connection = connection
            arguments.trash = trash
            arguments.output.verbose = verbose
            let jobs = try DeploySettings.jobs(arguments, environment: environment, commands: GalleriaDeploy.commandNames)
            guard jobs.count == 1, let job = jobs.first else {
                let names = jobs.compactMap(\.settings.target).joined(separator: ", ")
                throw Fault(.usage, "one target is rolled back at a time; say which: \(names.escapedForTerminal).")
            }
            return try await RollbackSession(command: self, job: job, environment: environment, console: console).run(
                toRun: numbers.first)
        }
    }
}
