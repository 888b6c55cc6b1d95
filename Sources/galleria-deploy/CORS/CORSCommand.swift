internal import ArgumentParser

/// `galleria-deploy cors …`: reads, judges, plans, sets and proves a bucket's CORS rules without deploying.
struct CORSCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cors", abstract: "Check, show, plan, set or try the rules by which browsers may read the bucket.",
        subcommands: [CORSCheckCommand.self, CORSShowCommand.self, CORSPlanCommand.self, CORSApplyCommand.self, CORSProbeCommand.self])
}

/// What the gallery needs of the rules, and how the bucket is reached.
struct CORSOptions: ParsableArguments {
    @OptionGroup var bucket: BucketArguments

    @Option(
        name: .customLong("cors-origin"),
        help: ArgumentHelp("An origin whose pages read the gallery (default: any). May be repeated.", valueName: "origin"))
    var origins: [String] = []
}

/// The bucket, and what the gallery needs of its rules.
struct CORSArguments: ParsableArguments {
    @Argument(help: ArgumentHelp("The bucket, s3://BUCKET, or a target of the configuration file.", valueName: "destination"))
    var destination: String?

    @OptionGroup var options: CORSOptions
}
