internal import ArgumentParser
internal import Configuration
internal import Foundation

/// `galleria-deploy config schema`: the JSON schema of the configuration file, for editors.
struct ConfigSchemaCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "Print the configuration file's JSON schema, by which editors complete and check it.")

    func run() async throws {
        Console(environment: ProcessInfo.processInfo.environment).print(String(SettingsSchema.text.dropLast()))
    }
}
