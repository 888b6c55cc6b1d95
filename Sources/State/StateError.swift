internal import Vocabulary

/// What was being done with the state database.
public enum StateOperation: String, Sendable, Hashable, CaseIterable {
    /// Making the folder it lies in.
    case createFolder = "create the folder of"
    /// Opening it, and bringing its schema up to date.
    case open
    /// Reading rows.
    case read
    /// Writing rows.
    case write
    /// Moving a damaged file out of the way.
    case setAside = "set aside"
}

/// Why the state database cannot be used.
public enum StateCause: Error, Sendable, Hashable, CustomStringConvertible {
    /// Its bytes are not what SQLite, or this program, wrote.
    case damaged(String)
    /// It is a database of another program.
    case foreign
    /// It belongs to another source or destination.
    case otherPlace
    /// It was written by a newer version of this program.
    case newer(found: Int, known: Int)
    /// It, or its folder, cannot be written to.
    case readOnly
    /// The disk, or the quota, is full.
    case diskFull
    /// Another process kept it locked for longer than the time allowed.
    case busy
    /// Anything else that SQLite or the system said, with SQLite's extended result code or `errno`.
    case other(code: Int32, String)

    /// Why, in words.
    public var description: String {
        switch self {
        case .damaged(let how): "it is damaged (\(how))"
        case .foreign: "it is the database of another program"
        case .otherPlace: "it belongs to another source or destination"
        case .newer(let found, let known): "it was written by a newer galleria-deploy (schema \(found), this one knows \(known))"
        case .readOnly: "it cannot be written to"
        case .diskFull: "the disk is full"
        case .busy: "another process keeps it locked"
        case .other(let code, let words): "\(words) (\(code))"
        }
    }

    /// What to do about it.
    var advice: String {
        switch self {
        case .damaged: "Delete it to begin anew: it is a cache."
        case .foreign, .otherPlace: "Name another file with --state."
        case .newer: "Update galleria-deploy, or name another file with --state."
        case .readOnly, .other: "Check the permissions of the file and its folder, or name another file with --state."
        case .diskFull: "Make room, or name a file on another disk with --state."
        case .busy: "Wait for the other run to end."
        }
    }
}

/// A fault of the state database. It is a cache: the caller warns and goes on without it, slower and exactly as right.
public enum StateError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Neither `XDG_STATE_HOME` nor `HOME` says where it would lie.
    case noHome
    /// An operation failed on the file at `path`.
    case failed(StateOperation, path: String, StateCause)

    /// The cause, where there is a file.
    public var cause: StateCause? {
        switch self {
        case .noHome: nil
        case .failed(_, _, let cause): cause
        }
    }

    /// What failed, on what, why, and what to do next.
    public var description: String {
        switch self {
        case .noHome:
            "there is no place for the state database: neither XDG_STATE_HOME nor HOME is an absolute path. Set one of them, or use --state FILE."
        case .failed(let operation, let path, let cause):
            "cannot \(operation.rawValue) the state database \(path.escapedForTerminal): \(cause.description.escapedForTerminal). \(cause.advice)"
        }
    }
}
