internal import Foundation
internal import Vocabulary

/// What the words SOURCE and DESTINATION mean. Catches the mistakes that would deploy the wrong thing.
enum DeployPlaces {
    /// What the words name: targets of the configuration file, or a source and a destination.
    struct Words: Equatable {
        var targets: [String] = []
        var source: String?
        var destination: String?
    }

    static func resolve(_ arguments: DeployArguments, targets: [String], commands: [String]) throws -> Words {
        guard let first = arguments.source else { return Words() }
        if isAddress(first) {
            throw Fault(
                .usage,
                arguments.destination.map {
                    "SOURCE and destination are swapped: galleria-deploy \($0.escapedForTerminal) \(first.escapedForTerminal)"
                }
                    ?? "\(first.escapedForTerminal) is a destination, and SOURCE comes first: galleria-deploy SOURCE \(first.escapedForTerminal)"
            )
        }
        if let second = arguments.destination {
            if targets.contains(first), targets.contains(second) { return Words(targets: [first, second]) }
            guard isAddress(second) else {
                throw Fault(.usage, "\(second.escapedForTerminal) is no destination. Expected s3://BUCKET[/PREFIX].")
            }
            return Words(source: first, destination: second)
        }
        if targets.contains(first) { return Words(targets: [first]) }
        // One word that is no folder was most likely meant as a command or a target.
        if !first.contains("/"), !FileManager.default.fileExists(atPath: first) {
            let nearest = CommandLineWords.nearest(to: first, among: targets + commands)
            let hint = nearest.map { " Did you mean galleria-deploy \($0)?" } ?? ""
            let kinds = targets.isEmpty ? "neither a command nor a folder" : "neither a command, nor a target, nor a folder"
            throw Fault(.usage, "“\(first.escapedForTerminal)” is \(kinds).\(hint) See galleria-deploy --help.")
        }
        return Words(source: first)
    }

    static func isAddress(_ text: String) -> Bool {
        let lower = text.lowercased()
        return ["s3://", "https://", "http://", "arn:"].contains { lower.hasPrefix($0) }
    }
}
