internal import ArgumentParser
internal import Configuration
internal import Foundation
internal import Glibc
internal import Source
internal import Vocabulary

/// `galleria-deploy init [SOURCE DESTINATION]`: writes a commented configuration file.
struct InitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Write a commented galleria-deploy.yml into the working folder.",
        usage: "galleria-deploy init [--print] [SOURCE DESTINATION]")

    @Argument(help: ArgumentHelp("The gallery's folder.", valueName: "source"))
    var source: String?

    @Argument(help: ArgumentHelp("The bucket, and the folder in it: s3://BUCKET[/PREFIX].", valueName: "destination"))
    var destination: String?

    @Flag(help: "Print the file instead of writing it.")
    var print = false

    func run() async throws {
        let console = Console(environment: ProcessInfo.processInfo.environment)
        await CommandRun.exit(console) {
            if let source, source.lowercased().hasPrefix("s3://") {
                throw Fault(
                    .usage, "\(source.escapedForTerminal) is a destination, and SOURCE comes first: galleria-deploy init SOURCE DESTINATION"
                )
            }
            let text = SettingsTemplate.text(source: source, destination: destination)
            // What is written is read back, so that a mistyped destination is told now.
            let name = ConfigurationFile.names[0]
            do throws(ConfigurationError) {
                _ = try ConfigurationDocument.load(text: text, path: name, environment: ProcessInfo.processInfo.environment)
            } catch {
                throw Fault(.usage, error.description)
            }
            if print {
                console.print(String(text.dropLast()))
            } else {
                try Self.write(text, to: name)
                console.print("wrote \(name); see what holds with: galleria-deploy config show")
            }
            return .done
        }
    }

    /// Never over a file that is there.
    private static func write(_ text: String, to name: String) throws {
        for name in ConfigurationFile.names where access(name, F_OK) == 0 {
            throw Fault(.configuration, "\(name) exists and is not written over. Remove it, or compare with galleria-deploy init --print.")
        }
        let descriptor = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw Fault(.configuration, "cannot write \(name): \(SystemCause(errno)).") }
        defer { close(descriptor) }
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                bytes = bytes.dropFirst(count)
            } else if errno != EINTR {
                throw Fault(.configuration, "cannot write \(name): \(SystemCause(errno)).")
            }
        }
    }
}
