extension SettingTable {
    /// What is told, and to whom, of runs that nobody watches.
    static let unattended: [Setting<SettingValues>] = [
        Setting(
            "timeout", \.timeout, .duration, .unattended,
            help:
                "The longest that the command may take, from its start and all targets together. Then it ends as if it were interrupted, with "
                + "status 143.",
            example: "2h", flag: "--timeout", variables: [own("TIMEOUT")]),
        Setting(
            "on-success", \.onSuccess, .text("a command"), .unattended,
            help:
                "A command that /bin/sh runs after a deploy that ended with status 0, with GALLERIA_RUN_* variables; not after a dry run.",
            example: "logger \"$GALLERIA_RUN_SUMMARY\"", flag: "--on-success", variables: [own("ON_SUCCESS")]),
        Setting(
            "on-failure", \.onFailure, .text("a command"), .unattended,
            help: "The same after a deploy that ended with any other status.",
            example: "echo \"$GALLERIA_RUN_SUMMARY\" | mail -s gallery me", flag: "--on-failure",
            variables: [own("ON_FAILURE")]),
        Setting(
            "metrics-file", \.metricsFile, .path("a file"), .unattended,
            help:
                "A file for the textfile collector of Prometheus' node exporter, written whole at the end, however the deploy ended. It must not lie "
                + "in the source.",
            example: "/var/lib/prometheus/node-exporter/gallery.prom", flag: "--metrics-file", variables: [own("METRICS_FILE")]),
        Setting(
            "ping", \.ping, .ping, .unattended,
            help:
                "The address of a healthcheck service that is told of the start (/start), of success (nothing added) and of failure (/ and the exit "
                + "status). Best written as a variable, because whoever knows it can speak for the run.",
            example: "https://hc-ping.com/UUID", flag: "--ping", variables: [own("PING")]),
        Setting(
            "github", \.github, .boolean, .unattended,
            help: "Write a step summary, annotations and outputs for GitHub Actions. On by itself where GITHUB_ACTIONS is true.",
            example: "false", flag: "--github", variables: [own("GITHUB")]),
        Setting(
            "report", \.report, .path("a file"), .unattended,
            help:
                "A page of HTML about each run, written whole at its end, however it ended: totals, what changed and why, photos with their capture "
                + "times before and after, failures. Every photo is read for it. It must not lie in the source.",
            example: "deploy.html", flag: "--report", variables: [own("REPORT")]),
        Setting(
            "log-file", \.logFile, .path("a file"), .unattended,
            help: "The file that runs append to: what happens, every file of it. It must not lie in the source.",
            example: "deploy.log", flag: "--log-file", variables: [own("LOG_FILE")]),
        Setting(
            "log-format", \.logFormat, .choice, .unattended,
            help: "What the log's lines are: time and words, or a JSON object each.",
            standard: "text", example: "jsonl", flag: "--log-format", variables: [own("LOG_FORMAT")]),
    ]
}
