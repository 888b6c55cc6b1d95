internal import Vocabulary

/// Where a setting came from, so that a report can say which of many sources won.
public enum SettingSource: Sendable, Hashable {
    /// An argument or option of the command line, by name.
    case flag(String)
    /// A target of the configuration file, by name.
    case target(String)
    /// An environment variable, by name.
    case variable(String)
    /// A profile of AWS's files, with the setting there.
    case profile(String, setting: String, path: String)
    /// A server that gives out credentials to the machine or container.
    case metadata(String)
    /// Nobody said: what was taken instead, and why.
    case assumed(String)
}

extension SettingSource: CustomStringConvertible {
    /// The source in words.
    public var description: String {
        switch self {
        case .flag(let name), .variable(let name), .metadata(let name): name.escapedForTerminal
        case .target(let name): "the target “\(name.escapedForTerminal)”"
        case .profile(let name, let setting, let path):
            "\(setting.escapedForTerminal) of the profile “\(name.escapedForTerminal)” in \(path.escapedForTerminal)"
        case .assumed(let reason): reason.escapedForTerminal
        }
    }
}

/// A value and where it came from.
public struct Sourced<Value: Sendable>: Sendable {
    /// The value.
    public let value: Value
    /// The source that won.
    public let source: SettingSource

    /// Creates a sourced value.
    public init(_ value: Value, _ source: SettingSource) {
        self.value = value
        self.source = source
    }
}

extension Sourced: Equatable where Value: Equatable {}
extension Sourced: Hashable where Value: Hashable {}
