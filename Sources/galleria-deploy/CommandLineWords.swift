/// Makes `deploy` the command that is meant where none is named.
///
/// The first word decides: the name of a command is that command, anything else begins a deploy. A word with a slash is never a command,
/// so `./stats` is a folder whatever commands there are.
struct CommandLineWords {
    /// What the words ask for.
    enum Request: Equatable {
        /// The page that `--help` without a command shows.
        case rootHelp
        /// Words for the argument parser, a command's name first.
        case parse([String])
    }

    static let defaultCommand = "deploy"

    /// `words` without the program's own name; `commands` the names of all commands.
    static func request(_ words: [String], commands: [String]) -> Request {
        switch words {
        case ["--help"], ["-h"], ["help"]: return .rootHelp
        case ["--version"]: return .parse(words)
        default: break
        }
        guard let first = words.first else { return .parse([defaultCommand]) }
        if first.hasPrefix("--generate-completion-script") || first == "--experimental-dump-help" { return .parse(words) }
        return .parse(commands.contains(first) || first == "help" ? words : [defaultCommand] + words)
    }

    /// The command that an unknown word was most likely meant to be: at most two edits away.
    static func nearest(to word: String, among commands: [String]) -> String? {
        commands.map { ($0, distance(Array(word.utf8), Array($0.utf8))) }.filter { $0.1 <= 2 }.min { $0.1 < $1.1 }?.0
    }

    /// The Levenshtein distance of two byte strings.
    private static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
        var row = Array(0...b.count)
        for (i, x) in a.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, y) in b.enumerated() {
                let next = min(row[j + 1] + 1, row[j] + 1, diagonal + (x == y ? 0 : 1))
                diagonal = row[j + 1]
                row[j + 1] = next
            }
        }
        return row[b.count]
    }
}
