internal import Digest
internal import Glibc
internal import Source
internal import Vocabulary

/// The place of one file: its folder, held open, and its name there.
public final class OutputPlace: Sendable {
    private let folder: Int32
    private let name: [UInt8]

    /// Takes over the folder's descriptor.
    init(folder: Int32, name: [UInt8]) {
        self.folder = folder
        self.name = name
    }

    deinit { close(folder) }

    /// The file that is there, open for reading; nil where there is nothing. Throws where something else is.
    func existing() throws(OutputFault) -> OutputFile? {
        var s = stat()
        guard withCName(name, { fstatat(folder, $0, &s, AT_SYMLINK_NOFOLLOW) }) == 0 else {
            if errno == ENOENT { return nil }
            throw .system(SystemCause(errno))
        }
        switch s.st_mode & S_IFMT {
        case S_IFREG: break
        case S_IFLNK: throw .inTheWay(.link)
        case S_IFDIR: throw .inTheWay(.folder)
        default: throw .inTheWay(.other)
        }
        let descriptor = withCName(name) { openat(folder, $0, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK) }
        guard descriptor >= 0 else { throw .system(SystemCause(errno)) }
        return OutputFile(descriptor)
    }

    /// The unfinished file of an object beside the place, with what an earlier run has written of the same object: locked, so that no two runs write it.
    ///
    /// Its name begins with a dot, which no deploy publishes unasked, and holds a digest of the object's identity, so that what was begun of another
    /// object is never gone on with. `sweeping` removes what earlier runs have left of other objects of the same name.
    func partial(of identity: SHA256, sweeping: Bool) throws(OutputFault) -> PartialFile {
        let (stem, temporary) = partialName(identity)
        if sweeping { removeOthers(of: stem, but: temporary) }
        for _ in 0..<2 {
            let descriptor = withCName(temporary) { openat(folder, $0, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, 0o666) }
            guard descriptor >= 0 else { throw errno == ELOOP ? .inTheWay(.link) : .system(SystemCause(errno)) }
            let file = OutputFile(descriptor)
            guard file.isRegular else { throw .inTheWay(.other) }
            guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { throw .busy }
            // The other run may have given it its name between the two calls.
            var (held, named) = (stat(), stat())
            if fstat(descriptor, &held) == 0, withCName(temporary, { fstatat(folder, $0, &named, AT_SYMLINK_NOFOLLOW) }) == 0,
                held.st_ino == named.st_ino, held.st_dev == named.st_dev
            {
                return PartialFile(file, name: temporary)
            }
        }
        throw .busy
    }

    /// Gives a finished file its name, in one step.
    func finish(_ partial: PartialFile) throws(OutputFault) {
        // rename(2) replaces a link by itself, but nobody is to lose one.
        _ = try existing()
        let done = withCName(partial.name) { from in withCName(name) { renameat(folder, from, folder, $0) } }
        guard done == 0 else { throw .system(SystemCause(errno)) }
    }

    /// Removes an unfinished file.
    func discard(_ partial: PartialFile) { withCName(partial.name) { _ = unlinkat(folder, $0, 0) } }

    /// Removes the file that is there.
    func remove() throws(OutputFault) {
        guard try existing() != nil else { return }
        guard withCName(name, { unlinkat(folder, $0, 0) }) == 0 else { throw .system(SystemCause(errno)) }
    }

    private func partialName(_ identity: SHA256) -> (stem: [UInt8], whole: [UInt8]) {
        let stem = Array((Self.partialPrefix + SHA256.digest(of: name).hex.prefix(16) + "-").utf8)
        return (stem, stem + Array(identity.hex.prefix(32).utf8))
    }

    /// What the names of unfinished files begin with.
    static let partialPrefix = ".galleria-part-"

    /// Only the latest object of a name is worth going on with; what was begun of those before it goes, unless another run writes it.
    private func removeOthers(of stem: [UInt8], but mine: [UInt8]) {
        let copy = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard copy >= 0, let entries = fdopendir(copy) else { return }
        defer { closedir(entries) }
        var found: [[UInt8]] = []
        while let entry = readdir(entries) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
            if name.starts(with: stem), name != mine { found.append(name) }
        }
        for name in found {
            let descriptor = withCName(name) { openat(folder, $0, O_RDWR | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK) }
            guard descriptor >= 0 else { continue }
            defer { close(descriptor) }
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { withCName(name) { _ = unlinkat(folder, $0, 0) } }
        }
    }
}
