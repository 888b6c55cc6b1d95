internal import ArgumentParser
internal import Bucket
internal import Foundation

/// `galleria-deploy cors show`: the rules as they are, in a form that `apply --from` takes back.
struct CORSShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Print the bucket's rules.")

    @OptionGroup var arguments: CORSArguments

    @Option(help: ArgumentHelp("How to print: text, json or xml.", valueName: "format"))
    var format: CORSFormat = .text

    func run() async throws {
        let console = Console(environment: ProcessInfo.processInfo.environment)
        await CommandRun.exit(console) {
            try await CORSSession.run(arguments.options, arguments.destination, console) { session in
                let rules = try await session.rules()
                let text =
                    switch format {
                    case .text: rules.isEmpty ? "CORS: not configured\n" : CORSText.render(rules)
                    case .json: CORSJSON.render(rules)
                    case .xml: CORSXML.render(rules)
                    }
                console.print(text.hasSuffix("\n") ? String(text.dropLast()) : text)
                return .done
            }
        }
    }
}

/// How rules are printed.
enum CORSFormat: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
    case xml
}
