public import Vocabulary

/// What bytes an object holds, for as long as its tag and size are the same.
public struct ObjectRecord: Sendable, Hashable {
    /// The entity tag; nil where the server told none.
    public var etag: ETag?
    /// The size in bytes.
    public var size: Int64
    /// The time of the last write as the listing told it, verbatim; nil until a listing showed this tag.
    public var lastModified: String?
    /// SHA-256 of the object's bytes.
    public var sha256: SHA256
    /// Digest of the header set that it was written with; nil where that is not known.
    public var headers: SHA256?
    /// The correction that its photo's capture time was given, in words, or that it is a picture made of a photo; nil for neither.
    public var correction: String?

    /// Creates a record.
    public init(
        etag: ETag?, size: Int64, lastModified: String? = nil, sha256: SHA256, headers: SHA256? = nil, correction: String? = nil
    ) {
        self.etag = etag
        self.size = size
        self.lastModified = lastModified
        self.sha256 = sha256
        self.headers = headers
        self.correction = correction
    }

    /// True where the record speaks of this object's bytes: same tag, same size.
    public func holds(for object: RemoteObject) -> Bool {
        guard let etag, etag != Self.noTag else { return false }
        return etag == object.etag && size == object.size
    }

    /// What a server that leaves tags out sends is no identity.
    private static let noTag = ETag("")

    /// The record as a listing row of the same tag makes it, or nil where nothing changes.
    ///
    /// The answer to a PUT has no time: it is adopted. Another time under the same tag means that the headers may have been replaced.
    public func adopting(lastModified listed: String) -> ObjectRecord? {
        guard lastModified != listed else { return nil }
        var record = self
        if lastModified != nil { record.headers = nil }
        record.lastModified = listed
        return record
    }
}

extension ObjectRecord: SortedRecord {
    static let table = "objects"
    static let columns = ["key", "etag", "size", "last_modified", "sha256", "headers", "correction", "seal"]

    init?(_ row: Statement, key: UnsafeRawBufferPointer, words: inout Words) throws(SQLiteFault) {
        guard let sha256 = row.sha256(4) else { return nil }
        var headers: Word?
        if !row.isNull(5) {
            guard let word = try words.word(row.integer(5)) else { return nil }
            headers = word
        }
        var correction: Word?
        if !row.isNull(6) {
            guard let word = try words.word(row.integer(6)) else { return nil }
            correction = word
        }
        etag = row.tag(1)
        size = row.integer(2)
        lastModified = row.text(3)
        self.sha256 = sha256
        self.headers = headers?.sha256
        self.correction = (correction?.bytes).map { String(decoding: $0, as: UTF8.self) }
        guard seal(key, headers?.sum, correction?.sum) == row.integer(7) else { return nil }
    }

    func bind(to insert: Statement, key: [UInt8], words: inout Words) throws(SQLiteFault) {
        let headers = try headers.map { (digest) throws(SQLiteFault) in try words.shared(digest) }
        let correction = try correction.map { (text) throws(SQLiteFault) in try words.shared(text) }
        insert.bind(1, blob: key)
        insert.bind(2, tag: etag)
        insert.bind(3, size)
        insert.bind(4, text: lastModified)
        insert.bind(5, sha256)
        insert.bind(6, headers?.number)
        insert.bind(7, correction?.number)
        insert.bind(8, key.withUnsafeBytes { seal($0, headers?.sum, correction?.sum) })
    }

    private func seal(_ key: UnsafeRawBufferPointer, _ headers: UInt64?, _ correction: UInt64?) -> Int64 {
        var seal = Seal()
        seal.add(key)
        seal.add(etag)
        seal.add(size)
        seal.add(lastModified)
        seal.add(sha256)
        seal.add(headers ?? 0)
        seal.add(correction ?? 0)
        return seal.value
    }
}
