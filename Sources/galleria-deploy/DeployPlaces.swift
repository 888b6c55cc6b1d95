internal import Foundation
internal import Vocabulary

/// Which folder is deployed, and what was said of the destination. Catches the mistakes that would deploy the wrong thing.
enum DeployPlaces {
    static func resolve(
        _ arguments: DeployArguments, environment: [String: String], commands: [String]
    ) throws -> (source: String, destination: String?) {
        guard let source = arguments.source ?? environment["GALLERIA_SOURCE"].flatMap({ $0 == "" ? nil : $0 }) else {
            throw Fault(
                .usage, "no source: say galleria-deploy SOURCE s3://BUCKET[/PREFIX], or set GALLERIA_SOURCE. See galleria-deploy --help.")
        }
        if isAddress(source) {
            throw Fault(
                .usage,
                arguments.destination.map {
                    "SOURCE and destination are swapped: galleria-deploy \($0.escapedForTerminal) \(source.escapedForTerminal)"
                }
                    ?? "\(source.escapedForTerminal) is a destination, and SOURCE comes first: galleria-deploy SOURCE \(source.escapedForTerminal)"
            )
        }
        if let destination = arguments.destination, !isAddress(destination) {
            throw Fault(.usage, "\(destination.escapedForTerminal) is no destination. Expected s3://BUCKET[/PREFIX].")
        }
        // One word that is no folder was most likely meant as a command.
        if arguments.source != nil, arguments.destination == nil, !source.contains("/"), !FileManager.default.fileExists(atPath: source) {
            let hint = CommandLineWords.nearest(to: source, among: commands).map { " Did you mean galleria-deploy \($0)?" } ?? ""
            throw Fault(.usage, "“\(source.escapedForTerminal)” is neither a command nor a folder.\(hint) See galleria-deploy --help.")
        }
        return (source, arguments.destination)
    }

    private static func isAddress(_ text: String) -> Bool {
        let lower = text.lowercased()
        return lower.hasPrefix("s3://") || lower.hasPrefix("https://") || lower.hasPrefix("http://")
    }
}
