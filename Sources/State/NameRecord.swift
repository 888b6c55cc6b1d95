public import Vocabulary

/// The key that a layout gave to a file, remembered for as long as the file's status and what the key is made by are the same; and what of it no
/// other run could work out again, which holds for as long as the layout is the same.
public struct NameRecord: Sendable, Hashable {
    /// What `stat` said of the file when it was read; nil where that was too close to a write to be believed.
    public var status: FileStatus?
    /// Digest of the layout and of all else that the key was made by.
    public var recipe: SHA256
    /// Digest of the layout alone.
    public var layout: SHA256
    /// The key below the prefix.
    public var key: Key
    /// When the file was first seen, in microseconds since 1970.
    public var seen: Int64
    /// Its number among files whose keys are the same otherwise; nil where keys have none.
    public var index: Int?

    /// Creates a record.
    public init(status: FileStatus?, recipe: SHA256, layout: SHA256, key: Key, seen: Int64, index: Int?) {
        self.status = status
        self.recipe = recipe
        self.layout = layout
        self.key = key
        self.seen = seen
        self.index = index
    }

    /// True where a file with this status has the key still.
    public func holds(for status: FileStatus, recipe: SHA256) -> Bool {
        guard let kept = self.status else { return false }
        return kept.size == status.size && kept.modified == status.modified && kept.changed == status.changed && kept.inode == status.inode
            && self.recipe == recipe
    }
}

extension NameRecord: SortedRecord {
    static let table = "names"
    static let columns = ["path", "size", "modified", "changed", "inode", "recipe", "layout", "key", "seen", "number", "seal"]

    init?(_ row: Statement, key path: UnsafeRawBufferPointer, words: inout Words) throws(SQLiteFault) {
        guard let recipe = try words.word(row.integer(5)), let layout = try words.word(row.integer(6)), let recipeDigest = recipe.sha256,
            let layoutDigest = layout.sha256, let key = Key(validating: row.blob(7))
        else { return nil }
        status =
            row.isNull(1)
            ? nil
            : FileStatus(
                size: row.integer(1), modified: row.integer(2), changed: row.integer(3), inode: UInt64(bitPattern: row.integer(4)),
                device: 0)
        self.recipe = recipeDigest
        self.layout = layoutDigest
        self.key = key
        seen = row.integer(8)
        index = row.isNull(9) ? nil : Int(row.integer(9))
        guard seal(path, recipe.sum, layout.sum) == row.integer(10) else { return nil }
    }

    func bind(to insert: Statement, key path: [UInt8], words: inout Words) throws(SQLiteFault) {
        let recipe = try words.shared(recipe)
        let layout = try words.shared(layout)
        insert.bind(1, blob: path)
        insert.bind(2, status?.size)
        insert.bind(3, status?.modified)
        insert.bind(4, status?.changed)
        insert.bind(5, status.map { Int64(bitPattern: $0.inode) })
        insert.bind(6, recipe.number)
        insert.bind(7, layout.number)
        insert.bind(8, blob: key.bytes)
        insert.bind(9, seen)
        insert.bind(10, index.map(Int64.init))
        insert.bind(11, path.withUnsafeBytes { seal($0, recipe.sum, layout.sum) })
    }

    private func seal(_ path: UnsafeRawBufferPointer, _ recipe: UInt64, _ layout: UInt64) -> Int64 {
        var seal = Seal()
        seal.add(path)
        seal.add(status?.size)
        seal.add(status?.modified)
        seal.add(status?.changed)
        seal.add(status?.inode ?? 0)
        seal.add(recipe)
        seal.add(layout)
        key.bytes.withUnsafeBytes { seal.add($0) }
        seal.add(seen)
        seal.add(index.map(Int64.init))
        return seal.value
    }
}
