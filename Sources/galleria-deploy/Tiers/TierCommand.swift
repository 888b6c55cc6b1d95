internal import ArgumentParser

/// `galleria-deploy tier …`: what is old moves to a colder storage class, and, where that is asked for, leaves the source.
struct TierCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tier", abstract: "Move what is old to a colder storage class; keep it in the bucket only, and bring it back.",
        discussion: """
            Objects of the hot class whose files are older than --cold-days get the cold class, by a copy on the server that keeps all else; objects \
            of the cold class whose files are younger get the hot one. Objects of other classes are left where they are.

            With --drop-local, `tier apply` also removes cold files from the source: only those whose bytes it has just read back from the bucket and \
            found the same. A photo that was corrected on its way is another file there, and is never removed. What was removed stands in \
            .galleria-dropped.json in the source and in the local state; no deploy deletes it in the bucket. `tier promote` brings it back.
            """,
        subcommands: [TierPlanCommand.self, TierApplyCommand.self, TierPromoteCommand.self])
}

/// `galleria-deploy tier plan`.
struct TierPlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "Show what `tier apply` would do; nothing is written.",
        usage: TierArguments.usage("plan"), discussion: HelpPage.exitStatuses)

    @OptionGroup var arguments: TierArguments
    @OptionGroup var rule: TierRuleArguments

    func run() async throws { await TierSession.plan(arguments, rule) }
}

/// `galleria-deploy tier apply`.
struct TierApplyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply", abstract: "Change storage classes; with --drop-local remove cold files that the bucket proves to hold.",
        usage: TierArguments.usage("apply"), discussion: HelpPage.exitStatuses)

    @OptionGroup var arguments: TierArguments
    @OptionGroup var rule: TierRuleArguments

    @Flag(help: "Show what would be done, as `tier plan`; nothing is written.")
    var dryRun = false

    func run() async throws {
        if dryRun { await TierSession.plan(arguments, rule) }
        await TierSession.apply(arguments, rule)
    }
}

/// `galleria-deploy tier promote`.
struct TierPromoteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "promote", abstract: "Bring files back that were dropped; every byte is proven before a file is in its place.",
        usage: TierArguments.usage("promote"), discussion: HelpPage.exitStatuses)

    @OptionGroup var arguments: TierArguments

    @Option(help: ArgumentHelp("Only files whose path matches this pattern, such as 2019/**. May be repeated.", valueName: "glob"))
    var path: [String] = []

    func run() async throws { await TierSession.promote(arguments, path) }
}
