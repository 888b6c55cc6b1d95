internal import Glibc
internal import Vocabulary

/// The local state database of one source and destination: fingerprints of files, what objects hold, multipart uploads under way, history.
///
/// It is a cache. Deleting it costs time, never correctness; every fault of it is a typed error after which the caller goes on without it.
/// It holds no secret but the signed addresses of objects, in databases of their own. One writer at a time writes, in short transactions of the write-ahead log; readers never wait for it.
public struct StateDatabase: Sendable {
    /// The file.
    public let path: String
    private let place: SHA256
    private let pageLimit: Int?

    /// Opens the database at `path`, making folder and file where they are missing, and brings its schema up to date. A database belongs to
    /// the location that it was made for.
    public init(at path: String, of location: StateLocation) throws(StateError) { try self.init(at: path, of: location, pageLimit: nil) }

    /// The same with a limit to the file's pages, which acts as a full disk does.
    init(at path: String, of location: StateLocation, pageLimit: Int?) throws(StateError) {
        self.path = path
        place = location.digest
        self.pageLimit = pageLimit
        try createFile()
        _ = try connect()
    }

    /// Moves a damaged database out of the way, to the same name with `.damaged` appended, so that the next one begins anew.
    public static func setAside(_ path: String) throws(StateError) {
        guard rename(path, path + ".damaged") == 0 else { throw StateError(errno: errno, .setAside, path) }
        unlink(path + "-wal")
        unlink(path + "-shm")
    }

    /// A connection, after checking that the database is one of this version.
    func connect() throws(StateError) -> Connection {
        do throws(StateCause) {
            return try Schema.connection(to: path, of: place, pageLimit: pageLimit)
        } catch {
            throw .failed(.open, path: path, error)
        }
    }

    private func createFile() throws(StateError) {
        // O_EXCL: an existing file is not opened here, because closing it would drop SQLite's locks of this process.
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        if descriptor >= 0 {
            close(descriptor)
            return
        }
        switch errno {
        case EEXIST: return
        case ENOENT:
            try createFolder(above: path)
            let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
            if descriptor >= 0 { close(descriptor) } else if errno != EEXIST { throw StateError(errno: errno, .open, path) }
        case let code: throw StateError(errno: code, .open, path)
        }
    }

    private func createFolder(above path: String) throws(StateError) {
        var at = path.utf8.startIndex
        while let slash = path.utf8[path.utf8.index(after: at)...].firstIndex(of: UInt8(ascii: "/")) {
            at = slash
            // 0700 also for the folders above (XDG Base Directory Specification 0.8).
            if mkdir(String(path[..<slash]), 0o700) != 0, errno != EEXIST { throw StateError(errno: errno, .createFolder, path) }
        }
    }
}

extension StateError {
    init(errno code: Int32, _ operation: StateOperation, _ path: String) {
        let cause: StateCause =
            switch code {
            case EACCES, EPERM, EROFS: .readOnly
            case ENOSPC, EDQUOT: .diskFull
            default: .other(code: code, String(cString: strerror(code)))
            }
        self = .failed(operation, path: path, cause)
    }
}
