internal import ArgumentParser
internal import Configuration
internal import Deploy
internal import Foundation
internal import Photo
internal import Planning
internal import Source
internal import Vocabulary

/// `galleria-deploy layout show FILE…`: the keys that files would be given.
struct LayoutShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show the keys that a layout gives to files.",
        usage: "galleria-deploy layout show [<options>] FILE ...",
        discussion: """
            Files below the configured source are named by their paths in it, others by their paths as they are written. Numbers begin at 0 and times of \
            arrival are now: what earlier runs gave to files is not asked for; galleria-deploy --dry-run tells.
            """)

    @Argument(help: ArgumentHelp("The files to name.", valueName: "file"))
    var inputs: [String]

    @Option(help: ArgumentHelp("How to print: text or json.", valueName: "format"))
    var format: ShowFormat = .text

    @OptionGroup
    var layout: LayoutArguments

    @OptionGroup(title: "Photos")
    var photos: PhotoArguments

    func run() async throws {
        let console = Console(environment: ProcessInfo.processInfo.environment)
        await CommandRun.exit(console) {
            let environment = ProcessInfo.processInfo.environment
            let settings = try layout.settings(environment: environment, photos)
            let source = settings.values.source
            let root = AbsolutePath.of(source ?? FileManager.default.currentDirectoryPath)
            let map = try settings.keyMap(source: source)
            guard let naming = try settings.keyLayout(map: map, now: StateOptions.systemClock()) else {
                throw Fault(.usage, "no layout: say --layout or --map, or write one into the configuration.")
            }
            let folder: SourceFolder
            do throws(SourceFolderError) { folder = try SourceFolder(root, stallLimit: settings.timeouts.read) } catch {
                throw Fault(error)
            }
            let rules = try DeploySettings.rules(settings, source: source)
            let reader = ContentReader(folder, rewriter: PhotoRewriter(rules: rules, privacy: settings.privacy))
            let preview = LayoutPreview(reader, layout: naming, naming: settings.naming)
            let entries = inputs.map { input in
                let absolute = AbsolutePath.of(input)
                guard absolute.hasPrefix(root + "/") else {
                    return LayoutShowEntry(
                        path: input, key: nil, error: "does not lie below \(root); name its source with --config, or go there")
                }
                let path = Key(String(absolute.dropFirst(root.utf8.count + 1)))
                switch preview.key(of: path) {
                case .success(let key): return LayoutShowEntry(path: path.string, key: key.string, error: nil)
                case .failure(let cause): return LayoutShowEntry(path: path.string, key: nil, error: cause.description)
                }
            }
            switch format {
            case .json: console.answer(try JSONText.document(LayoutShowDocument(template: naming.layout?.template, files: entries)))
            case .text: for entry in entries where entry.error == nil { console.print(entry.line) }
            }
            for entry in entries { if let error = entry.error { console.complain("failed: \(entry.path.escapedForTerminal): \(error)") } }
            return entries.allSatisfy { $0.error == nil } ? .done : .someFailed
        }
    }
}

/// What `layout show --format json` prints.
struct LayoutShowDocument: Encodable {
    let template: String?
    let files: [LayoutShowEntry]
}

/// The key of one file.
struct LayoutShowEntry: Encodable {
    let path: String
    let key: String?
    let error: String?

    var line: String { "\(path.escapedForTerminal) → \((key ?? "").escapedForTerminal)" }
}

/// A path from the root of the file system, without `.` and `..`.
enum AbsolutePath {
    static func of(_ path: String) -> String { URL(fileURLWithPath: path).standardizedFileURL.path }
}
