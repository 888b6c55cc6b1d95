internal import Vocabulary

/// Something wrong at one place of a configuration file.
public struct ConfigurationFault: Error, Sendable, Hashable {
    /// What is wrong.
    public enum Reason: Sendable, Hashable {
        /// The text is not YAML; the parser's words.
        case syntax(String)
        /// A tab where YAML wants blanks.
        case tab
        /// A value that begins with a character that means something to YAML.
        case needsQuotes(Character)
        /// Bytes that are not UTF-8, or a control character.
        case unreadableText
        /// Larger than a configuration file ever is, in bytes.
        case tooLarge(Int)
        /// More values than a configuration file ever has, most likely by aliases of aliases.
        case tooManyValues
        /// A second document after `---`.
        case severalDocuments
        /// A tag such as `!!int`.
        case tag(String)
        /// A key that is a list or a group.
        case complexKey
        /// A key that no setting has; the nearest one, and the group of settings where it does exist.
        case unknownKey(String, nearest: String?, belongs: String?)
        /// A key that stands twice in one group; the line of its first.
        case duplicateKey(String, firstLine: Int)
        /// A list where a single value belongs, and the like.
        case wrongType(String, expected: String, found: String)
        /// A value that its reader refuses, in the reader's words.
        case badValue(String, String)
        /// `${NAME}` where the variable is not set and no default is given.
        case unsetVariable(String)
        /// A `${` that is not closed or names no variable.
        case expansion(String)
        /// A key that would hold a secret.
        case secretKey(String)
        /// A value that looks like an access key.
        case secretValue
        /// A target's name that cannot be one, and why.
        case targetName(String, String)
        /// `targets:` without any.
        case noTargets
        /// Two targets with one destination.
        case sameDestination(String, String)
        /// Settings that contradict each other.
        case contradiction(String)
    }

    /// The file, as it was named.
    public let path: String
    /// The place.
    public let position: Position
    /// What is wrong.
    public let reason: Reason

    /// Creates a fault.
    public init(path: String, position: Position, reason: Reason) {
        self.path = path
        self.position = position
        self.reason = reason
    }
}

extension ConfigurationFault: CustomStringConvertible {
    /// `FILE:LINE:COLUMN: what is wrong, and what to write instead`.
    public var description: String { "\(path.escapedForTerminal):\(position): \(reason.words)" }
}

extension ConfigurationFault.Reason {
    var words: String {
        switch self {
        case .syntax(let problem): "not YAML: \(problem.escapedForTerminal)."
        case .tab: "a tab. YAML indents with blanks only: replace it."
        case .needsQuotes(let character):
            "“\(character)” means something to YAML at the beginning of a value. Put the value in quotes, such as '*.jpg'."
        case .unreadableText: "a byte that is neither UTF-8 nor printable. Save the file as UTF-8 text."
        case .tooLarge(let size): "the file holds \(size) bytes; a configuration has less than \(ConfigurationFile.maximumSize)."
        case .tooManyValues: "more than \(YAMLTree.maximumCount) values, most likely by aliases of aliases. Write the values out."
        case .severalDocuments: "a second document begins here. One file holds one configuration: write `targets:` for several."
        case .tag(let tag): "the tag “\(tag.escapedForTerminal)” has no meaning here. Leave it out: every value is read as it is written."
        case .complexKey: "a key that is not a plain word. Write `name: value`."
        case .unknownKey(let key, let nearest, let belongs):
            "“\(key.escapedForTerminal)” is no setting\(belongs.map { " here; it belongs into \($0)" } ?? "")."
                + (nearest.map { " Did you mean “\($0)”?" } ?? (belongs == nil ? " `galleria-deploy config show` lists all." : ""))
        case .duplicateKey(let key, let line): "“\(key.escapedForTerminal)” stands here again, first in line \(line). Keep one."
        case .wrongType(let key, let expected, let found): "“\(key.escapedForTerminal)” takes \(expected), not \(found)."
        case .badValue(let key, let problem): "\(key.escapedForTerminal): \(problem.escapedForTerminal)"
        case .unsetVariable(let name):
            "the environment variable \(name.escapedForTerminal) is not set. Set it, or give a default: ${\(name.escapedForTerminal):-default}."
        case .expansion(let text):
            "“\(text.escapedForTerminal)” names no variable. Write ${NAME} or ${NAME:-default}; $$ stands for a dollar sign."
        case .secretKey(let key):
            "“\(key.escapedForTerminal)” is a secret, and this file is no place for it. Put it into ~/.aws/credentials and name its `profile:` "
                + "here, or into the environment (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY)."
        case .secretValue:
            "this value looks like an access key. Remove it here, and revoke it if the file was ever shared; keys belong into "
                + "~/.aws/credentials or the environment (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY)."
        case .targetName(let name, let problem): "“\(name.escapedForTerminal)” cannot be a target's name: \(problem)."
        case .noTargets: "`targets:` names none. Add one below it, or remove the line."
        case .sameDestination(let one, let other):
            "the targets “\(one.escapedForTerminal)” and “\(other.escapedForTerminal)” have the same destination, so that each would "
                + "undo the other. Give one of them a folder of its own."
        case .contradiction(let problem): problem
        }
    }
}
