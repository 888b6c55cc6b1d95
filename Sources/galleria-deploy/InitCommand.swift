internal import ArgumentParser
internal import Configuration
internal import Foundation
internal import Source
internal import Vocabulary

/// `galleria-deploy init`: a commented configuration file to start from.
struct InitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Write a commented galleria-deploy.yml; an existing one is never overwritten.",
        usage: "galleria-deploy init [SOURCE [s3://BUCKET[/PREFIX]]]")

    @Argument(help: ArgumentHelp("The gallery's folder, to be filled in.", valueName: "source"))
    var source: String?

    @Argument(help: ArgumentHelp("The bucket, to be filled in.", valueName: "destination"))
    var destination: String?

    func run() async throws {
        let console = Console(environment: ProcessInfo.processInfo.environment)
        await CommandRun.exit(console) {
            let name = "galleria-deploy.yml"
            do {
                try Data(SettingsTemplate.text(source: source, destination: destination).utf8).write(
                    to: URL(filePath: name), options: .withoutOverwriting)
            } catch {
                guard FileManager.default.fileExists(atPath: name) else {
                    throw Fault(.configuration, "cannot write \(name): \(error.localizedDescription.escapedForTerminal)")
                }
                throw Fault(.configuration, "\(name) is there already and was left as it is. Move it away to start anew.")
            }
            console.print("\(name) written. Say what is yours in it, then: galleria-deploy --dry-run")
            return .done
        }
    }
}
