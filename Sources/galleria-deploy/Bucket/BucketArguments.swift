internal import ArgumentParser
internal import Vocabulary

/// What every command takes that talks to a bucket without deploying: the configuration file, how much is told, and how the store is reached.
struct BucketArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The configuration file (default: the nearest galleria-deploy.yml at or above the working folder).", valueName: "file"))
    var config: String?

    @Flag(name: .shortAndLong, help: "Twice, as -vv: print requests and answers, without signatures, tokens and keys.")
    var verbose: Int

    @OptionGroup(title: "Connection")
    var connection: ConnectionArguments
}
