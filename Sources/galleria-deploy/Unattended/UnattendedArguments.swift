internal import ArgumentParser
internal import Configuration

/// What is told, and to whom, of a run that nobody watches.
struct UnattendedArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp("End the run in an orderly way, with status 143, where it takes longer than this.", valueName: "time"),
        transform: DurationOption.parse)
    var timeout: Duration?

    @Option(help: ArgumentHelp("Have /bin/sh run this after a deploy that ended with status 0.", valueName: "command"))
    var onSuccess: String?

    @Option(help: ArgumentHelp("Have /bin/sh run this after a deploy that ended with another status.", valueName: "command"))
    var onFailure: String?

    @Option(help: ArgumentHelp("Write figures for Prometheus' node exporter to this file.", valueName: "file"))
    var metricsFile: String?

    @Option(
        help: ArgumentHelp(
            "Tell a healthcheck service of start, success and failure; GALLERIA_PING keeps the address out of the list of processes.",
            valueName: "url"))
    var ping: PingAddress?

    @Flag(
        inversion: .prefixedNo,
        help: "Write a step summary, annotations and outputs for GitHub Actions (default: where GITHUB_ACTIONS is true).")
    var github: Bool?

    /// Adds what the options say.
    func fill(_ values: inout SettingValues) {
        values.timeout = timeout
        values.onSuccess = onSuccess
        values.onFailure = onFailure
        values.metricsFile = metricsFile
        values.ping = ping
        values.github = github
    }
}
