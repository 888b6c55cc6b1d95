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

    private let prefix: [UInt8]
    private var names: [UInt8] = []
    private var entries: [Entry] = []
    private var at = 0
    private var mayHaveTwins = false
    let device: UInt64
    let inode: UInt64

    /// Reads the folder whose path is `prefix` ("" or ending in `/`). `judge` is asked of every name, with the rejection where there is one
    /// already; it answers whether the entry is to be walked.
    init(
        of prefix: [UInt8], in folder: SourceFolder, ancestors: [Listing], links: LinkSafety?,
        judge: (UnsafeRawBufferPointer, Rejection?) -> Bool
    ) throws(WalkFailure) {
        self.prefix = prefix
        let path = prefix.isEmpty ? [UInt8(ascii: ".")] : Array(prefix.dropLast())
        let descriptor = withCPath(path) { openat(folder.descriptor, $0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        guard descriptor >= 0 else { throw WalkFailure(path: Array(prefix.dropLast()), cause: .system(.last)) }
        guard let stream = fdopendir(descriptor) else {
            let cause = SystemCause.last
            close(descriptor)
            throw WalkFailure(path: Array(prefix.dropLast()), cause: .system(cause))
        }
        defer { closedir(stream) }
        var own = stat()
        guard fstat(descriptor, &own) == 0 else { throw WalkFailure(path: Array(prefix.dropLast()), cause: .system(.last)) }
        device = UInt64(own.st_dev)
        inode = UInt64(own.st_ino)
        for ancestor in ancestors where ancestor.device == device && ancestor.inode == inode {
            throw WalkFailure(path: Array(prefix.dropLast()), cause: .loop)
        }
        while true {
            errno = 0
            guard let record = readdir(stream) else {
                if errno != 0 { throw WalkFailure(path: Array(prefix.dropLast()), cause: .system(.last)) }
                break
            }
            add(record, in: descriptor, links: links, judge: judge)
        }
        sort()
    }

    private mutating func add(
        _ record: UnsafeMutablePointer<dirent>, in descriptor: Int32, links: LinkSafety?,
        judge: (UnsafeRawBufferPointer, Rejection?) -> Bool
    ) {
        guard let offset = MemoryLayout<dirent>.offset(of: \dirent.d_name) else { return }
        let name = UnsafeRawPointer(record).advanced(by: offset).assumingMemoryBound(to: CChar.self)
        let count = strlen(name)
        if name[0] == 46, count == 1 || count == 2 && name[1] == 46 { return }
        let bytes = UnsafeRawBufferPointer(start: name, count: count)
        guard judge(bytes, nil) else { return }

        var status = FileStatus(size: 0, modified: 0, changed: 0, inode: 0, device: 0)
        var isFolder = record.pointee.d_type == UInt8(DT_DIR)
        var rejection: Rejection?
        // Some file systems do not tell what is a link; what is none leads nowhere else.
        if [UInt8(DT_LNK), UInt8(DT_UNKNOWN)].contains(record.pointee.d_type), let links, links.leadsOut(name, of: descriptor) {
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
            _ = judge(bytes, rejection)
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

    mutating func next() -> Entry? {
        guard at < entries.count else { return nil }
        defer { at += 1 }
        return entries[at]
    }

    func path(of entry: Entry) -> [UInt8] {
        var path: [UInt8] = []
        path.reserveCapacity(prefix.count + Int(entry.count))
        path.append(contentsOf: prefix)
        path.append(contentsOf: names[Int(entry.start)..<Int(entry.start) + Int(entry.count)])
        return path
    }
}
