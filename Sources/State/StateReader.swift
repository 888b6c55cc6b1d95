public import Vocabulary

/// Reads a state database in one pass beside the walk and the listing. Used by one task at a time.
///
/// Its connection is its own, and no statement stays open between two calls.
public final class StateReader {
    private let path: String
    private let connection: Connection
    private var words: Words
    private var fingerprints: SortedRows<FingerprintRecord>
    private var objects: SortedRows<ObjectRecord>

    /// Opens a connection for reading.
    public init(_ database: StateDatabase) throws(StateError) {
        path = database.path
        connection = try database.connect()
        do throws(SQLiteFault) {
            words = try Words(on: connection)
            fingerprints = try SortedRows(on: connection)
            objects = try SortedRows(on: connection)
        } catch {
            throw .failed(.read, path: database.path, error.cause)
        }
    }

    /// The fingerprint kept for a path. Paths are asked for in ascending order; those kept in between go to `passing`.
    public func fingerprint(of path: Key, passing: (Key) -> Void) throws(StateError) -> FingerprintRecord? {
        do throws(SQLiteFault) { return try fingerprints.record(of: path, words: &words, passing: passing) } catch { throw failed(error) }
    }

    /// What is kept of the object at a key below the prefix. Keys are asked for in ascending order; those kept in between go to `passing`.
    public func object(at key: Key, passing: (Key) -> Void) throws(StateError) -> ObjectRecord? {
        do throws(SQLiteFault) { return try objects.record(of: key, words: &words, passing: passing) } catch { throw failed(error) }
    }

    /// Hands the paths that come after the last one asked for to `passing`.
    public func passRemainingFingerprints(_ passing: (Key) -> Void) throws(StateError) {
        do throws(SQLiteFault) { try fingerprints.passRest(words: &words, passing: passing) } catch { throw failed(error) }
    }

    /// Hands the keys that come after the last one asked for to `passing`.
    public func passRemainingObjects(_ passing: (Key) -> Void) throws(StateError) {
        do throws(SQLiteFault) { try objects.passRest(words: &words, passing: passing) } catch { throw failed(error) }
    }

    /// What is kept of the bucket as a whole under a name. It is no more than a hint: whoever uses it must bear that it is wrong.
    public func fact(_ name: String) throws(StateError) -> String? {
        try reading { (connection, _) throws(SQLiteFault) in
            let select = try Statement("SELECT value FROM facts WHERE name = ?1", on: connection)
            select.bind(1, text: name)
            return try select.step() ? select.text(0) : nil
        }
    }

    /// The files that were dropped from the source, each with its entry in the ledger.
    public func dropped() throws(StateError) -> [(path: Key, entry: String)] {
        try reading { (connection, _) throws(SQLiteFault) in
            let select = try Statement("SELECT path, entry FROM dropped ORDER BY path", on: connection)
            var found: [(path: Key, entry: String)] = []
            while try select.step() {
                if let path = Key(validating: [UInt8](select.blob(0))) { found.append((path, select.text(1) ?? "")) }
            }
            return found
        }
    }

    /// Every `step`th key of the objects below the prefix that has another after it, in order: where a listing may be cut into ranges of as
    /// many keys.
    public func objectKeys(every step: Int) throws(StateError) -> [Key] {
        try reading { (connection, _) throws(SQLiteFault) in
            let select = try Statement("SELECT key FROM objects WHERE key > ?1 ORDER BY key LIMIT 2 OFFSET ?2", on: connection)
            select.bind(2, Int64(max(step, 1) - 1))
            var keys: [Key] = []
            var last: [UInt8] = []
            while true {
                select.bind(1, blob: last)
                defer { select.reset() }
                guard try select.step() else { return keys }
                let key = [UInt8](select.blob(0))
                guard compareBytes(last, key) < 0 else { throw .damaged("rows of objects are out of order") }
                last = key
                guard try select.step() else { return keys }
                if let key = Key(validating: key) { keys.append(key) }
            }
        }
    }

    /// True where anything is kept of any object.
    public var hasObjects: Bool {
        get throws(StateError) {
            try reading { (connection, _) throws(SQLiteFault) in try Statement("SELECT 1 FROM objects LIMIT 1", on: connection).step() }
        }
    }

    /// The objects whose records are wanted, in order, in a pass of its own.
    public func objects(where isWanted: (ObjectRecord) -> Bool) throws(StateError) -> [(path: Key, record: ObjectRecord)] {
        try reading { (connection, words) throws(SQLiteFault) in
            var rows = try SortedRows<ObjectRecord>(on: connection)
            var found: [(path: Key, record: ObjectRecord)] = []
            try rows.forEach(words: &words) { if isWanted($1), let path = $0() { found.append((path, $1)) } }
            return found
        }
    }

    /// The keys that a layout gave to files, by their paths, in a pass of its own.
    public func names() throws(StateError) -> [Key: NameRecord] {
        try reading { (connection, words) throws(SQLiteFault) in
            var rows = try SortedRows<NameRecord>(on: connection)
            var found: [Key: NameRecord] = [:]
            try rows.forEach(words: &words) { if let path = $0() { found[path] = $1 } }
            return found
        }
    }

    /// Runs statements that are done when `body` ends.
    func reading<R>(_ body: (Connection, inout Words) throws(SQLiteFault) -> R) throws(StateError) -> R {
        do throws(SQLiteFault) { return try body(connection, &words) } catch { throw failed(error) }
    }

    private func failed(_ fault: SQLiteFault) -> StateError { .failed(.read, path: path, fault.cause) }
}
