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

extension SourceFolder {
    /// False for a path that a key may have and no file: one with an empty component, `.`, `..` or a NUL byte. It would lead elsewhere.
    public static func mayHold(_ path: some Collection<UInt8>) -> Bool {
        path.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).allSatisfy { component in
            !component.isEmpty && !component.contains(0) && !component.elementsEqual(".".utf8) && !component.elementsEqual("..".utf8)
        }
    }

    /// What lies at `path` below the folder, links followed: its status, and whether it is a folder; nil where there is nothing.
    public func entry(at path: Key) -> (status: FileStatus, isFolder: Bool)? {
        guard path.bytes.isEmpty || Self.mayHold(path.bytes) else { return nil }
        var s = stat()
        let answer = withCPath(path.bytes.isEmpty ? Array(".".utf8) : path.bytes) { fstatat(descriptor, $0, &s, 0) }
        return answer == 0 ? (FileStatus(s), s.st_mode & S_IFMT == S_IFDIR) : nil
    }

    /// The bytes of a small file at `path`; nil where there is none.
    /// - Parameter limit: The most bytes; a larger file fails with `EFBIG`.
    public func smallFile(at path: [UInt8], limit: Int) throws(SystemCause) -> [UInt8]? {
        // O_NONBLOCK: a FIFO must not make the walk wait for a writer; reading a folder fails by itself.
        let file = withCPath(path) { openat(descriptor, $0, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK) }
        guard file >= 0 else {
            let cause = SystemCause.last
            switch cause.code {
            // A name too long to exist; a folder that may not be searched: what lies in there is not reached either.
            case ENOENT, ENOTDIR, ENAMETOOLONG: return nil
            case EACCES where !isSearchable(path): return nil
            default: throw cause
            }
        }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: limit + 1)
        var count = 0
        while count < bytes.count {
            let n = bytes.withUnsafeMutableBytes { read(file, $0.baseAddress?.advanced(by: count), $0.count - count) }
            if n == 0 { break }
            if n > 0 { count += n } else if errno != EINTR { throw SystemCause.last }
        }
        guard count <= limit else { throw SystemCause(EFBIG) }
        return Array(bytes.prefix(count))
    }

    /// True where the folder of `path` lets its entries be looked up.
    private func isSearchable(_ path: [UInt8]) -> Bool {
        var s = stat()
        return withCPath(path) { fstatat(descriptor, $0, &s, 0) } == 0
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
