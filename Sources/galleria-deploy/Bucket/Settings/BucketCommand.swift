internal import ArgumentParser
internal import Foundation

/// `galleria-deploy bucket …`: compares the bucket itself with what the configuration declares of it, and makes it so.
struct BucketCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bucket", abstract: "Check, plan or apply what the configuration declares of the bucket itself.",
        discussion: """
            The group `bucket:` of the configuration file declares lifecycle rules, versioning, default encryption, who may read, the pages of a \
            website and tags; the settings `cors-…` declare what browsers may do, unless `cors: off`. What is not declared is left as it is, and so \
            are the rules, statements and tags of others: they are sent back as they came. Nothing is ever removed by a request that a store could \
            take for another.
            """,
        subcommands: [BucketCheckCommand.self, BucketPlanCommand.self, BucketApplyCommand.self])
}

/// What the three commands take.
struct BucketSettingsArguments: ParsableArguments {
    @Argument(help: ArgumentHelp("The bucket, s3://BUCKET[/PREFIX], or a target of the configuration file.", valueName: "destination"))
    var destination: String?

    @Option(help: ArgumentHelp("How to print: text or json.", valueName: "format"))
    var format: ShowFormat = .text

    @OptionGroup var bucket: BucketArguments
}

/// `galleria-deploy bucket check`: exit status 0 where the bucket is as declared.
struct BucketCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Say whether the bucket is as declared; exit status 0, 2 where it differs.",
        discussion: HelpPage.exitStatuses)

    @OptionGroup var arguments: BucketSettingsArguments

    func run() async throws { await BucketSettingsRun.run(arguments, .check) }
}

/// `galleria-deploy bucket plan`: what `apply` would change.
struct BucketPlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "Show what `bucket apply` would change, and what it keeps.", discussion: HelpPage.exitStatuses)

    @OptionGroup var arguments: BucketSettingsArguments

    func run() async throws { await BucketSettingsRun.run(arguments, .plan) }
}

/// `galleria-deploy bucket apply`: makes the bucket as declared, reads everything back, and says what a store does not take.
struct BucketApplyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply", abstract: "Make the bucket as declared; what others have configured is kept.",
        discussion: HelpPage.exitStatuses)

    @OptionGroup var arguments: BucketSettingsArguments

    @Flag(help: "Show what would be changed, as `bucket plan`; nothing is written.")
    var dryRun = false

    func run() async throws { await BucketSettingsRun.run(arguments, dryRun ? .plan : .apply) }
}
