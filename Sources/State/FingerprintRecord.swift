public import Vocabulary

/// What bytes a file would be deployed as, remembered for as long as the file's status and the recipe are the same.
public struct FingerprintRecord: Sendable, Hashable {
    /// What `stat` said of the file before it was read. The device is not kept: its number changes when a disk is mounted anew.
    public var status: FileStatus
    /// The recipe that the bytes were made by; nil for a file that no rule can touch.
    public var recipe: SHA256?
    /// The deployed size in bytes.
    public var deployedSize: Int64
    /// SHA-256 of the deployed bytes.
    public var sha256: SHA256
    /// MD5 of the deployed bytes, where it was computed.
    public var md5: MD5?
    /// SHA-256 of what the deployed bytes were made of, where they differ and it was hashed: of a picture, its photo as it is deployed.
    public var sourceSHA256: SHA256?
    /// True where the recipe asked for a rewrite that was refused as unsafe, and the file is deployed as it is.
    public var isRefused: Bool

    /// Creates a record.
    public init(
        status: FileStatus, recipe: SHA256?, deployedSize: Int64, sha256: SHA256, md5: MD5? = nil, sourceSHA256: SHA256? = nil,
        isRefused: Bool = false
    ) {
        self.status = status
        self.recipe = recipe
        self.deployedSize = deployedSize
        self.sha256 = sha256
        self.md5 = md5
        self.sourceSHA256 = sourceSHA256
        self.isRefused = isRefused
    }

    /// True where the record speaks of a file with this status under this recipe.
    public func holds(for status: FileStatus, recipe: SHA256?) -> Bool {
        self.status.size == status.size && self.status.modified == status.modified && self.status.changed == status.changed
            && self.status.inode == status.inode && self.recipe == recipe
    }

    /// The time that must lie between the last write to a file and the moment its reading began, in nanoseconds.
    ///
    /// A file system's clock ticks in steps, of up to two seconds (FAT). A file read within the step of its last write can be written
    /// to once more without a change of its times: a fingerprint of that read would then be trusted wrongly for ever ("racy git").
    public static let quiet: Int64 = 2_000_000_000

    /// True where a fingerprint of a file with this status may be remembered. `readBegan` is the time of day in nanoseconds since 1970.
    public static func isTrustworthy(_ status: FileStatus, readBegan: Int64) -> Bool {
        let (limit, overflow) = readBegan.subtractingReportingOverflow(quiet)
        return !overflow && status.modified <= limit && status.changed <= limit
    }
}

extension FingerprintRecord: SortedRecord {
    static let table = "fingerprints"
    static let columns = [
        "path", "size", "modified", "changed", "inode", "recipe", "deployed_size", "sha256", "md5", "source_sha256", "refused", "seal",
    ]

    init?(_ row: Statement, key: UnsafeRawBufferPointer, words: inout Words) throws(SQLiteFault) {
        guard let sha256 = row.sha256(7) else { return nil }
        var recipe: Word?
        if !row.isNull(5) {
            guard let word = try words.word(row.integer(5)) else { return nil }
            recipe = word
        }
        status = FileStatus(
            size: row.integer(1), modified: row.integer(2), changed: row.integer(3), inode: UInt64(bitPattern: row.integer(4)), device: 0)
        self.recipe = recipe?.sha256
        deployedSize = row.isNull(6) ? status.size : row.integer(6)
        self.sha256 = sha256
        md5 = row.md5(8)
        sourceSHA256 = row.sha256(9)
        isRefused = row.integer(10) != 0
        guard seal(key, recipe?.sum) == row.integer(11) else { return nil }
    }

    func bind(to insert: Statement, key: [UInt8], words: inout Words) throws(SQLiteFault) {
        let recipe = try recipe.map { (digest) throws(SQLiteFault) in try words.shared(digest) }
        insert.bind(1, blob: key)
        insert.bind(2, status.size)
        insert.bind(3, status.modified)
        insert.bind(4, status.changed)
        insert.bind(5, Int64(bitPattern: status.inode))
        insert.bind(6, recipe?.number)
        insert.bind(7, deployedSize == status.size ? nil : deployedSize)
        insert.bind(8, sha256)
        insert.bind(9, md5)
        insert.bind(10, sourceSHA256)
        insert.bind(11, isRefused ? 1 : nil)
        insert.bind(12, key.withUnsafeBytes { seal($0, recipe?.sum) })
    }

    private func seal(_ key: UnsafeRawBufferPointer, _ recipe: UInt64?) -> Int64 {
        var seal = Seal()
        seal.add(key)
        seal.add(status.size)
        seal.add(status.modified)
        seal.add(status.changed)
        seal.add(status.inode)
        seal.add(recipe ?? 0)
        seal.add(deployedSize)
        seal.add(sha256)
        seal.add(md5)
        seal.add(sourceSHA256)
        seal.add(isRefused ? 1 : 0 as UInt64)
        return seal.value
    }
}
