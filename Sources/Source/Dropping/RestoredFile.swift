internal import Digest
internal import Glibc
public import Vocabulary

/// Why a dropped file is not brought back. The object in the bucket stays as it is.
public enum RestoreRefusal: Error, Sendable, Hashable, CustomStringConvertible {
    /// Another file has taken its place.
    case occupied
    /// A link stands on the way.
    case link
    /// The bytes that came are not those that were dropped.
    case otherBytes
    /// The system refused.
    case system(SystemCause)

    /// Why, to stand behind the file's name.
    public var description: String {
        switch self {
        case .occupied:
            "another file has taken its place; it was left as it is. Move it away to get the dropped one back, or take its entry out of "
                + DroppedLedger.name
        case .link: "a symbolic link stands in its path"
        case .otherBytes: "the bucket gave other bytes than those that were dropped"
        case .system(let cause): "\(cause)"
        }
    }
}

/// A dropped file on its way back: written beside its place under a hidden name, renamed into it only when every byte is proven.
public final class RestoredFile {
    private let dropped: DroppedFile
    private let parent: Int32
    private let name: [UInt8]
    private let temporary: [UInt8]
    private let descriptor: Int32
    private var hasher = SHA256Hasher()
    private var written: Int64 = 0
    private var isInPlace = false

    /// Begins a file; folders that are missing are made.
    public init(_ dropped: DroppedFile, in folder: SourceFolder) throws(RestoreRefusal) {
        self.dropped = dropped
        let (parent, name) = try Self.place(of: dropped.path, in: folder, makesFolders: true)
        self.name = name
        let temporary = Self.temporary(for: dropped.path)
        _ = withCPath(temporary) { unlinkat(parent, $0, 0) }
        let descriptor = withCPath(temporary) { openat(parent, $0, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600) }
        guard descriptor >= 0 else {
            let cause = SystemCause.last
            close(parent)
            throw .system(cause)
        }
        self.parent = parent
        self.temporary = temporary
        self.descriptor = descriptor
    }

    /// Takes away what a run has left beside a path's place that was killed when the file was already in it.
    public static func tidy(_ path: Key, in folder: SourceFolder) {
        guard let (parent, _) = try? place(of: path, in: folder, makesFolders: false) else { return }
        _ = withCPath(temporary(for: path)) { unlinkat(parent, $0, 0) }
        close(parent)
    }

    /// The folder of a path, opened, and the name in it. No link is followed on the way.
    private static func place(
        of path: Key, in folder: SourceFolder, makesFolders: Bool
    ) throws(RestoreRefusal) -> (parent: Int32, name: [UInt8]) {
        guard SourceFolder.mayHold(path.bytes) else { throw .link }
        var components = path.bytes.split(separator: UInt8(ascii: "/")).map(Array.init)
        guard let name = components.popLast() else { throw .link }
        var parent = fcntl(folder.descriptor, F_DUPFD_CLOEXEC, 0)
        guard parent >= 0 else { throw .system(.last) }
        for component in components {
            if makesFolders { _ = withCPath(component) { mkdirat(parent, $0, 0o777) } }
            let next = withCPath(component) { openat(parent, $0, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC) }
            let cause = SystemCause.last
            close(parent)
            guard next >= 0 else { throw cause.code == ELOOP || cause.code == ENOTDIR ? .link : .system(cause) }
            parent = next
        }
        return (parent, name)
    }

    /// The hidden name, of digits of the path's own digest: two files of a folder never share one.
    private static func temporary(for path: Key) -> [UInt8] {
        Array(".galleria-restore-\(SHA256.digest(of: path.bytes).hex.prefix(16)).tmp".utf8)
    }

    deinit {
        close(descriptor)
        if !isInPlace { _ = withCPath(temporary) { unlinkat(parent, $0, 0) } }
        close(parent)
    }

    /// Takes the next bytes.
    public func append(_ bytes: [UInt8]) throws(RestoreRefusal) {
        bytes.withUnsafeBytes { hasher.update($0) }
        do throws(SystemCause) { try bytes.write(to: descriptor) } catch { throw .system(error) }
        written += Int64(bytes.count)
    }

    /// Proves the bytes, gives the file its time, mode and owner back, and moves it into its place, if that is free.
    public func finish() throws(RestoreRefusal) {
        guard written == dropped.size, hasher.finalize() == dropped.sha256 else { throw .otherBytes }
        if geteuid() == 0 { _ = fchown(descriptor, dropped.user, dropped.group) }
        var (seconds, nanoseconds) = dropped.modified.quotientAndRemainder(dividingBy: 1_000_000_000)
        if nanoseconds < 0 { (seconds, nanoseconds) = (seconds - 1, nanoseconds + 1_000_000_000) }
        let time = timespec(tv_sec: Int(seconds), tv_nsec: Int(nanoseconds))
        guard fchmod(descriptor, dropped.mode & 0o7777) == 0, futimens(descriptor, [time, time]) == 0, fsync(descriptor) == 0 else {
            throw .system(.last)
        }
        try takePlace()
        isInPlace = true
        guard fsync(parent) == 0 else { throw .system(.last) }
    }

    /// Moves the file into its place, never over another: linkat(2) fails where one is. File systems without hard links are asked first.
    private func takePlace() throws(RestoreRefusal) {
        if withCPath(temporary, { from in withCPath(name) { linkat(parent, from, parent, $0, 0) } }) == 0 {
            _ = withCPath(temporary) { unlinkat(parent, $0, 0) }
            return
        }
        let cause = SystemCause.last
        guard cause.code == EPERM || cause.code == ENOTSUP else { throw cause.code == EEXIST ? .occupied : .system(cause) }
        var s = stat()
        guard withCPath(name, { fstatat(parent, $0, &s, AT_SYMLINK_NOFOLLOW) }) != 0, errno == ENOENT else { throw .occupied }
        guard withCPath(temporary, { from in withCPath(name) { renameat(parent, from, parent, $0) } }) == 0 else { throw .system(.last) }
    }
}
