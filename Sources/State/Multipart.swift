public import Vocabulary

/// A multipart upload under way, kept so that a run that was cut short can be resumed.
public struct MultipartUpload: Sendable, Hashable {
    /// The upload's id, as the store named it.
    public var uploadID: String
    /// The size of every part but the last, in bytes.
    public var partSize: Int64
    /// When it was begun, in nanoseconds since 1970.
    public var began: Int64
    /// The file's status when it was begun: parts of another file, or of another time of it, do not fit. The device is not kept.
    public var status: FileStatus
    /// The recipe that the deployed bytes are made by; nil for a file that no rule can touch.
    public var recipe: SHA256?

    /// Creates a record.
    public init(uploadID: String, partSize: Int64, began: Int64, status: FileStatus, recipe: SHA256?) {
        self.uploadID = uploadID
        self.partSize = partSize
        self.began = began
        self.status = status
        self.recipe = recipe
    }
}

/// A part that the store has.
public struct MultipartPart: Sendable, Hashable {
    /// Its number, from 1.
    public var number: Int
    /// Its size in bytes.
    public var size: Int64
    /// SHA-256 of its bytes.
    public var sha256: SHA256
    /// The tag that the store answered.
    public var etag: ETag

    /// Creates a record.
    public init(number: Int, size: Int64, sha256: SHA256, etag: ETag) {
        self.number = number
        self.size = size
        self.sha256 = sha256
        self.etag = etag
    }
}

/// Writes multipart uploads.
struct MultipartStatements {
    private let begin: Statement
    private let add: Statement
    private let endUpload: Statement
    private let endParts: Statement

    init(on connection: Connection) throws(SQLiteFault) {
        begin = try Statement("REPLACE INTO multipart_uploads VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)", on: connection)
        add = try Statement("REPLACE INTO multipart_parts VALUES(?1, ?2, ?3, ?4, ?5)", on: connection)
        endUpload = try Statement("DELETE FROM multipart_uploads WHERE key = ?1", on: connection)
        endParts = try Statement("DELETE FROM multipart_parts WHERE key = ?1", on: connection)
    }

    func begin(_ key: Key, _ upload: MultipartUpload, _ words: inout Words) throws(SQLiteFault) {
        try end(key)
        begin.bind(1, blob: key.bytes)
        begin.bind(2, text: upload.uploadID)
        begin.bind(3, upload.partSize)
        begin.bind(4, upload.began)
        begin.bind(5, upload.status.size)
        begin.bind(6, upload.status.modified)
        begin.bind(7, upload.status.changed)
        begin.bind(8, Int64(bitPattern: upload.status.inode))
        begin.bind(9, try upload.recipe.map { (digest) throws(SQLiteFault) in try words.shared(digest).number })
        try begin.run()
    }

    func add(_ key: Key, _ part: MultipartPart) throws(SQLiteFault) {
        add.bind(1, blob: key.bytes)
        add.bind(2, Int64(part.number))
        add.bind(3, part.size)
        add.bind(4, part.sha256)
        add.bind(5, tag: part.etag)
        try add.run()
    }

    func end(_ key: Key) throws(SQLiteFault) {
        for statement in [endUpload, endParts] {
            statement.bind(1, blob: key.bytes)
            try statement.run()
        }
    }
}

extension StateReader {
    /// The multipart uploads that were begun and not ended, in key order, each with the parts that the store has, in order of their numbers.
    ///
    /// What is read here is only a hint: whoever resumes an upload compares it with the store's own ListParts.
    public func multipartUploads() throws(StateError) -> [(key: Key, upload: MultipartUpload, parts: [MultipartPart])] {
        try reading { (connection, words) throws(SQLiteFault) in
            let select = try Statement("SELECT * FROM multipart_uploads ORDER BY key", on: connection)
            let parts = try Statement("SELECT * FROM multipart_parts WHERE key = ?1 ORDER BY number LIMIT 10000", on: connection)
            var found: [(key: Key, upload: MultipartUpload, parts: [MultipartPart])] = []
            while try select.step() {
                guard let key = Key(validating: select.blob(0)), let uploadID = select.text(1) else { continue }
                var recipe: SHA256?
                if !select.isNull(8) {
                    guard let digest = try words.word(select.integer(8))?.sha256 else { continue }
                    recipe = digest
                }
                let status = FileStatus(
                    size: select.integer(4), modified: select.integer(5), changed: select.integer(6),
                    inode: UInt64(bitPattern: select.integer(7)), device: 0)
                let upload = MultipartUpload(
                    uploadID: uploadID, partSize: select.integer(2), began: select.integer(3), status: status, recipe: recipe)
                found.append((key, upload, try self.parts(of: key, parts)))
            }
            return found
        }
    }

    private func parts(of key: Key, _ select: Statement) throws(SQLiteFault) -> [MultipartPart] {
        select.bind(1, blob: key.bytes)
        defer { select.reset() }
        var parts: [MultipartPart] = []
        while try select.step() {
            guard let number = Int(exactly: select.integer(1)), let sha256 = select.sha256(3), let etag = select.tag(4) else { continue }
            parts.append(MultipartPart(number: number, size: select.integer(2), sha256: sha256, etag: etag))
        }
        return parts
    }
}
