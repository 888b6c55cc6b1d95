internal import ArgumentParser

/// `galleria-deploy cors …`: reads, judges, plans and sets a bucket's CORS rules without deploying.
struct CORSCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cors", abstract: "Check, show, plan or set the rules by which browsers may read the bucket.",
        subcommands: [CORSCheckCommand.self, CORSShowCommand.self, CORSPlanCommand.self, CORSApplyCommand.self])
}

/// The bucket, and what the gallery needs of its rules.
struct CORSArguments: ParsableArguments {
    @Argument(help: ArgumentHelp("The bucket: s3://BUCKET.", valueName: "destination"))
    var destination: String?

    @Option(
        name: .customLong("cors-origin"),
        help: ArgumentHelp("An origin whose pages read the gallery (default: any). May be repeated.", valueName: "origin"))
    var origins: [String] = []

    @OptionGroup(title: "Connection")
    var connection: ConnectionArguments
}
