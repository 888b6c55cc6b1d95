internal import ArgumentParser
internal import Configuration

/// What is written down of a run.
struct LogArguments: ParsableArguments {
    @Flag(help: "Print totals at the end, as rsync does.")
    var stats = false

    @Option(
        help: ArgumentHelp("Write a page about the run to this file: what changed and why, with thumbnails and times.", valueName: "file"))
    var report: String?

    @Option(help: ArgumentHelp("Append what happens to this file, every file of it.", valueName: "file"))
    var logFile: String?

    @Option(help: ArgumentHelp("What the log's lines are: text, or jsonl as with --format (default: text).", valueName: "format"))
    var logFormat: LogFormat?
}
