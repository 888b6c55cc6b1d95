internal import ArgumentParser

/// The page that `galleria-deploy --help` shows: deploy's own options, then the other commands and the exit statuses.
enum HelpPage {
    static var root: String {
        let commands = GalleriaDeploy.configuration.subcommands.map { command in
            "  " + pad(command.configuration.commandName ?? "", 24) + command.configuration.abstract
        }
        return """
            \(GalleriaDeploy.helpMessage(for: DeployCommand.self))
            COMMANDS:
            \(commands.joined(separator: "\n"))

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
