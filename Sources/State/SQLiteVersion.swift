internal import CSQLite

/// The SQLite that this process runs with.
public enum SQLiteVersion {
    /// Its version, such as `3.40.1` (sqlite3_libversion()).
    public static var text: String { String(cString: sqlite3_libversion()) }
}
