internal import Glibc
internal import Source
internal import Vocabulary

/// Writes a file whole or not at all: beside its place first, then renamed over it.
enum OutputFile {
    static func write(_ content: some ByteSource, to path: String, notOver original: FileStatus?) throws {
        guard path != "-" else { return try copy(content, to: STDOUT_FILENO, "standard output") }
        var existing = stat()
        if let original, stat(path, &existing) == 0, UInt64(existing.st_ino) == original.inode, UInt64(existing.st_dev) == original.device {
            throw Fault(.usage, "IN and OUT are the same file, and originals are never written to. Name another OUT.")
        }
        let temporary = path + ".galleria-\(getpid())"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw failure(path) }
        do {
            defer { close(descriptor) }
            try copy(content, to: descriptor, path)
            guard fsync(descriptor) == 0 else { throw failure(path) }
        } catch {
            unlink(temporary)
            throw error
        }
        guard rename(temporary, path) == 0 else {
            let fault = failure(path)
            unlink(temporary)
            throw fault
        }
    }

    private static func copy(_ content: some ByteSource, to descriptor: Int32, _ name: String) throws {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 16)
        defer { buffer.deallocate() }
        var at: Int64 = 0
        while at < content.size {
            let count: Int
            do { count = try content.read(into: buffer, at: at) } catch { throw Fault(.someFailed, "\(error)") }
            guard count > 0 else { throw Fault(.someFailed, "the photo ended early: it changed while it was read.") }
            var written = 0
            while written < count {
                let n = Glibc.write(descriptor, buffer.baseAddress.map { $0 + written }, count - written)
                if n > 0 { written += n } else if errno != EINTR { throw failure(name) }
            }
            at += Int64(count)
        }
    }

    private static func failure(_ name: String) -> Fault {
        Fault(.someFailed, "cannot write \(name.escapedForTerminal): \(SystemCause(errno)). Nothing was written there.")
    }
}
