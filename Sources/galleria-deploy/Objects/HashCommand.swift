internal import ArgumentParser
internal import Configuration
internal import Foundation
internal import Photo
internal import Planning
internal import Source
internal import Vocabulary

/// `galleria-deploy hash FILE…`: the digests by which files and objects are compared.
struct HashCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hash", abstract: "Print a file's digests, as it is and as it would be deployed, and the entity tag it would have.",
        usage: "galleria-deploy hash [<options>] FILE ...",
        discussion: """
            Of the file itself: SHA-256. Of what would be deployed of it, by the photo rules of the configuration: size, SHA-256, MD5, and the entity \
            tag that it gets on stores that compute it as Amazon S3 does without encryption: the MD5, or for a file that is sent in parts the MD5 of \
            their MD5s and how many there are. The file is only read.
            """)

    @Argument(help: ArgumentHelp("The files.", valueName: "file"))
    var files: [String]

    @Option(
        help: ArgumentHelp(
            "The size of the parts, 5M to 5G; a file larger than that is then cut (default: as deploy does).", valueName: "size"))
    var partSize: ByteSize?

    @Option(help: ArgumentHelp("How to print: text, json (one document) or jsonl.", valueName: "format"))
    var format: RowFormat = .text

    @Option(
        help: ArgumentHelp(
            "The configuration file (default: the nearest galleria-deploy.yml at or above the working folder).", valueName: "file"))
    var config: String?

    @Option(help: ArgumentHelp("The target of the configuration file whose rules hold.", valueName: "name"))
    var target: String?

    @OptionGroup(title: "Photos")
    var photos: PhotoArguments

    func validate() throws {
        if let partSize, partSize.bytes < 1 { throw ValidationError("--part-size takes a size from 1 on.") }
    }

    func run() async throws {
        let environment = ProcessInfo.processInfo.environment
        let console = Console(environment: environment)
        await CommandRun.exit(console) {
            let document = try DeploySettings.document(config, environment: environment, commands: GalleriaDeploy.commandNames)
            let settings = try photos.settings(document, target: target, environment: environment)
            let rules = try DeploySettings.rules(settings, source: settings.values.source)
            let rewriter = PhotoRewriter(rules: rules, privacy: settings.privacy)
            let root = settings.values.source.map { URL(fileURLWithPath: $0).standardizedFileURL.path + "/" }
            var faults = ObjectFaults(console)
            var printer = RowPrinter(console, format, schema: "galleria-deploy/hash/1", name: "files")
            for file in files {
                do {
                    let digests = try FileDigests(file, rewriter, root: root, partSize: partSize?.bytes, standard: settings.partSize)
                    printer.print(digests.row) { digests.lines }
                } catch let error as SourceFolderError {
                    faults.note(error.description, on: file.escapedForTerminal)
                } catch let error as SourceError {
                    faults.note("\(error).", on: file.escapedForTerminal)
                }
            }
            printer.end()
            return faults.status
        }
    }
}
