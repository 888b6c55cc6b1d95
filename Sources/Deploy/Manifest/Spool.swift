internal import Digest
internal import Glibc
internal import Source
internal import Vocabulary

/// Text of any size that is written once and then sent: in a file without a name, which ends with the process, however that ends.
final class Spool: ByteSource {
    private let descriptor: Int32
    /// The size in bytes.
    let size: Int64
    /// SHA-256 of what was written.
    let sha256: SHA256

    private init(_ descriptor: Int32, _ size: Int64, _ sha256: SHA256) {
        self.descriptor = descriptor
        self.size = size
        self.sha256 = sha256
    }

    deinit { close(descriptor) }

    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) throws -> Int {
        while true {
            let count = pread(descriptor, buffer.baseAddress, buffer.count, off_t(offset))
            if count >= 0 { return count }
            if errno != EINTR { throw ManifestStop.spool(SystemCause(errno)) }
        }
    }

    /// Takes the text piece by piece.
    struct Writer: ~Copyable {
        private let descriptor: Int32
        private var isHandedOver = false
        private var pending: [UInt8] = []
        private var size: Int64 = 0
        private var hasher = SHA256Hasher()

        /// Makes the file in `folder`.
        init(in folder: String) throws(ManifestStop) {
            var name = Array("\(folder)/galleria-XXXXXX".utf8CString)
            descriptor = mkstemp(&name)
            if descriptor < 0 { throw .spool(SystemCause(errno)) }
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
            unlink(name)
        }

        deinit { if !isHandedOver { close(descriptor) } }

        mutating func write(_ bytes: [UInt8]) throws(ManifestStop) {
            pending += bytes
            if pending.count >= 1 << 18 { try flush() }
        }

        private mutating func flush() throws(ManifestStop) {
            hasher.update(pending)
            size += Int64(pending.count)
            var rest = pending[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
                if count > 0 { rest = rest.dropFirst(count) } else if errno != EINTR { throw .spool(SystemCause(errno)) }
            }
            pending.removeAll(keepingCapacity: true)
        }

        /// Ends the writing.
        consuming func finish() throws(ManifestStop) -> Spool {
            try flush()
            isHandedOver = true
            return Spool(descriptor, size, hasher.finalize())
        }
    }
}
