internal import CSQLite

/// A connection to SQLite, opened without its mutexes: one thread at a time uses it. Statements keep it open.
final class Connection {
    let handle: OpaquePointer

    /// How long a statement waits for another process's lock, in milliseconds.
    static let patience: Int32 = 10_000

    /// Opens the existing file at `path`.
    init(opening path: String) throws(SQLiteFault) {
        _ = Self.keepsNoStatistics
        var database: OpaquePointer?
        let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_EXRESCODE
        let code = sqlite3_open_v2(path, &database, flags, nil)
        guard code == SQLITE_OK, let database else {
            let fault = SQLiteFault(of: database, code: code)
            sqlite3_close_v2(database)
            throw fault
        }
        handle = database
        galleria_sqlite_harden(database)
        sqlite3_busy_timeout(database, Self.patience)
    }

    deinit { sqlite3_close_v2(handle) }

    /// Once in a process, before SQLite is used.
    private static let keepsNoStatistics: Void = galleria_sqlite_keep_no_statistics()

    /// True where the system let the file be opened for reading only.
    var isReadOnly: Bool { sqlite3_db_readonly(handle, "main") == 1 }

    /// Runs statements that answer nothing.
    func execute(_ sql: String) throws(SQLiteFault) {
        let code = sqlite3_exec(handle, sql, nil, nil, nil)
        guard code == SQLITE_OK else { throw SQLiteFault(of: handle, code: code) }
    }

    /// The first column of the first row.
    func integer(_ sql: String) throws(SQLiteFault) -> Int64 {
        let statement = try Statement(sql, on: self)
        return try statement.step() ? statement.integer(0) : 0
    }

    /// Runs `body` in a transaction that holds the write lock from its first moment, so that it never has to give way halfway through.
    func writing<R>(_ body: () throws(SQLiteFault) -> R) throws(SQLiteFault) -> R {
        try execute("BEGIN IMMEDIATE")
        do throws(SQLiteFault) {
            let result = try body()
            try execute("COMMIT")
            return result
        } catch {
            // Some faults have rolled back already; then there is nothing to undo.
            try? execute("ROLLBACK")
            throw error
        }
    }
}
