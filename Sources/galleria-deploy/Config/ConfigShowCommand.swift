internal import ArgumentParser
internal import Configuration
internal import Foundation
internal import S3
internal import Vocabulary

/// `galleria-deploy config show [TARGET …]`: every setting's effective value, and where it comes from.
struct ConfigShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show every setting's value and where it comes from.",
        usage: "galleria-deploy config show [<options of deploy>] [TARGET ... | SOURCE DESTINATION]",
        discussion: """
            Takes the words and options of deploy, so that any deploy's command line can be looked at: put `config show` behind the
            program's name. An option stands above the environment, the environment above the configuration file.
            """)

    @Option(help: ArgumentHelp("How to print: text or json.", valueName: "format"))
    var format: ShowFormat = .text

    @OptionGroup(visibility: .hidden)
    var arguments: DeployArguments

    func run() async throws {
        let console = Console(environment: ProcessInfo.processInfo.environment)
        await CommandRun.exit(console) {
            let environment = try arguments.connection.environment(console)
            let targets = try DeploySettings.targets(arguments, environment: environment, commands: GalleriaDeploy.commandNames)
            let shown = targets.map { SettingsShow($0, place: Self.place($0, environment, console)) }
            switch format {
            case .text: console.print(shown.map { $0.text.dropLast() }.joined(separator: "\n\n"))
            case .json: console.print(SettingsShow.json(shown))
            }
            return .done
        }
    }

    /// The place, where it can be told: a fault there is no reason not to show the rest.
    private static func place(_ settings: TargetSettings, _ environment: [String: String], _ console: Console) -> Place? {
        do throws(PlaceError) {
            return try PlaceResolver.resolve(flags: settings.placeFlags, target: settings.placeTarget, environment: environment)
        } catch {
            console.complain("warning: \(error)")
            return nil
        }
    }
}
