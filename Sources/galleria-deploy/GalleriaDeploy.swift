internal import ArgumentParser

/// The root of all commands. Where none is named, `deploy` is meant.
struct GalleriaDeploy: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "galleria-deploy",
        abstract: "Publish a photo gallery to an S3-compatible bucket: only what changed, with corrected capture times.",
        version: Version.page,
        groupedSubcommands: [
            CommandGroup(
                name: "Deploy",
                subcommands: [
                    DeployCommand.self, EstimateCommand.self, ApplyCommand.self, RollbackCommand.self, PullCommand.self,
                    LocalListCommand.self, LayoutCommand.self, CheckCommand.self, InitCommand.self,
                ]),
            CommandGroup(name: "Photos", subcommands: [ExifCommand.self, ImageCommand.self, Base64Command.self]),
            CommandGroup(name: "Bucket", subcommands: [BucketCommand.self, CORSCommand.self, CDNCommand.self]),
            CommandGroup(
                name: "Objects",
                subcommands: [
                    ListCommand.self, StatCommand.self, ExistsCommand.self, CatCommand.self, GetCommand.self, URLCommand.self,
                    HashCommand.self, PresignCommand.self, PutCommand.self, CopyCommand.self, MoveCommand.self, RemoveCommand.self,
                    StatsCommand.self, DiscoverCommand.self, TierCommand.self, VerifyCommand.self,
                ]),
            CommandGroup(name: "Diagnose", subcommands: [WhoamiCommand.self, ConfigCommand.self, HistoryCommand.self, DiffCommand.self]),
        ])

    static var commandNames: [String] { configuration.subcommands.compactMap { $0.configuration.commandName } }
}

@main
enum Main {
    static func main() async {
        // A reader of our output that goes away, or a server that closes a connection, must not end the process.
        ProcessLimits.openStandardStreams()
        ProcessLimits.keepPrioritiesToOneself()
        ProcessLimits.surviveRefusedWrites()
        ProcessMemory.shareArenas()
        do {
            switch CommandLineWords.request(Array(CommandLine.arguments.dropFirst()), commands: GalleriaDeploy.commandNames) {
            case .rootHelp:
                print(HelpPage.root())
            case .parse(let words):
                var command = try GalleriaDeploy.parseAsRoot(words)
                if var asynchronous = command as? any AsyncParsableCommand {
                    try await asynchronous.run()
                } else {
                    try command.run()
                }
            }
        } catch {
            GalleriaDeploy.exit(withError: error)
        }
    }
}
