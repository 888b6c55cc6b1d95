internal import CFiles
internal import Digest
internal import Glibc
public import Vocabulary

/// Why a file is not dropped. It stays as it is.
public enum DropRefusal: Error, Sendable, Hashable {
    /// A symbolic link stands on the way, or in its place: what it leads to may lie elsewhere.
    case link
    /// It is no regular file.
    case notAFile
    /// It has other names (hard links): removing one would free nothing.
    case otherNames
    /// It belongs to another user.
    case otherUser
    /// It has extended attributes, such as ratings or an access control list, which no object keeps.
    case attributes
    /// Some program has it open for writing.
    case openForWriting
    /// It is not what it was when it was read.
    case changed
    /// The system refused.
    case system(SystemCause)
    /// The object in the bucket holds other bytes: the photo was corrected, coded or changed on its way.
    case otherBytes
    /// The bucket holds no such object, or not the one that was listed.
    case objectChanged
    /// The object's storage class cannot be read at once.
    case archived(String)
    /// A rule of the bucket's lifecycle removes the object some day, or may; which, or why that is not known.
    case expires(String)
    /// The bucket did not give the object back.
    case unreadableObject(String)
    /// What is about to be dropped could not be written down.
    case unrecorded(String)
}

extension DropRefusal: CustomStringConvertible {
    /// Why, to stand behind the file's name.
    public var description: String {
        switch self {
        case .link: "a symbolic link stands in its path"
        case .notAFile: "it is no regular file"
        case .otherNames: "it has other names (hard links), so that removing one would free nothing"
        case .otherUser: "it belongs to another user"
        case .attributes: "it has extended attributes, which the bucket does not keep"
        case .openForWriting: "a program has it open for writing"
        case .changed: "it changed while it was looked at"
        case .system(let cause): "\(cause)"
        case .otherBytes: "the object in the bucket holds other bytes than the file"
        case .objectChanged: "the object in the bucket is not the one that was listed"
        case .archived(let name): "its storage class \(name) cannot be read at once"
        case .expires(let words): words
        case .unreadableObject(let words): "the bucket did not give it back: \(words)"
        case .unrecorded(let words): "what was to be dropped could not be written down: \(words)"
        }
    }
}

/// A file of the source that may be removed: reached without following a single link, a regular file with one name, open for reading only.
///
/// This is the one place in the program that removes a user's file, and `remove()` the one call.
public final class StrictFile {
    /// Which file it is below the source.
    public let path: Key
    /// Its status when it was opened.
    public let status: FileStatus
    /// Its permission bits.
    public let mode: UInt32
    /// Its owner's number.
    public let user: UInt32
    /// Its group's number.
    public let group: UInt32
    private let parent: Int32
    private let name: [UInt8]
    private let descriptor: Int32

    /// Opens the file at `path` below `folder`.
    public init(_ path: Key, in folder: SourceFolder) throws(DropRefusal) {
        guard SourceFolder.mayHold(path.bytes) else { throw .notAFile }
        self.path = path
        let (parent, name) = try Self.parent(of: path, in: folder)
        // O_NONBLOCK: should a FIFO have taken the file's place, opening it must not wait for a writer.
        let flags = O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY | O_NONBLOCK
        // To be looked at for going is not to be used: the time of the last reading stays, where the file is ours.
        var descriptor = withCPath(name) { openat(parent, $0, flags | galleria_no_access_time) }
        if descriptor < 0, errno == EPERM { descriptor = withCPath(name) { openat(parent, $0, flags) } }
        guard descriptor >= 0 else {
            let cause = SystemCause.last
            close(parent)
            throw cause.code == ELOOP ? .link : .system(cause)
        }
        var s = stat()
        do throws(DropRefusal) {
            guard fstat(descriptor, &s) == 0 else { throw .system(.last) }
            guard s.st_mode & S_IFMT == S_IFREG else { throw .notAFile }
            guard s.st_nlink == 1 else { throw .otherNames }
            guard s.st_uid == geteuid() || geteuid() == 0 else { throw .otherUser }
            try Self.checkAttributes(descriptor)
        } catch {
            close(descriptor)
            close(parent)
            throw error
        }
        self.parent = parent
        self.name = name
        self.descriptor = descriptor
        status = FileStatus(s)
        mode = s.st_mode & 0o7777
        user = s.st_uid
        group = s.st_gid
    }

