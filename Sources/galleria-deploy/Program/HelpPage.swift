internal import ArgumentParser

/// The page that `galleria-deploy --help` shows: deploy's own options, then the other commands and the exit statuses.
enum HelpPage {
    static func root(columns: Int? = nil) -> String {
        let groups = GalleriaDeploy.configuration.groupedSubcommands.map { group in
            (["  \(group.name)"]
                + group.subcommands.map { "    " + pad($0.configuration.commandName ?? "", 22) + $0.configuration.abstract })
                .joined(separator: "\n")
        }
        return """
            \(GalleriaDeploy.helpMessage(for: DeployCommand.self, columns: columns))
            COMMANDS:
            \(groups.joined(separator: "\n\n"))

            `galleria-deploy SOURCE DESTINATION` is short for `galleria-deploy deploy SOURCE DESTINATION`; with GALLERIA_SOURCE and
            GALLERIA_DESTINATION set, `galleria-deploy` alone does it. `galleria-deploy help COMMAND` shows a command's options.
            """
    }

    /// The exit statuses, as part of each command's help.
    static var exitStatuses: String {
        "Exit status:\n" + ExitStatus.allCases.map { "  " + pad("\($0.rawValue)", 5) + $0.meaning }.joined(separator: "\n")
    }

    private static func pad(_ text: String, _ width: Int) -> String { text + String(repeating: " ", count: max(1, width - text.count)) }
}
