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
    private var fingerprints: RecordInsertion<FingerprintRecord>
    private let deleteFingerprint: Statement
    private var objects: RecordInsertion<ObjectRecord>
    private let deleteObject: Statement
    private var names: RecordInsertion<NameRecord>
    private var pictures: RecordInsertion<PictureRecord>
    private let deletePicture: Statement
    private let replaceFact: Statement
    private let replaceDropped: Statement
    private let deleteDropped: Statement
    private let multiparts: MultipartStatements

    init(on connection: Connection) throws(SQLiteFault) {
        words = try Words(on: connection)
        fingerprints = try RecordInsertion(on: connection)
        deleteFingerprint = try Statement(FingerprintRecord.delete, on: connection)
        objects = try RecordInsertion(on: connection)
        deleteObject = try Statement(ObjectRecord.delete, on: connection)
        names = try RecordInsertion(on: connection)
        pictures = try RecordInsertion(on: connection)
        deletePicture = try Statement(PictureRecord.delete, on: connection)
        replaceFact = try Statement("INSERT OR REPLACE INTO facts VALUES(?1, ?2)", on: connection)
        replaceDropped = try Statement("INSERT OR REPLACE INTO dropped VALUES(?1, ?2)", on: connection)
        deleteDropped = try Statement("DELETE FROM dropped WHERE path = ?1", on: connection)
        multiparts = try MultipartStatements(on: connection)
    }

    /// Writes changes in such an order that each table sees those that concern it in theirs.
    mutating func apply(_ changes: [StateChange]) throws(SQLiteFault) {
        do throws(SQLiteFault) {
            for change in changes { try apply(change) }
            try flush()
        } catch {
            // What was not written is of a transaction that will be undone.
            fingerprints.forget()
            objects.forget()
            names.forget()
            pictures.forget()
            throw error
        }
    }

    private mutating func flush() throws(SQLiteFault) {
        try fingerprints.flush(&words)
        try objects.flush(&words)
        try names.flush(&words)
        try pictures.flush(&words)
    }

    private mutating func apply(_ change: StateChange) throws(SQLiteFault) {
        switch change {
        case .fingerprint(let path, let record): try fingerprints.add(path, record, &words)
        case .forgetFingerprint(let path):
            try flush()
            try delete(path, deleteFingerprint)
            try delete(path, deletePicture)
        case .object(let key, let record): try objects.add(key, record, &words)
        case .forgetObject(let key):
            try flush()
            try delete(key, deleteObject)
        case .name(let path, let record): try names.add(path, record, &words)
        case .picture(let path, let record): try pictures.add(path, record, &words)
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

    private func delete(_ key: Key, _ statement: Statement) throws(SQLiteFault) {
        statement.bind(1, blob: key.bytes)
        try statement.run()
    }
}