    deinit {
        close(descriptor)
        close(parent)
    }

    /// The folder that holds `path`, opened step by step, none of which may be a link; and the last name.
    static func parent(of path: Key, in folder: SourceFolder) throws(DropRefusal) -> (parent: Int32, name: [UInt8]) {
        var components = path.bytes.split(separator: UInt8(ascii: "/")).map(Array.init)
        guard let name = components.popLast() else { throw .notAFile }
        var parent = fcntl(folder.descriptor, F_DUPFD_CLOEXEC, 0)
        guard parent >= 0 else { throw .system(.last) }
        for component in components {
            let next = withCPath(component) { openat(parent, $0, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC) }
            let cause = SystemCause.last
            close(parent)
            // A link is told from a file that is no folder by what it is itself: both answer ENOTDIR.
            guard next >= 0 else { throw cause.code == ELOOP || cause.code == ENOTDIR ? .link : .system(cause) }
            parent = next
        }
        return (parent, name)
    }

    private static func checkAttributes(_ descriptor: Int32) throws(DropRefusal) {
        var names = [CChar](repeating: 0, count: 65_536)
        let length = flistxattr(descriptor, &names, names.count)
        // File systems without such attributes say so.
        guard length >= 0 else {
            if errno == ENOTSUP { return }
            throw .system(.last)
        }
        for name in names.prefix(length).split(separator: 0) {
            let text = String(decoding: name.map(UInt8.init(bitPattern:)), as: UTF8.self)
            guard text.hasPrefix("security.") || text.hasPrefix("trusted.") else { throw .attributes }
        }
    }

    /// SHA-256 of all its bytes, read from the file as it lies.
    public func sha256() throws(DropRefusal) -> SHA256 {
        var hasher = SHA256Hasher()
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
        defer { buffer.deallocate() }
        var at: Int64 = 0
        while at < status.size {
            let n = pread(descriptor, buffer.baseAddress, Int(min(Int64(buffer.count), status.size - at)), off_t(at))
            if n < 0, errno == EINTR { continue }
            guard n >= 0 else { throw .system(.last) }
            guard n > 0 else { throw .changed }
            hasher.update(UnsafeRawBufferPointer(rebasing: buffer[..<n]))
            at += Int64(n)
        }
        try check()
        return hasher.finalize()
    }

    /// Throws where the file, or what now has its name, is not what was opened, to the nanosecond and the inode.
    public func check() throws(DropRefusal) {
        var (open, named) = (stat(), stat())
        guard fstat(descriptor, &open) == 0 else { throw .system(.last) }
        guard withCPath(name, { fstatat(parent, $0, &named, AT_SYMLINK_NOFOLLOW) }) == 0 else { throw .changed }
        guard named.st_mode & S_IFMT == S_IFREG, FileStatus(open) == status, FileStatus(named) == status, open.st_nlink == 1 else {
            throw .changed
        }
    }

    /// Removes the file, if it is still what was opened and no program has it open for writing.
    public func remove() throws(DropRefusal) {
        // A read lease is granted only where nobody writes (fcntl(2), F_SETLEASE); it is given back at once. Where there are none, the status tells.
        if fcntl(descriptor, galleria_set_lease, F_RDLCK) == 0 {
            _ = fcntl(descriptor, galleria_set_lease, F_UNLCK)
        } else if errno == EAGAIN {
            throw .openForWriting
        }
        try check()
        guard withCPath(name, { unlinkat(parent, $0, 0) }) == 0 else { throw .system(.last) }
        _ = fsync(parent)
    }
}
