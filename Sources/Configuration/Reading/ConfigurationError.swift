internal import Vocabulary

/// Why there is no usable configuration.
public enum ConfigurationError: Error, Sendable, Hashable {
    /// The file that `--config` names does not exist.
    case notFound(path: String)
    /// The file cannot be read; the system's words.
    case unreadable(path: String, cause: String)
    /// One folder holds both `galleria-deploy.yml` and `galleria-deploy.yaml`.
    case ambiguous(folder: String)
    /// A file that somebody else put into a folder that others can write to.
    case foreign(path: String)
    /// What is wrong in the file, in its order.
    case faults([ConfigurationFault])
    /// An environment variable's value is refused.
    case variable(name: String, String)
    /// Two variables that mean the same say different things.
    case conflictingVariables(String, String)
    /// The environment names one source or destination, which cannot serve several targets.
    case variableForSeveralTargets(name: String, targets: [String])
    /// No target has that name; the nearest one.
    case noTarget(String, known: [String], nearest: String?)
    /// The command line says what the file's rules say, too.
    case flagBesideRules(flag: String, path: String)
    /// A variable says what the file's rules say, too.
    case variableBesideRules(name: String, path: String)
    /// The command line or the environment contradicts itself.
    case contradiction(String)

    /// True where the command line is wrong rather than the configuration: exit 64 rather than 5.
    public var isUsage: Bool {
        switch self {
        case .notFound, .unreadable, .ambiguous, .foreign, .faults, .variable, .conflictingVariables, .variableForSeveralTargets,
            .variableBesideRules, .contradiction:
            false
        case .noTarget, .flagBesideRules: true
        }
    }
}

extension ConfigurationError: CustomStringConvertible {
    /// What failed, on what, why, and what to do next; one line for each fault of a file.
    public var description: String {
        switch self {
        case .notFound(let path): "there is no configuration file \(path.escapedForTerminal). Correct --config, or leave it out."
        case .unreadable(let path, let cause): "the configuration file \(path.escapedForTerminal) cannot be read: \(cause)."
        case .ambiguous(let folder):
            "\(folder.escapedForTerminal) holds both galleria-deploy.yml and galleria-deploy.yaml. Remove one, or choose with --config."
        case .foreign(let path):
            "\(path.escapedForTerminal) belongs to another user and lies in a folder that others can write to, so it is not trusted. "
                + "If it is meant, say --config \(path.escapedForTerminal)."
        case .faults(let faults): faults.map(\.description).joined(separator: "\n")
        case .variable(let name, let problem): "\(name): \(problem.escapedForTerminal)"
        case .conflictingVariables(let one, let other):
            "\(one) and \(other) mean the same and are set to different values. Unset one of them."
        case .variableForSeveralTargets(let name, let targets):
            "\(name) is set, and would hold for each of the targets \(targets.map(\.escapedForTerminal).joined(separator: ", ")). "
                + "Unset it, or name one target."
        case .noTarget(let name, let known, let nearest):
            "no target is named “\(name.escapedForTerminal)”. "
                + (known.isEmpty
                    ? "The configuration names none."
                    : (nearest.map { "Did you mean “\($0.escapedForTerminal)”? " } ?? "")
                        + "There are: \(known.map(\.escapedForTerminal).joined(separator: ", ")).")
        case .flagBesideRules(let flag, let path):
            "\(flag) would correct photos that \(path.escapedForTerminal) already has rules for. Leave it out, or change the rules there."
        case .variableBesideRules(let name, let path):
            "\(name) would correct photos that \(path.escapedForTerminal) already has rules for. Unset it, or change the rules there."
        case .contradiction(let problem): problem
        }
    }
}
