internal import Glibc
internal import Source

/// A lock that the runs of one machine and user share: flock(2) on a file. The kernel frees it however its holder ends, so that a file that was
/// left behind locks nobody out, and none is ever removed.
final class LocalLock: Sendable {
    /// What came of an attempt.
    enum Attempt {
        case taken(LocalLock)
        /// Another process has it; who, where the file tells.
        case held(LockHolder?)
        /// There can be no lock in that folder; why.
        case impossible(SystemCause)
    }

    private let descriptor: Int32

    private init(_ descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    /// Frees the lock; so does the end of the process.
    func release() { flock(descriptor, LOCK_UN) }

    /// Takes the lock `name` in `folder` for `holder`, if it is free.
    static func attempt(_ name: String, in folder: LockFolder, for holder: LockHolder) -> Attempt {
        make(folder.path)
        let place = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | (folder.isShared ? O_NOFOLLOW : 0))
        guard place >= 0 else { return .impossible(SystemCause(errno)) }
        defer { close(place) }
        var status = stat()
        if folder.isShared, fstat(place, &status) != 0 || status.st_uid != geteuid() || status.st_mode & 0o022 != 0 {
            return .impossible(SystemCause(EPERM))
        }
        let descriptor = openat(place, name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { return .impossible(SystemCause(errno)) }
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            let code = errno
            if code == EINTR { continue }
            defer { close(descriptor) }
            return code == EWOULDBLOCK ? .held(read(descriptor)) : .impossible(SystemCause(code))
        }
        write(holder, to: descriptor)
        return .taken(LocalLock(descriptor))
    }

    private static func read(_ descriptor: Int32) -> LockHolder? {
        var bytes = [UInt8](repeating: 0, count: 512)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        return count > 0 ? LockHolder(line: String(decoding: bytes[..<count], as: UTF8.self)) : nil
    }

    /// Who holds it is a courtesy: that it cannot be written, on a full disk, takes nothing from the lock.
    private static func write(_ holder: LockHolder, to descriptor: Int32) {
        let bytes = Array(holder.line.utf8)
        if ftruncate(descriptor, 0) == 0 { _ = pwrite(descriptor, bytes, bytes.count, 0) }
    }

    private static func make(_ folder: String) {
        for slash in folder.utf8.indices.dropFirst() where folder.utf8[slash] == UInt8(ascii: "/") {
            mkdir(String(folder[..<slash]), 0o700)
        }
        mkdir(folder, 0o700)
    }
}
