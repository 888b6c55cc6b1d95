internal import ArgumentParser
internal import Configuration
internal import Deploy
internal import Foundation
internal import Photo
internal import Planning
internal import Source
internal import Vocabulary

/// `galleria-deploy check [SOURCE | TARGET …]`: whether what a deploy would send is whole and allowed.
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Look whether files are whole and allowed, without a bucket.",
        usage: "galleria-deploy check [<options of deploy>] [SOURCE | TARGET ...]",
        discussion: """
            Takes the words and options of deploy, and reads every file that its filters select: pictures must be whole (as with --check-images), and those \
            that are there twice are named (unless --duplicates says otherwise). Status 1 where a file would not be sent.
            """)

    @Option(help: ArgumentHelp("How to print: text or json.", valueName: "format"))
    var format: ShowFormat = .text

    @OptionGroup(visibility: .hidden)
    var arguments: DeployArguments

    func run() async throws {
        let console = Console(environment: ProcessInfo.processInfo.environment)
        await CommandRun.exit(console) {
            let environment = try arguments.connection.environment(console, quiet: arguments.output.quiet)
            let filters = try DeployFilters(arguments, words: CommandLine.arguments.dropFirst())
            var document = CheckDocument()
            for settings in try DeploySettings.targets(arguments, environment: environment, commands: GalleriaDeploy.commandNames) {
                guard let source = settings.values.source else {
                    throw Fault(.usage, "no source: say galleria-deploy check SOURCE, or set GALLERIA_SOURCE.")
                }
                document.add(try await check(source, settings, filters))
            }
            switch format {
            case .json: console.answer(try JSONText.document(document))
            case .text:
                for failure in document.failed { console.complain("failed: \(failure.path): \(failure.error)") }
                if !arguments.output.quiet { for line in document.lines { console.print(line) } }
            }
            return document.isInterrupted ? .interrupted : document.failed.isEmpty ? .done : .someFailed
        }
    }

    private func check(_ source: String, _ settings: TargetSettings, _ filters: DeployFilters) async throws -> SourceCheck.Findings {
        let folder: SourceFolder
        do throws(SourceFolderError) { folder = try SourceFolder(source, stallLimit: settings.timeouts.read) } catch {
            throw Fault(error)
        }
        let disk = DiskExecutor(threadCount: ProcessInfo.processInfo.activeProcessorCount + 2, stallLimit: settings.timeouts.read)
        defer { disk.stop() }
        var rules = settings.uploadRules
        rules.checksImages = true
        rules.duplicates = settings.values.duplicates ?? .warn
        let reader = ContentReader(
            folder, rewriter: PhotoRewriter(rules: try DeploySettings.rules(settings, source: source), privacy: settings.privacy))
        let check = SourceCheck(
            reader, selecting: try filters.selection(settings), ownFiles: settings.ownFiles, rules: rules, disk: disk)
        do throws(FilterFault) { return try await check.run() } catch { throw Fault(.configuration, error.description) }
    }
}

/// What `check --format json` prints.
struct CheckDocument: Encodable {
    struct Failure: Encodable {
        let path: String
        let error: String
    }
    struct Duplicate: Encodable {
        let first: String
        let second: String
    }

    private(set) var files = 0
    private(set) var bytes: Int64 = 0
    private(set) var pictures = 0
    private(set) var failed: [Failure] = []
    private(set) var duplicates: [Duplicate] = []
    private(set) var isInterrupted = false

    private enum CodingKeys: CodingKey {
        case files, bytes, pictures, failed, duplicates
    }

    mutating func add(_ findings: SourceCheck.Findings) {
        files += findings.fileCount
        bytes += findings.bytes
        pictures += findings.pictureCount
        failed += findings.failures.map { Failure(path: $0.path, error: $0.cause.description) }
        duplicates += findings.duplicates.map { Duplicate(first: $0.first.string, second: $0.second.string) }
        isInterrupted = isInterrupted || findings.isInterrupted
    }

    var lines: [String] {
        duplicates.map { "same picture: \($0.first.escapedForTerminal) and \($0.second.escapedForTerminal)" } + [
            "checked \(Quantity.count(files, "file")) (\(Quantity.bytes(bytes))), \(Quantity.count(pictures, "picture")): \(failed.count) failed, "
                + "\(duplicates.count) there twice"
        ]
    }
}
