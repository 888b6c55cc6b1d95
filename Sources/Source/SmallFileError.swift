/// Why a small file of the source could not be read whole.
public enum SmallFileError: Error, Sendable, CustomStringConvertible {
    /// The system refused.
    case unreadable(SystemCause)
    /// Its disk, or the server of a network drive, has not answered for so long.
    case stalled(Duration)

    /// Why, to stand behind the file's name.
    public var description: String {
        switch self {
        case .unreadable(let cause): SourceError.unreadable(cause).description
        case .stalled(let waited): SourceError.stalled(waited).description
        }
    }
}
