internal import Glibc
public import Vocabulary

/// Why the source cannot be deployed at all.
public enum SourceFolderError: Error, Sendable, CustomStringConvertible {
    /// There is no such folder, or it cannot be entered.
    case unavailable(path: String, SystemCause)
    /// It is a file.
    case notAFolder(path: String)

    /// What failed, why, and what to do next.
    public var description: String {
        switch self {
        case .unavailable(let path, let cause):
            "cannot open the source folder \(path.escapedForTerminal): \(cause). Check the path and its permissions."
        case .notAFolder(let path):
            "\(path.escapedForTerminal) is a file, and SOURCE is the gallery's folder. Name the folder that holds it."
        }
    }
}

/// The gallery's folder, held open so that it stays the same folder for the whole run. Nothing in it is ever opened for writing.
public final class SourceFolder: Sendable {
    /// The path as the user gave it.
    public let path: String
    let descriptor: Int32

    /// Opens the folder at `path`.
    public init(_ path: String) throws(SourceFolderError) {
        self.path = path
        descriptor = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        if descriptor < 0 {
            let cause = SystemCause.last
            throw cause.code == ENOTDIR ? .notAFolder(path: path) : .unavailable(path: path, cause)
        }
    }

    deinit { close(descriptor) }

    /// The folder's identity, as `stat` tells it.
    public var status: FileStatus? {
        var s = stat()
        return fstat(descriptor, &s) == 0 ? FileStatus(s) : nil
    }

    /// False where the folder was removed since it was opened, its path leads nowhere, or a file system was unmounted from it: what was not found
    /// in it may then still exist. A link that was turned to another folder meanwhile does no harm.
    public var isStillThere: Bool {
        var (held, named) = (Glibc.stat(), Glibc.stat())
        return fstat(descriptor, &held) == 0 && held.st_nlink > 0 && stat(path, &named) == 0 && named.st_dev == held.st_dev
    }
}

extension FileStatus {
    init(_ s: stat) {
        self.init(
            size: Int64(s.st_size), modified: Int64(s.st_mtim.tv_sec) * 1_000_000_000 + Int64(s.st_mtim.tv_nsec),
            changed: Int64(s.st_ctim.tv_sec) * 1_000_000_000 + Int64(s.st_ctim.tv_nsec), inode: UInt64(s.st_ino), device: UInt64(s.st_dev))
    }

    /// What `stat` says of the file at `path`; nil where there is none.
    public init?(path: String) {
        var s = stat()
        guard stat(path, &s) == 0 else { return nil }
        self.init(s)
    }
}
