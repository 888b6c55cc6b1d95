internal import ArgumentParser

/// What every command takes that works with single objects.
struct ObjectArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Where keys that are no address lie: a target of the configuration file, or s3://BUCKET[/PREFIX] (default: the only target).",
            valueName: "place"))
    var target: String?

    @OptionGroup var bucket: BucketArguments
}

/// How a command that may print much does it.
enum RowFormat: String, ExpressibleByArgument, CaseIterable {
    /// Lines for people.
    case text
    /// One document.
    case json
    /// One object a line.
    case jsonl
}
