internal import Source
internal import Vocabulary

/// What keeps a manifest from being written.
enum ManifestStop: Error {
    /// A file is not the one that was deployed any more.
    case changed(Key)
    /// A file could not be read again; why.
    case unreadable(Key, SourceError)
    /// There is no room to put it together.
    case spool(SystemCause)
    /// The run was interrupted.
    case interrupted

    /// What goes on with the next run, rather than failing this one; nil for a failure.
    var warning: String? {
        switch self {
        case .changed(let path): "\(path.string.escapedForTerminal) was changed after it was deployed"
        case .interrupted: "the run was interrupted"
        case .unreadable, .spool: nil
        }
    }

    /// Why it failed.
    var failure: String {
        switch self {
        case .unreadable(let path, let error):
            "\(path.string.escapedForTerminal), which it is to tell of, cannot be read: \(error.description)"
        case .spool(let cause): "it cannot be put together in a temporary file: \(cause). Make room in TMPDIR, or name another folder there"
        case .changed, .interrupted: warning ?? ""
        }
    }
}
