internal import CSQLite

/// A result code of SQLite other than success, with its words.
struct SQLiteFault: Error {
    /// The extended result code.
    let code: Int32
    /// SQLite's words.
    let words: String

    init(_ code: Int32, _ words: String) {
        self.code = code
        self.words = words
    }

    /// The fault that the last call on a connection left behind.
    init(of database: OpaquePointer?, code: Int32) {
        self.code = database == nil ? code : sqlite3_extended_errcode(database)
        words = String(cString: sqlite3_errmsg(database))
    }

    /// Rows or tables are not as this program wrote them.
    static func damaged(_ how: String) -> SQLiteFault { SQLiteFault(SQLITE_CORRUPT, how) }

    /// The cause for the user.
    var cause: StateCause {
        switch code & 0xff {
        case SQLITE_CORRUPT, SQLITE_NOTADB: .damaged(words)
        case SQLITE_READONLY, SQLITE_PERM: .readOnly
        case SQLITE_FULL: .diskFull
        case SQLITE_BUSY, SQLITE_LOCKED: .busy
        default: .other(code: code, words)
        }
    }
}
