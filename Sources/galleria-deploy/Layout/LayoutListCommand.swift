internal import ArgumentParser
internal import Foundation
internal import Planning

/// `galleria-deploy layout list`: the presets, and the variables that files have.
struct LayoutListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Print the presets, and the variables that templates are made of.",
        usage: "galleria-deploy layout list [--format json]")

    @Option(help: ArgumentHelp("How to print: text or json.", valueName: "format"))
    var format: ShowFormat = .text

    func run() throws {
        let console = Console(environment: ProcessInfo.processInfo.environment)
        switch format {
        case .json: console.answer(try JSONText.document(LayoutListDocument()))
        case .text:
            console.print("presets:")
            for preset in LayoutPreset.all {
                console.print("  \(preset.name): \(preset.help)")
                console.print("      \(preset.template)")
            }
            console.print("variables:")
            for variable in Layout.knownVariables { console.print("  {\(variable.name)}: \(variable.meaning)") }
            console.print(
                "formats: {stem:lower}, {camera:slug}, {sha256:8}; a default: {taken:yyyy/MM|undated}; a choice: {kind=scene|solid}")
            console.print(
                "Other names are variables of your own: set them with --set NAME=VALUE, or let paths tell them with --layout-from.")
        }
    }
}

/// What `layout list --format json` prints.
struct LayoutListDocument: Encodable {
    struct Preset: Encodable {
        let name: String
        let template: String
        let help: String
    }
    struct Variable: Encodable {
        let name: String
        let meaning: String
    }

    let presets = LayoutPreset.all.map { Preset(name: $0.name, template: $0.template, help: $0.help) }
    let variables = Layout.knownVariables.map { Variable(name: $0.name, meaning: $0.meaning) }
}
