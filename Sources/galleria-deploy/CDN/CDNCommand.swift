internal import ArgumentParser

/// `galleria-deploy cdn …`: what stands between the bucket and visitors.
struct CDNCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cdn", abstract: "Have content delivery networks fetch anew what changed.", subcommands: [CDNPurgeCommand.self])
}
