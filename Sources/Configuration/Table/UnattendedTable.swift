extension SettingTable {
    /// What is told, and to whom, of runs that nobody watches.
    static let unattended: [Setting<SettingValues>] = [
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
