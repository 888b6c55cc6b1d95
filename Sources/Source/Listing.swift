internal import Glibc
internal import Vocabulary

/// One folder's entries, read at once and sorted for the walk. Names lie in one array: a folder of 200,000 files costs a few allocations.
struct Listing {
    struct Entry {
        var start: Int32
        var count: Int16
        var isFolder: Bool
        var status: FileStatus
    }

    enum Rejection {
        case excluded(Exclusion)
        case failed(WalkFailure.Cause)
    }

    /// An entry that is not walked, and why.
    struct Rejected {
        let name: [UInt8]
        let rejection: Rejection
    }

    private let prefix: [UInt8]
    private var names: [UInt8] = []
    private var entries: [Entry] = []
    private var at = 0
    private var mayHaveTwins = false
    /// Which folder it is.
    let identity: FileStatus.Identity
    /// Whether an entry has the sought name, whatever the case of its letters: some file systems hold both for one.
    private(set) var holdsSought = false
    private let sought: [UInt8]
    /// What is not walked, in the order of the folder; taken by the walk.
    private var rejected: [Rejected] = []

    /// Reads the folder whose path is `prefix` ("" or ending in `/`), with one step of `mark` for each call that may stand still. `exclusion` is asked of
    /// every name before anything else is; nothing else of the walk is touched, so that a folder can be read on any thread, and left.
    init(
        of prefix: [UInt8], in folder: SourceFolder, ancestors: [FileStatus.Identity], links: LinkSafety?,
        excluding exclusion: (UnsafeRawBufferPointer) -> Exclusion?, seeking sought: [UInt8], mark: StallMark
    ) throws(WalkFailure.Cause) {
        self.prefix = prefix
        self.sought = sought
        let path = prefix.isEmpty ? [UInt8(ascii: ".")] : Array(prefix.dropLast())
        let descriptor = withCPath(path) { openat(folder.descriptor, $0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        guard descriptor >= 0 else { throw .system(.last) }
        guard let stream = fdopendir(descriptor) else {
            let cause = SystemCause.last
            close(descriptor)
            throw .system(cause)
        }
        defer { closedir(stream) }
        mark.step()
        var own = stat()
        guard fstat(descriptor, &own) == 0 else { throw .system(.last) }
        identity = FileStatus(own).identity
        if ancestors.contains(identity) { throw .loop }
        while !mark.isAbandoned {
            mark.step()
            errno = 0
            guard let record = readdir(stream) else {
                if errno != 0 { throw .system(.last) }
                break
            }
            add(record, in: descriptor, of: folder, links: links, excluding: exclusion, mark: mark)
        }
        sort()
    }

    private mutating func add(
        _ record: UnsafeMutablePointer<dirent>, in descriptor: Int32, of folder: SourceFolder, links: LinkSafety?,
        excluding exclusion: (UnsafeRawBufferPointer) -> Exclusion?, mark: StallMark
    ) {
        guard let offset = MemoryLayout<dirent>.offset(of: \dirent.d_name) else { return }
        let name = UnsafeRawPointer(record).advanced(by: offset).assumingMemoryBound(to: CChar.self)
        let count = strlen(name)
        if name[0] == 46, count == 1 || count == 2 && name[1] == 46 { return }
        let bytes = UnsafeRawBufferPointer(start: name, count: count)
        if count == sought.count, zip(bytes, sought).allSatisfy({ $0 | 0x20 == $1 | 0x20 }) { holdsSought = true }
        if let reason = exclusion(bytes) {
            rejected.append(Rejected(name: Array(bytes), rejection: .excluded(reason)))
            return
        }

        let mayBeLink = [UInt8(DT_LNK), UInt8(DT_UNKNOWN)].contains(record.pointee.d_type)
        if mayBeLink {
            let name = Array(bytes)
            if folder.stalls.cover(prefix + name) {
                rejected.append(Rejected(name: name, rejection: .failed(.stalled(folder.stallLimit))))
                return
            }
            mark.follow(name)
        }
        defer { if mayBeLink { mark.follow(nil) } }

        var status = FileStatus(size: 0, modified: 0, changed: 0, inode: 0, device: 0)
        var isFolder = record.pointee.d_type == UInt8(DT_DIR)
        var rejection: Rejection?
        // Some file systems do not tell what is a link; what is none leads nowhere else.
        if mayBeLink, let links, links.leadsOut(name, of: descriptor) {
            rejection = .excluded(.unsafeLink)
        } else if !isFolder {
            var s = stat()
            if fstatat(descriptor, name, &s, 0) != 0 {
                let cause = SystemCause.last
                let isLink = record.pointee.d_type == UInt8(DT_LNK)
                rejection = .failed(isLink && cause.code == ENOENT ? .danglingLink : isLink && cause.code == ELOOP ? .loop : .system(cause))
            } else {
                status = FileStatus(s)
                switch s.st_mode & S_IFMT {
                case S_IFDIR: isFolder = true
                case S_IFREG: break
                default: rejection = .excluded(.special)
                }
            }
        }
        // A name's bytes are ASCII nearly always; only the others are decoded to be validated.
        if rejection == nil, bytes.contains(where: { $0 >= 0x80 }) {
            if Key(validating: bytes) == nil { rejection = .failed(.notUTF8) }
            if !mayHaveTwins { mayHaveTwins = NameTwins.mayBeDecomposed(bytes) }
        }
        if let rejection {
            rejected.append(Rejected(name: Array(bytes), rejection: rejection))
        } else {
            entries.append(Entry(start: Int32(names.count), count: Int16(count), isFolder: isFolder, status: status))
            names.append(contentsOf: bytes)
        }
    }

    private mutating func sort() {
        names.withUnsafeBufferPointer { names in
            guard let base = names.baseAddress else { return }
            entries.sort { a, b in
                let x = base + Int(a.start)
                let y = base + Int(b.start)
                let n = Int(min(a.count, b.count))
                let order = memcmp(x, y, n)
                if order != 0 { return order < 0 }
                // Equal so far: the longer name goes on, a folder's with its slash, a file's ends.
                let p = a.count > n ? Int(x[n]) : a.isFolder ? 0x2f : -1
                let q = b.count > n ? Int(y[n]) : b.isFolder ? 0x2f : -1
                return p < q
            }
        }
    }

    /// Names that Unicode holds for the same.
    var twins: [(first: [UInt8], second: [UInt8])] {
        guard mayHaveTwins else { return [] }
        return NameTwins.pairs(among: entries.map { names[Int($0.start)..<Int($0.start) + Int($0.count)] })
    }

    /// The rejected entries, which are let go of.
    mutating func takeRejected() -> [Rejected] {
        defer { rejected = [] }
        return rejected
    }

    /// The next entry and its path.
    mutating func next() -> (entry: Entry, path: [UInt8])? {
        guard at < entries.count else { return nil }
        defer { at += 1 }
        let entry = entries[at]
        var path: [UInt8] = []
        path.reserveCapacity(prefix.count + Int(entry.count))
        path.append(contentsOf: prefix)
        path.append(contentsOf: names[Int(entry.start)..<Int(entry.start) + Int(entry.count)])
        return (entry, path)
    }
}
