internal import ArgumentParser
internal import Configuration
internal import Deploy
internal import Foundation
internal import Planning
internal import Vocabulary

/// `galleria-deploy layout explain KEY…`: what keys were made of, as far as they tell.
struct LayoutExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Say what keys were made of, and of which file, as far as the layout can be read back.",
        usage: "galleria-deploy layout explain [<options>] KEY ...",
        discussion: """
            Keys are taken below the destination's prefix. The status is 1 where a key is none that the layout could have made. A key that could have \
            been made in several ways says so; with a layout that writes the whole path, the file's path is told.
            """)

    @Argument(help: ArgumentHelp("The keys, below the prefix.", valueName: "key"))
    var keys: [String]

    @Option(help: ArgumentHelp("How to print: text or json.", valueName: "format"))
    var format: ShowFormat = .text

    @OptionGroup
    var layout: LayoutArguments

    func run() async throws {
        let console = Console(environment: ProcessInfo.processInfo.environment)
        await CommandRun.exit(console) {
            let settings = try layout.settings(environment: ProcessInfo.processInfo.environment)
            guard let found = try settings.keyLayout(map: KeyMap(), now: 0)?.layout else {
                throw Fault(.usage, "no layout: say --layout, or write `layout` into the configuration.")
            }
            let entries = keys.map { LayoutReadingEntry($0, found.reading(of: Key($0))) }
            switch format {
            case .json: console.answer(try JSONText.document(LayoutExplainDocument(template: found.template, keys: entries)))
            case .text: for entry in entries { for line in entry.lines { console.print(line) } }
            }
            return entries.allSatisfy(\.matches) ? .done : .someFailed
        }
    }
}

/// What `layout explain --format json` prints.
struct LayoutExplainDocument: Encodable {
    let template: String
    let keys: [LayoutReadingEntry]
}

/// What one key tells.
struct LayoutReadingEntry: Encodable {
    struct Variable: Encodable {
        let name: String
        let value: String
    }

    let key: String
    let matches: Bool
    let ambiguous: Bool
    let path: String?
    let variables: [Variable]

    init(_ key: String, _ reading: LayoutReading?) {
        self.key = key
        matches = reading != nil
        ambiguous = reading?.isAmbiguous ?? false
        path = reading?.path?.string
        variables = (reading?.values ?? []).map { Variable(name: $0.name, value: $0.text) }
    }

    var lines: [String] {
        guard matches else { return ["\(key.escapedForTerminal): not a key of this layout"] }
        var lines = ["\(key.escapedForTerminal)\(ambiguous ? " (one of several readings)" : "")"]
        for variable in variables { lines.append("  \(variable.name)  \(variable.value.escapedForTerminal)") }
        if let path { lines.append("  file  \(path.escapedForTerminal)") }
        return lines
    }
}

extension LayoutArguments {
    /// The settings of the target that is meant.
    func settings(environment: [String: String], _ photos: PhotoArguments? = nil) throws -> TargetSettings {
        let document = try DeploySettings.document(config, environment: environment, commands: GalleriaDeploy.commandNames)
        var flags = SettingValues()
        try names.fill(&flags)
        try photos?.fill(&flags)
        return try TargetSettings.only(document, target: target, flags: flags, environment: environment)
    }
}
