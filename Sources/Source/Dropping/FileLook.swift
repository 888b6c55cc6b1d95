internal import Glibc
public import Vocabulary

/// What is seen of a file without opening it.
public struct FileLook: Sendable, Hashable {
    /// Its status.
    public let status: FileStatus
    /// When it was last read, in nanoseconds since 1970, as exact as the file system keeps it.
    public let accessed: Int64
}

extension SourceFolder {
    /// Looks at a regular file; nil where there is none, or a link in its place.
    public func look(at path: Key) -> FileLook? {
        guard Self.mayHold(path.bytes) else { return nil }
        var s = stat()
        guard withCPath(path.bytes, { fstatat(descriptor, $0, &s, AT_SYMLINK_NOFOLLOW) }) == 0, s.st_mode & S_IFMT == S_IFREG else {
            return nil
        }
        return FileLook(
            status: FileStatus(s), accessed: Int64(s.st_atim.tv_sec) * 1_000_000_000 + Int64(s.st_atim.tv_nsec))
    }

    /// Keeps other programs of this kind from writing the ledger, until the folder is closed; false where another one does.
    public func lockLedger() -> Bool { flock(descriptor, LOCK_EX | LOCK_NB) == 0 }
}
