internal import Glibc
internal import Source
internal import Vocabulary

/// An open file that an object is written to, or compared with.
final class OutputFile: ByteSource {
    let descriptor: Int32

    /// Takes over a descriptor.
    init(_ descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    var isRegular: Bool {
        var s = stat()
        return fstat(descriptor, &s) == 0 && s.st_mode & S_IFMT == S_IFREG
    }

    var size: Int64 {
        var s = stat()
        return fstat(descriptor, &s) == 0 ? Int64(s.st_size) : 0
    }

    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) throws -> Int {
        while true {
            let n = pread(descriptor, buffer.baseAddress, buffer.count, off_t(offset))
            if n >= 0 { return n }
            if errno != EINTR { throw OutputFault.system(SystemCause(errno)) }
        }
    }

    func write(_ bytes: some Collection<UInt8>, at offset: Int64) throws(OutputFault) {
        let all = ContiguousArray(bytes)
        var done = 0
        while done < all.count {
            let n = all.withUnsafeBytes {
                pwrite(descriptor, $0.baseAddress.map { $0 + done }, all.count - done, off_t(offset) + off_t(done))
            }
            if n > 0 { done += n } else if errno != EINTR { throw .system(SystemCause(errno)) }
        }
    }

    func cut(to size: Int64) throws(OutputFault) {
        if ftruncate(descriptor, off_t(size)) != 0 { throw .system(SystemCause(errno)) }
    }

    /// Waits until what was written is on the disk.
    func sync() throws(OutputFault) {
        if fsync(descriptor) != 0, errno != EINVAL { throw .system(SystemCause(errno)) }
    }

    /// A time that stays as it is (utimensat(2), UTIME_OMIT, which the Glibc module does not have).
    private static let omitted = (1 << 30) - 2

    /// Sets the time of the last change, in nanoseconds since 1970. That a file system keeps none is no fault.
    func setModified(_ time: Int64) {
        let seconds = time >= 0 ? time / 1_000_000_000 : -((999_999_999 - time) / 1_000_000_000)
        let times = [
            timespec(tv_sec: 0, tv_nsec: Self.omitted), timespec(tv_sec: time_t(seconds), tv_nsec: Int(time - seconds * 1_000_000_000)),
        ]
        futimens(descriptor, times)
    }
}

/// An unfinished file and its name.
struct PartialFile {
    let file: OutputFile
    let name: [UInt8]

    init(_ file: OutputFile, name: [UInt8]) {
        self.file = file
        self.name = name
    }
}
