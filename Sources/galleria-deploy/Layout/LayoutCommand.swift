internal import ArgumentParser

/// `galleria-deploy layout …`: what layouts there are, what one makes of files, and what a key was made of. Without a bucket.
struct LayoutCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "layout", abstract: "Print layouts, the keys that one gives to files, and what a key was made of.",
        subcommands: [LayoutListCommand.self, LayoutShowCommand.self, LayoutExplainCommand.self])
}

/// Which layout is meant: the configuration's, or the options'.
struct LayoutArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The configuration file (default: the nearest galleria-deploy.yml at or above the working folder).", valueName: "file"))
    var config: String?

    @Option(help: ArgumentHelp("The target of the configuration whose layout is meant.", valueName: "name"))
    var target: String?

    @OptionGroup(title: "Names in the bucket")
    var names: NameArguments
}
