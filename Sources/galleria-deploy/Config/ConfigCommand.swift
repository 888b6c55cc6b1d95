internal import ArgumentParser

/// `galleria-deploy config …`: looks at the settings, without a bucket.
struct ConfigCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Show the settings that hold and where each comes from, or the file's schema.",
        subcommands: [ConfigShowCommand.self, ConfigSchemaCommand.self])
}
