internal import ArgumentParser
internal import Configuration
internal import Deploy
internal import Foundation
internal import Source
internal import Vocabulary

/// `galleria-deploy ls-local [SOURCE | TARGET …]`: what a deploy would walk.
struct LocalListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ls-local", abstract: "Print the files that a deploy would compare with the bucket, without asking it.",
        usage: "galleria-deploy ls-local [<options of deploy>] [SOURCE | TARGET ...]",
        discussion: """
            Takes the words and options of deploy: put `ls-local` behind the program's name to see what its filters select. With --verbose, \
            what is left out is printed to standard error, with the rule that says so.
            """)

    @Option(help: ArgumentHelp("How to print: text or json.", valueName: "format"))
    var format: ShowFormat = .text

    @Flag(name: [.customShort("0"), .customLong("null")], help: "End each path with a NUL byte, as xargs -0 and --files-from read it.")
    var endsWithNUL = false

    @OptionGroup(visibility: .hidden)
    var arguments: DeployArguments

    func validate() throws {
        if endsWithNUL, format == .json { throw ValidationError("--null and --format json exclude each other.") }
    }

    func run() async throws {
        let console = Console(environment: ProcessInfo.processInfo.environment)
        await CommandRun.exit(console) {
            let environment = try arguments.connection.environment(console, quiet: arguments.output.quiet)
            let filters = try DeployFilters(arguments, words: CommandLine.arguments.dropFirst())
            var document = LocalListDocument()
            for settings in try DeploySettings.targets(arguments, environment: environment, commands: GalleriaDeploy.commandNames) {
                guard let source = settings.values.source else {
                    throw Fault(.usage, "no source: say galleria-deploy ls-local SOURCE, or set GALLERIA_SOURCE.")
                }
                let folder: SourceFolder
                do throws(SourceFolderError) { folder = try SourceFolder(source, stallLimit: settings.timeouts.read) } catch {
                    throw Fault(error)
                }
                let listing = LocalListing(folder, selecting: try filters.selection(settings), ownFiles: settings.ownFiles)
                do throws(FilterFault) { try listing.run { note($0, console, &document) } } catch {
                    throw Fault(.configuration, error.description)
                }
            }
            if format == .json { console.print(try JSONText.document(document)) }
            return document.failed.isEmpty ? .done : .someFailed
        }
    }

    private func note(_ entry: LocalListing.Entry, _ console: Console, _ document: inout LocalListDocument) {
        switch entry {
        case .file(let file):
            switch format {
            case .json: document.files.append(.init(path: file.path.string, size: file.status.size))
            case .text where endsWithNUL: console.write(file.path.bytes + [0])
            case .text: console.print(file.path.string.escapedForTerminal)
            }
        case .leftOut(let path, let reason, let rule):
            document.leftOut.append(.init(path: path, reason: reason.words, rule: rule))
            if arguments.output.verbose > 0 { console.complain("left out \(path) (\(rule ?? reason.words))") }
        case .failed(let path, let cause):
            document.failed.append(.init(path: path, error: cause.description))
            console.complain("failed: \(path): \(cause)")
        }
    }
}

/// What `ls-local --format json` prints.
struct LocalListDocument: Encodable {
    struct File: Encodable {
        let path: String
        let size: Int64
    }
    struct LeftOut: Encodable {
        let path: String
        let reason: String
        let rule: String?
    }
    struct Failed: Encodable {
        let path: String
        let error: String
    }

    var files: [File] = []
    var leftOut: [LeftOut] = []
    var failed: [Failed] = []
}
