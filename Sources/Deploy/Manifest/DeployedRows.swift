internal import Planning
internal import Vocabulary

/// Every file of a deploy as it was found or sent, packed: one of 200,000 is some hundred bytes.
struct DeployedRows: Sendable {
    /// What is known of one file.
    struct Row: Sendable {
        fileprivate let start: Int
        fileprivate let length: Int32
        /// Its place among those that are not named as their source is; -1 for all others.
        fileprivate let naming: Int32
        /// The file's status when it was deployed, or found deployed.
        let status: FileStatus
        /// The deployed size in bytes.
        let size: Int64
        /// SHA-256 of the deployed bytes.
        let sha256: SHA256
    }

    private var rows: [Row] = []
    /// The paths, one behind the other.
    private var names: [UInt8] = []
    /// The files that are not named as their source is, or made of another.
    private var named: [LocalFile] = []
    /// False where of some file it is not known what was deployed.
    private(set) var isComplete = true

    /// How many there are.
    var count: Int { rows.count }

    /// Adds a file; nil where its hash is not known.
    mutating func add(_ file: LocalFile, size: Int64, sha256: SHA256?) {
        guard let sha256 else {
            isComplete = false
            return
        }
        let isPlain = file == LocalFile(path: file.path, status: file.status)
        rows.append(
            Row(
                start: names.count, length: Int32(file.path.bytes.count), naming: isPlain ? -1 : Int32(named.count), status: file.status,
                size: size, sha256: sha256))
        names += file.path.bytes
        if !isPlain { named.append(file) }
    }

    /// Adds what was done for one file, where it was done.
    mutating func add(_ action: FileAction, _ outcome: Outcome) {
        switch (action, outcome) {
        case (_, .uploaded(_, _, let size, let sha256)): add(action.file, size: size, sha256: sha256)
        case (.send(let planned), .copied(_, _, let size)): add(planned.file, size: size, sha256: planned.copy?.sha256)
        case (.updateHeaders(let planned), .headersUpdated), (.updateHeaders(let planned), .adopted):
            add(planned.file, size: planned.object.size, sha256: planned.sha256)
        default: isComplete = false
        }
    }

    /// The file of a row.
    func file(_ row: Row) -> LocalFile {
        if row.naming >= 0 { return named[Int(row.naming)] }
        return LocalFile(path: Key(unchecked: Array(names[row.start..<row.start + Int(row.length)])), status: row.status)
    }

    /// The rows in byte order of their paths.
    func sorted() -> [Row] {
        names.withUnsafeBytes { names in
            rows.sorted { a, b in
                let (x, y) = (names[a.start..<a.start + Int(a.length)], names[b.start..<b.start + Int(b.length)])
                return x.lexicographicallyPrecedes(y)
            }
        }
    }
}
