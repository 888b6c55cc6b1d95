internal import ArgumentParser
internal import Configuration
internal import Foundation
internal import S3

/// `galleria-deploy config …`: what the settings are and where each comes from.
struct ConfigCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Show the effective settings and where each comes from; print the file's schema.",
        subcommands: [ConfigShowCommand.self, ConfigSchemaCommand.self])
}

/// `galleria-deploy config show [TARGET ...]`.
struct ConfigShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Print every setting, its effective value, and where it comes from.",
        usage: "galleria-deploy config show [<options>] [TARGET ...]")

    @Argument(help: ArgumentHelp("The targets of the configuration file (default: all).", valueName: "target"))
    var targets: [String] = []

    @Option(
        help: ArgumentHelp(
            "The configuration file (default: the nearest galleria-deploy.yml at or above the working folder).", valueName: "file"))
    var config: String?

    @Option(help: ArgumentHelp("How to print: text or json.", valueName: "format"))
    var format: ShowFormat = .text

    func run() async throws {
        let environment = ProcessInfo.processInfo.environment
        let console = Console(environment: environment)
        await CommandRun.exit(console) {
            let document = try DeploySettings.document(config, environment: environment, commands: GalleriaDeploy.commandNames)
            let found: [TargetSettings]
            do throws(ConfigurationError) {
                found = try TargetSelection.resolve(document, names: targets, environment: environment)
            } catch {
                throw Fault(error)
            }
            for settings in found {
                // Without credentials the settings are still worth seeing.
                let place = try? PlaceResolver.resolve(flags: settings.placeFlags, target: settings.placeTarget, environment: environment)
                let show = SettingsShow(settings, place: place)
                let text = format == .json ? show.json : show.text
                console.print(text.hasSuffix("\n") ? String(text.dropLast()) : text)
            }
            return .done
        }
    }
}

/// `galleria-deploy config schema`: what editors check the file with.
struct ConfigSchemaCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "schema", abstract: "Print the JSON schema of galleria-deploy.yml.")

    func run() async throws {
        let console = Console(environment: ProcessInfo.processInfo.environment)
        await CommandRun.exit(console) {
            console.print(SettingsSchema.text.hasSuffix("\n") ? String(SettingsSchema.text.dropLast()) : SettingsSchema.text)
            return .done
        }
    }
}
