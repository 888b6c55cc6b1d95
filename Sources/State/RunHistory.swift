public import Vocabulary

/// One run, as the history keeps it. Times are in nanoseconds since 1970.
public struct RunRecord: Sendable, Hashable {
    /// When it began.
    public var started: Int64
    /// When it ended.
    public var ended: Int64
    /// The target's name in the configuration file; nil where it has none.
    public var target: String?
    /// Files sent.
    public var uploaded = 0
    /// New files whose bytes were copied on the server.
    public var copied = 0
    /// Objects whose headers alone were replaced.
    public var headerUpdates = 0
    /// Files that the bucket held already.
    public var unchanged = 0
    /// Objects deleted.
    public var deleted = 0
    /// Files and keys that failed.
    public var failed = 0
    /// Actions of the plan that were not done.
    public var left = 0
    /// Bytes deployed.
    public var bytes: Int64 = 0
    /// The exit status.
    public var exitStatus: Int32
    /// Why the run ended before its end, where it did.
    public var fault: String?

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
    private let limits: Limits

    /// How much is kept. What is older goes with the next run.
    public struct Limits: Sendable {
        /// The most runs.
        public var runs: Int
        /// The most changes of all runs together.
        public var changes: Int

        /// Limits; without numbers, a thousand runs and 100,000 changes: some ten megabytes.
        public init(runs: Int = 1000, changes: Int = 100_000) {
            self.runs = runs
            self.changes = changes
        }
    }

    /// The history in `database`.
    public init(_ database: StateDatabase, limits: Limits = Limits()) {
        self.database = database
        self.limits = limits
    }

    /// Adds a run with what it changed, at once or not at all; answers its number.
    @discardableResult
    public func append(_ run: RunRecord, changes: [RunChange]) throws(StateError) -> Int64 {
        let connection = try database.connect()
        do throws(SQLiteFault) {
            return try connection.writing { () throws(SQLiteFault) in
                let insertRun = try Statement(
                    "INSERT INTO runs VALUES(NULL, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)", on: connection)
                insertRun.bind(1, run.started)
                insertRun.bind(2, run.ended)
                insertRun.bind(3, text: run.target)
                let counts = [run.uploaded, run.copied, run.headerUpdates, run.unchanged, run.deleted, run.failed, run.left]
                for (index, count) in counts.enumerated() { insertRun.bind(Int32(index + 4), Int64(count)) }
                insertRun.bind(11, run.bytes)
                insertRun.bind(12, Int64(run.exitStatus))
                insertRun.bind(13, text: run.fault)
                try insertRun.run()
                let number = try connection.integer("SELECT last_insert_rowid()")
                let insertion = try Insertion("INSERT INTO run_changes", columns: 6, on: connection)
                try insertion.run(changes.indices) { (statement, position) in
                    statement.bind(1, number)
                    statement.bind(2, Int64(position))
                    statement.bind(3, text: changes[position].action)
                    statement.bind(4, text: changes[position].reason)
                    statement.bind(5, blob: changes[position].key.bytes)
                    statement.bind(6, changes[position].size)
                }
                try forget(after: number, on: connection)
                return number
            }
        } catch {
            throw .failed(.write, path: database.path, error.cause)
        }
    }

    /// Removes what the limits leave no room for: runs by their number, changes of whole runs, the oldest first. The last run keeps its own.
    private func forget(after number: Int64, on connection: Connection) throws(SQLiteFault) {
        let deleteRuns = try Statement("DELETE FROM runs WHERE id <= ?1", on: connection)
        deleteRuns.bind(1, number - Int64(limits.runs))
        try deleteRuns.run()
        let oldest = try Statement(
            "SELECT min(id) FROM (SELECT id, sum(n) OVER (ORDER BY id DESC) AS total FROM "
                + "(SELECT run AS id, count(*) AS n FROM run_changes GROUP BY run)) WHERE total <= ?1 OR id = ?2", on: connection)
        oldest.bind(1, Int64(limits.changes))
        oldest.bind(2, number)
        let first = try oldest.step() && !oldest.isNull(0) ? oldest.integer(0) : number
        oldest.reset()
        let deleteChanges = try Statement("DELETE FROM run_changes WHERE run < ?1 OR run <= ?2", on: connection)
        deleteChanges.bind(1, first)
        deleteChanges.bind(2, number - Int64(limits.runs))
        try deleteChanges.run()
    }

    /// The last runs, the latest first.
    public func runs(limit: Int) throws(StateError) -> [(number: Int64, run: RunRecord)] {
        try reading("SELECT * FROM runs ORDER BY id DESC LIMIT ?1", Int64(limit), Self.run)
    }

    /// The run of that number; nil where there is none, or none any more.
    public func run(_ number: Int64) throws(StateError) -> RunRecord? {
        try reading("SELECT * FROM runs WHERE id = ?1", number, Self.run).first?.run
    }

    private static func run(_ row: Statement) -> (number: Int64, run: RunRecord)? {
        func count(_ column: Int32) -> Int { Int(row.integer(column)) }
        var run = RunRecord(started: row.integer(1), ended: row.integer(2), exitStatus: Int32(truncatingIfNeeded: row.integer(12)))
        run.target = row.text(3)
        run.uploaded = count(4)
        run.copied = count(5)
        run.headerUpdates = count(6)
        run.unchanged = count(7)
        run.deleted = count(8)
        run.failed = count(9)
        run.left = count(10)
        run.bytes = row.integer(11)
        run.fault = row.text(13)
        return (row.integer(0), run)
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
