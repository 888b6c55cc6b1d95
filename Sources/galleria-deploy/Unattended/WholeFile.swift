internal import Glibc
internal import Source
internal import Vocabulary

/// A file that is there whole or not at all: written beside its place, then renamed over what is there.
enum WholeFile {
    /// Writes `bytes`; answers why that failed. The permissions are what the umask leaves.
    static func write(_ bytes: [UInt8], to path: String) -> SystemCause? {
        let temporary = path + ".galleria-\(getpid())"
        // What a run that was killed left behind under the same number is not anybody's.
        unlink(temporary)
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOCTTY, 0o666)
        guard descriptor >= 0 else { return SystemCause(errno) }
        var cause: SystemCause?
        var rest = bytes[...]
        while cause == nil, !rest.isEmpty {
            let n = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if n > 0 { rest = rest.dropFirst(n) } else if errno != EINTR { cause = SystemCause(errno) }
        }
        if cause == nil, fsync(descriptor) != 0 { cause = SystemCause(errno) }
        close(descriptor)
        if cause == nil, rename(temporary, path) != 0 { cause = SystemCause(errno) }
        if cause != nil { unlink(temporary) }
        return cause
    }
}
