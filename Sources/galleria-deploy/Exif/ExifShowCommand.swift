internal import ArgumentParser
internal import Configuration
internal import Foundation
internal import Photo
internal import Source
internal import Vocabulary

/// `galleria-deploy exif show PHOTO…`: what a deploy would make of each photo.
struct ExifShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show camera, capture time before and after, method and warnings of photos.",
        usage: "galleria-deploy exif show [<options>] PHOTO ...")

    @Argument(help: ArgumentHelp("The photos to look at.", valueName: "photo"))
    var inputs: [String]

    @Option(help: ArgumentHelp("How to print: text or json.", valueName: "format"))
    var format: ShowFormat = .text

    @Option(
        help: ArgumentHelp(
            "The configuration file (default: the nearest galleria-deploy.yml at or above the working folder).", valueName: "file"))
    var config: String?

    @Option(help: ArgumentHelp("The target of the configuration file whose rules hold.", valueName: "name"))
    var target: String?

    @OptionGroup(title: "Photos")
    var photos: PhotoArguments

    func run() async throws {
        let environment = ProcessInfo.processInfo.environment
        let console = Console(environment: environment)
        await CommandRun.exit(console) { try show(environment, console) }
    }

    private func show(_ environment: [String: String], _ console: Console) throws -> ExitStatus {
        let document = try DeploySettings.document(config, environment: environment, commands: GalleriaDeploy.commandNames)
        let settings = try photos.settings(document, target: target, environment: environment)
        let rules = try DeploySettings.rules(settings, source: settings.values.source)
        let rewriter = PhotoRewriter(rules: rules, privacy: settings.privacy)
        let root = settings.values.source.map { URL(fileURLWithPath: $0).standardizedFileURL.path + "/" }
        var status = ExitStatus.done
        var entries: [ExifEntry] = []
        for input in inputs {
            do {
                let photo = try PhotoFile(input)
                // Rules match on the path below the source; of a photo elsewhere, on the path as it was given.
                let absolute = URL(fileURLWithPath: input).standardizedFileURL.path
                let path = root.flatMap { absolute.hasPrefix($0) ? Key(String(absolute.dropFirst($0.count))) : nil } ?? Key(input)
                entries.append(ExifEntry(path: input, rewrite: try rewriter.rewrite(path: path, photo.file)))
            } catch let fault as Fault {
                console.complain("galleria-deploy: \(fault.message)")
                status = .someFailed
            } catch {
                console.complain("galleria-deploy: \(input.escapedForTerminal): \(error)")
                status = .someFailed
            }
        }
        switch format {
        case .text: for entry in entries { for line in entry.lines { console.print(line) } }
        case .json: console.print(try JSONText.document(ExifDocument(photos: entries)))
        }
        if photos.strictExif, entries.contains(where: { $0.refused != nil }) { status = .someFailed }
        return status
    }
}

/// How `show` prints.
enum ShowFormat: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
}
