internal import Vocabulary

/// Where a setting's value comes from. Of several, the first in the order of the cases that speaks wins.
public enum SettingOrigin: Sendable, Hashable {
    /// The command line, by the option's name.
    case flag(String)
    /// An environment variable, by name.
    case variable(String)
    /// The configuration file.
    case file(path: String, Position)
    /// Nobody said.
    case standard
}

extension SettingOrigin: CustomStringConvertible {
    /// The origin in a word: `--jobs`, `GALLERIA_JOBS`, `galleria-deploy.yml:12`, `default`.
    public var description: String {
        switch self {
        case .flag(let name), .variable(let name): name
        case .file(let path, let position): "\(path.escapedForTerminal):\(position.line)"
        case .standard: "default"
        }
    }
}
