public import Vocabulary

/// What the published manifest tells of a file's content and only its bytes could tell again.
public struct PictureRecord: Sendable, Hashable {
    /// SHA-256 of the deployed bytes that it speaks of.
    public var sha256: SHA256
    /// The file's status when it was read: what was before a correction belongs to that.
    public var status: FileStatus
    /// Width and height in pixels, where there are any.
    public var size: (width: Int, height: Int)?
    /// The capture time as deployed.
    public var taken: String?
    /// The capture time before; nil where there is none, or it was not looked for.
    public var takenBefore: String?
    /// SHA-256 of the file's own bytes, where it was looked for.
    public var sourceSHA256: SHA256?

    /// Creates a record.
    public init(
        sha256: SHA256, status: FileStatus, size: (width: Int, height: Int)?, taken: String?, takenBefore: String? = nil,
        sourceSHA256: SHA256? = nil
    ) {
        self.sha256 = sha256
        self.status = status
        self.size = size
        self.taken = taken
        self.takenBefore = takenBefore
        self.sourceSHA256 = sourceSHA256
    }

    /// Equality of all values; the device of the status is not kept.
    public static func == (a: PictureRecord, b: PictureRecord) -> Bool {
        a.sha256 == b.sha256 && a.status.isAs(b.status) && a.size?.width == b.size?.width && a.size?.height == b.size?.height
            && a.taken == b.taken && a.takenBefore == b.takenBefore && a.sourceSHA256 == b.sourceSHA256
    }

    /// Hashes the content's digest.
    public func hash(into hasher: inout Hasher) { hasher.combine(sha256) }
}

extension FileStatus {
    /// True for the status of the same file, read again after its disk was mounted anew.
    func isAs(_ other: FileStatus) -> Bool {
        size == other.size && modified == other.modified && changed == other.changed && inode == other.inode
    }
}

extension PictureRecord: SortedRecord {
    static let table = "pictures"
    static let columns = [
        "path", "sha256", "size", "modified", "changed", "inode", "width", "height", "taken", "taken_before", "source_sha256", "seal",
    ]

    init?(_ row: Statement, key: UnsafeRawBufferPointer, words: inout Words) throws(SQLiteFault) {
        guard let sha256 = row.sha256(1) else { return nil }
        let status = FileStatus(
            size: row.integer(2), modified: row.integer(3), changed: row.integer(4), inode: UInt64(bitPattern: row.integer(5)), device: 0)
        self.init(
            sha256: sha256, status: status,
            size: row.isNull(6) || row.isNull(7) ? nil : (Int(row.integer(6)), Int(row.integer(7))), taken: row.text(8),
            takenBefore: row.text(9), sourceSHA256: row.sha256(10))
        guard seal(key) == row.integer(11) else { return nil }
    }

    func bind(to insert: Statement, key: [UInt8], words: inout Words) throws(SQLiteFault) {
        insert.bind(1, blob: key)
        insert.bind(2, sha256)
        insert.bind(3, status.size)
        insert.bind(4, status.modified)
        insert.bind(5, status.changed)
        insert.bind(6, Int64(bitPattern: status.inode))
        insert.bind(7, size.map { Int64($0.width) })
        insert.bind(8, size.map { Int64($0.height) })
        insert.bind(9, text: taken)
        insert.bind(10, text: takenBefore)
        insert.bind(11, sourceSHA256)
        insert.bind(12, key.withUnsafeBytes { seal($0) })
    }

    private func seal(_ key: UnsafeRawBufferPointer) -> Int64 {
        var seal = Seal()
        seal.add(key)
        seal.add(sha256)
        seal.add(status.size)
        seal.add(status.modified)
        seal.add(status.changed)
        seal.add(status.inode)
        seal.add(size.map { Int64($0.width) })
        seal.add(size.map { Int64($0.height) })
        seal.add(taken)
        seal.add(takenBefore)
        seal.add(sourceSHA256)
        return seal.value
    }
}

extension StateReader {
    /// What is kept of the pictures of some files, by path, in any order.
    public func pictures(of paths: [Key]) throws(StateError) -> [Key: PictureRecord] {
        try reading { (connection, words) throws(SQLiteFault) in
            let columns = PictureRecord.columns.joined(separator: ", ")
            let select = try Statement("SELECT \(columns) FROM \(PictureRecord.table) WHERE path = ?1", on: connection)
            var found: [Key: PictureRecord] = [:]
            for path in paths {
                select.bind(1, blob: path.bytes)
                defer { select.reset() }
                guard try select.step() else { continue }
                found[path] = try PictureRecord.read(select, path.bytes, &words)
            }
            return found
        }
    }
}

extension PictureRecord {
    fileprivate static func read(_ row: Statement, _ key: [UInt8], _ words: inout Words) throws(SQLiteFault) -> PictureRecord? {
        let read = key.withUnsafeBytes { bytes -> Result<PictureRecord?, SQLiteFault> in
            Result { () throws(SQLiteFault) in try PictureRecord(row, key: bytes, words: &words) }
        }
        return try read.get()
    }
}
