public import Vocabulary

/// One run, as the history keeps it. Times are in nanoseconds since 1970.
public struct RunRecord: Sendable, Hashable {
    /// When it began.
    public var started: Int64
    /// When it ended.
    public var ended: Int64
    /// Files sent.
    public var uploaded = 0
    /// Objects whose headers alone were replaced.
    public var headerUpdates = 0
    /// Files that the bucket held already.
    public var unchanged = 0
    /// Objects deleted.
    public var deleted = 0
    /// Files and keys that failed.
    public var failed = 0
    /// Bytes deployed.
    public var bytes: Int64 = 0
    /// The exit status.
    public var exitStatus: Int32

    /// Creates a record with all counts 0.
    public init(started: Int64, ended: Int64, exitStatus: Int32) {
        self.started = started
        self.ended = ended
        self.exitStatus = exitStatus
    }
}

/// One thing that a run did.
public struct RunChange: Sendable, Hashable {
    /// The action, such as `upload` or `delete`.
    public var action: String
    /// Why, such as `new`; nil where there is nothing to say.
    public var reason: String?
    /// The key below the prefix.
    public var key: Key
    /// The size in bytes, where there is one.
    public var size: Int64?

    /// Creates a record.
    public init(action: String, reason: String?, key: Key, size: Int64?) {
        self.action = action
        self.reason = reason
        self.key = key
        self.size = size
    }
}

/// The history of a destination's runs.
public struct RunHistory: Sendable {
    private let database: StateDatabase

    /// The history in `database`.
    public init(_ database: StateDatabase) { self.database = database }

    /// Adds a run with what it changed, at once or not at all; answers its number.
    @discardableResult
    public func append(_ run: RunRecord, changes: [RunChange]) throws(StateError) -> Int64 {
        let connection = try database.connect()
        do throws(SQLiteFault) {
            return try connection.writing { () throws(SQLiteFault) in
                let insertRun = try Statement(
                    "INSERT INTO runs VALUES(NULL, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)", on: connection)
                let counts = [run.uploaded, run.headerUpdates, run.unchanged, run.deleted, run.failed].map { Int64($0) }
                for (index, value) in ([run.started, run.ended] + counts + [run.bytes, Int64(run.exitStatus)]).enumerated() {
                    insertRun.bind(Int32(index + 1), value)
                }
                try insertRun.run()
                let number = try connection.integer("SELECT last_insert_rowid()")
                let insertChange = try Statement("INSERT INTO run_changes VALUES(?1, ?2, ?3, ?4, ?5, ?6)", on: connection)
                for (position, change) in changes.enumerated() {
                    insertChange.bind(1, number)
                    insertChange.bind(2, Int64(position))
                    insertChange.bind(3, text: change.action)
                    insertChange.bind(4, text: change.reason)
                    insertChange.bind(5, blob: change.key.bytes)
                    insertChange.bind(6, change.size)
                    try insertChange.run()
                }
                return number
            }
        } catch {
            throw .failed(.write, path: database.path, error.cause)
        }
    }

    /// The last runs, the latest first.
    public func runs(limit: Int) throws(StateError) -> [(number: Int64, run: RunRecord)] {
        try reading("SELECT * FROM runs ORDER BY id DESC LIMIT ?1", Int64(limit)) { row in
            func count(_ column: Int32) -> Int { Int(row.integer(column)) }
            var run = RunRecord(started: row.integer(1), ended: row.integer(2), exitStatus: Int32(truncatingIfNeeded: row.integer(9)))
            run.uploaded = count(3)
            run.headerUpdates = count(4)
            run.unchanged = count(5)
            run.deleted = count(6)
            run.failed = count(7)
            run.bytes = row.integer(8)
            return (row.integer(0), run)
        }
    }

    /// What a run changed, in the order in which it did.
    public func changes(of number: Int64) throws(StateError) -> [RunChange] {
        try reading("SELECT action, reason, key, size FROM run_changes WHERE run = ?1 ORDER BY position", number) { row in
            Key(validating: row.blob(2)).map { key in
                RunChange(action: row.text(0) ?? "", reason: row.text(1), key: key, size: row.isNull(3) ? nil : row.integer(3))
            }
        }
    }

    private func reading<R>(_ sql: String, _ parameter: Int64, _ body: (Statement) -> R?) throws(StateError) -> [R] {
        let connection = try database.connect()
        do throws(SQLiteFault) {
            let select = try Statement(sql, on: connection)
            select.bind(1, parameter)
            var rows: [R] = []
            while try select.step() {
                if let row = body(select) { rows.append(row) }
            }
            return rows
        } catch {
            throw .failed(.read, path: database.path, error.cause)
        }
    }
}
