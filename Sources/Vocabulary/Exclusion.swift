/// Why an entry is left out of the deploy.
public enum Exclusion: String, Sendable, Hashable, CaseIterable, Comparable {
    /// A name that starts with a dot (`.well-known` excepted).
    case hidden
    /// A version control system's folder.
    case versionControl
    /// `.env` and its variants, which hold secrets.
    case environment
    /// This tool's configuration, state, plan, log or report.
    case ownFile
    /// What file managers and storage appliances leave behind.
    case leftover
    /// An editor's backup or swap file.
    case editor
    /// A socket, FIFO or device.
    case special
    /// A rule of the user's filters.
    case filtered
    /// Smaller or larger than what is asked for.
    case size
    /// Not named by `--files-from`.
    case unnamed
    /// A symbolic link that leads out of the source.
    case unsafeLink

    /// The order in which reports list them.
    public static func < (a: Exclusion, b: Exclusion) -> Bool { a.rawValue < b.rawValue }

    /// The reason in a report's words.
    public var words: String {
        switch self {
        case .hidden: "hidden"
        case .versionControl: "version control"
        case .environment: "environment files"
        case .ownFile: "galleria-deploy's own files"
        case .leftover: "file manager leftovers"
        case .editor: "editor leftovers"
        case .special: "sockets, FIFOs and devices"
        case .filtered: "by filters"
        case .size: "by size"
        case .unnamed: "not named by --files-from"
        case .unsafeLink: "links out of the source"
        }
    }
}
