public import Vocabulary

/// Something learnt that is worth keeping. Keys of objects are those below the destination's prefix.
public enum StateChange: Sendable {
    /// A file's fingerprint.
    case fingerprint(path: Key, FingerprintRecord)
    /// The source has no such file any more.
    case forgetFingerprint(path: Key)
    /// What an object holds.
    case object(key: Key, ObjectRecord)
    /// The bucket has no such object any more.
    case forgetObject(key: Key)
    /// The key that a layout gave to the file at a path.
    case name(path: Key, NameRecord)
    /// What the manifest tells of a picture.
    case picture(path: Key, PictureRecord)
    /// Something of the bucket as a whole, such as its region.
    case fact(name: String, value: String)
    /// A file was dropped from the source; its entry in the ledger.
    case dropped(path: Key, entry: String)
    /// It is back.
    case forgetDropped(path: Key)
    /// A multipart upload was begun; it takes the place of an earlier one of the same key.
    case multipartBegan(key: Key, MultipartUpload)
    /// The store has a part of the multipart upload of a key.
    case multipartPart(key: Key, MultipartPart)
    /// The multipart upload of a key was completed or given up.
    case multipartEnded(key: Key)
}

/// Writes changes through one connection's statements.
struct ChangeStatements {
    private var words: Words
    private let replaceFingerprint: Statement
    private let deleteFingerprint: Statement
    private let replaceObject: Statement
    private let deleteObject: Statement
    private let replaceName: Statement
    private let replacePicture: Statement
    private let deletePicture: Statement
    private let replaceFact: Statement
    private let replaceDropped: Statement
    private let deleteDropped: Statement
    private let multiparts: MultipartStatements

    init(on connection: Connection) throws(SQLiteFault) {
        words = try Words(on: connection)
        replaceFingerprint = try Statement(FingerprintRecord.replace, on: connection)
        deleteFingerprint = try Statement(FingerprintRecord.delete, on: connection)
        replaceObject = try Statement(ObjectRecord.replace, on: connection)
        deleteObject = try Statement(ObjectRecord.delete, on: connection)
        replaceName = try Statement(NameRecord.replace, on: connection)
        replacePicture = try Statement(PictureRecord.replace, on: connection)
        deletePicture = try Statement(PictureRecord.delete, on: connection)
        replaceFact = try Statement("INSERT OR REPLACE INTO facts VALUES(?1, ?2)", on: connection)
        replaceDropped = try Statement("INSERT OR REPLACE INTO dropped VALUES(?1, ?2)", on: connection)
        deleteDropped = try Statement("DELETE FROM dropped WHERE path = ?1", on: connection)
        multiparts = try MultipartStatements(on: connection)
    }

    mutating func apply(_ change: StateChange) throws(SQLiteFault) {
        switch change {
        case .fingerprint(let path, let record): try replace(record, path, replaceFingerprint)
        case .forgetFingerprint(let path):
            try delete(path, deleteFingerprint)
            try delete(path, deletePicture)
        case .object(let key, let record): try replace(record, key, replaceObject)
        case .forgetObject(let key): try delete(key, deleteObject)
        case .name(let path, let record): try replace(record, path, replaceName)
        case .picture(let path, let record): try replace(record, path, replacePicture)
        case .fact(let name, let value):
            replaceFact.bind(1, text: name)
            replaceFact.bind(2, text: value)
            try replaceFact.run()
        case .dropped(let path, let entry):
            replaceDropped.bind(1, blob: path.bytes)
            replaceDropped.bind(2, text: entry)
            try replaceDropped.run()
        case .forgetDropped(let path): try delete(path, deleteDropped)
        case .multipartBegan(let key, let upload): try multiparts.begin(key, upload, &words)
        case .multipartPart(let key, let part): try multiparts.add(key, part)
        case .multipartEnded(let key): try multiparts.end(key)
        }
    }

    private mutating func replace(_ record: some SortedRecord, _ key: Key, _ statement: Statement) throws(SQLiteFault) {
        try record.bind(to: statement, key: key.bytes, words: &words)
        try statement.run()
    }

    private func delete(_ key: Key, _ statement: Statement) throws(SQLiteFault) {
        statement.bind(1, blob: key.bytes)
        try statement.run()
    }
}
