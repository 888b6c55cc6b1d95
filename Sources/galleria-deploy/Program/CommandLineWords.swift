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
    static func nearest(to word: String, among commands: [String]) -> String? { NearestText.nearest(to: word, among: commands, within: 2) }
}
