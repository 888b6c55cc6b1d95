public import Planning
public import Source
internal import Vocabulary

/// Why it cannot be known what is to be left out. Nothing is sent then: what was meant to stay private would be published.
public enum FilterFault: Error, Sendable, CustomStringConvertible {
    /// A `.galleria-ignore` file that cannot be read; its path below the source.
    case unreadable(path: String, SystemCause)
    /// One whose disk, or the server of whose network drive, has not answered for so long; its path below the source.
    case stalled(path: String, Duration)
    /// A line of it that is no rule.
    case syntax(FilterError)

    /// What failed, why, and what to do next.
    public var description: String {
        switch self {
        case .unreadable(let path, let cause):
            "\(path.escapedForTerminal) cannot be read: \(cause). It says what is left out, so nothing was sent. Make it readable, or remove it."
        case .stalled(let path, let waited):
            "\(path.escapedForTerminal) \(SourceError.stalled(waited)). It says what is left out, so nothing was sent."
        case .syntax(let error): "\(error) Nothing was sent."
        }
    }
}
