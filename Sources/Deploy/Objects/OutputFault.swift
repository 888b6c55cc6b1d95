public import S3
public import Source
internal import Vocabulary

/// Why an object was not written to a file.
public enum OutputFault: Error, Sendable, CustomStringConvertible {
    /// The store refused or did not answer.
    case store(S3Error)
    /// The system refused to make, write or rename a file.
    case system(SystemCause)
    /// It cannot be told what lies there.
    case unknown(SourceError)
    /// The key cannot be a path below a folder.
    case unsafeKey
    /// What lies at the path, or on the way to it, is no folder or file of its own but this.
    case inTheWay(Obstacle)
    /// There is a file of other content.
    case exists
    /// The object was replaced while it was read.
    case changed
    /// What was read is not what the store says that it keeps.
    case damaged(expected: String, found: String)
    /// Another run is writing the same file.
    case busy
    /// The object is kept under a `Content-Encoding`.
    case encoded(String)
    /// The file is most likely the original of the photo whose corrected copy the object is.
    case original
    /// The run was interrupted before this was done.
    case interrupted

    /// What stands where a file or a folder is to be.
    public enum Obstacle: String, Sendable {
        case link = "a symbolic link"
        case folder = "a folder"
        case file = "a file"
        case other = "something that is neither a file nor a folder"
    }

    /// Why, and what to do next.
    public var description: String {
        switch self {
        case .store(let error): error.isNotFound ? "there is no such object" : error.description
        case .unknown(let error): error.description
        case .system(let cause): "cannot be written: \(cause)"
        case .unsafeKey:
            "its key is no path within a folder (it has an empty name, “.”, “..” or a NUL in it); read it with galleria-deploy get -o FILE"
        case .inTheWay(let obstacle):
            "\(obstacle.rawValue) is in the way; nothing is written through or over it. Move it away, or name another folder"
        case .exists: "there is a file of other content, which is kept; --overwrite replaces it"
        case .changed: "was replaced while it was being read; run again"
        case .damaged(let expected, let found): "arrived damaged: \(found), and the store says \(expected); nothing was kept. Run again"
        case .busy: "another run is writing it"
        case .encoded(let coding):
            "is kept as \(coding.escapedForTerminal), not as its file was; galleria-deploy get takes its bytes as they are"
        case .original:
            "is the corrected copy of a photo, and the file there may be its original: it is kept. Pull into another folder, or move the file away"
        case .interrupted: "was not reached before the run was interrupted; run again"
        }
    }
}
