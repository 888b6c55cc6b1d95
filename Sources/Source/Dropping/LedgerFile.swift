internal import Glibc
internal import Vocabulary

extension SourceFolder {
    /// The most that a ledger holds, in bytes: two million files.
    private static let ledgerLimit = 1 << 30

    /// What was dropped of this source; an empty ledger where there is no file of it.
    public func droppedLedger() throws(LedgerFault) -> DroppedLedger {
        // A link could lead to another source's.
        let name = Array(DroppedLedger.name.utf8)
        let found: Result<stat, SystemCause>
        do throws(Stall) {
            found = try watched(name) { [self] _ in
                var s = stat()
                return withCPath(name) { fstatat(descriptor, $0, &s, AT_SYMLINK_NOFOLLOW) } == 0 ? .success(s) : .failure(.last)
            }
        } catch {
            throw LedgerFault("it \(SourceError.stalled(error.waited))")
        }
        let s: stat
        do throws(SystemCause) { s = try found.get() } catch {
            if error.code == ENOENT { return DroppedLedger() }
            throw LedgerFault(error.description)
        }
        guard s.st_mode & S_IFMT == S_IFREG else { throw LedgerFault("it is no regular file") }
        guard s.st_size <= Self.ledgerLimit else { throw LedgerFault("it holds more than a ledger may") }
        let bytes: [UInt8]?
        do throws(SmallFileError) { bytes = try smallFile(at: name, limit: Int(s.st_size)) } catch {
            if case .unreadable(let cause) = error { throw LedgerFault(cause.description) }
            throw LedgerFault("it \(error)")
        }
        guard let bytes else { throw LedgerFault("it cannot be opened") }
        return try DroppedLedger(bytes)
    }

    /// Writes the ledger whole or not at all, down to the disk; an empty one removes the file. When this returns, a loss of power does not lose it.
    public func write(_ ledger: DroppedLedger) throws(SystemCause) {
        let name = Array(DroppedLedger.name.utf8)
        if ledger.files.isEmpty {
            _ = withCPath(Array("\(DroppedLedger.name).tmp".utf8)) { unlinkat(descriptor, $0, 0) }
            guard withCPath(name, { unlinkat(descriptor, $0, 0) }) == 0 || errno == ENOENT else { throw SystemCause.last }
            guard fsync(descriptor) == 0 else { throw SystemCause.last }
            return
        }
        // One name for all: whoever writes holds the folder's lock, and what a killed run has left is taken away by the next.
        let temporary = Array("\(DroppedLedger.name).tmp".utf8)
        _ = withCPath(temporary) { unlinkat(descriptor, $0, 0) }
        let file = withCPath(temporary) { openat(descriptor, $0, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o644) }
        guard file >= 0 else { throw SystemCause.last }
        do throws(SystemCause) {
            defer { close(file) }
            try ledger.document.write(to: file)
            guard fsync(file) == 0 else { throw SystemCause.last }
        } catch {
            _ = withCPath(temporary) { unlinkat(descriptor, $0, 0) }
            throw error
        }
        let renamed = withCPath(temporary) { from in withCPath(name) { renameat(descriptor, from, descriptor, $0) } }
        guard renamed == 0, fsync(descriptor) == 0 else {
            let cause = SystemCause.last
            _ = withCPath(temporary) { unlinkat(descriptor, $0, 0) }
            throw cause
        }
    }
}

extension [UInt8] {
    /// Writes all bytes to an open file.
    func write(to file: Int32) throws(SystemCause) {
        var at = 0
        while at < count {
            let n = withUnsafeBytes { Glibc.write(file, $0.baseAddress?.advanced(by: at), $0.count - at) }
            if n > 0 { at += n } else if n == 0 || errno != EINTR { throw SystemCause.last }
        }
    }
}
