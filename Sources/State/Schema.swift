/// The tables, and how a database of an earlier version becomes one of this.
///
/// A row of `fingerprints` or `objects` is a fact that no later event makes false: "the file with this status, under this recipe, is
/// deployed as these bytes"; "the object with this key, tag and size holds these bytes". So a stale row harms nothing, two runs may write at
/// once, and any row may be lost. A row whose `seal` does not fit its values is taken for lost.
///
/// `words` holds the long values of which there are few (recipes, header sets, corrections), so that a row names them by a small number.
/// The row's seal covers the value itself: should the number ever come to mean another one, the row is lost, not wrong.
enum Schema {
    /// "GaDe", in the header of every database of this program (sqlite.org/pragma.html#pragma_application_id).
    static let applicationID: Int64 = 0x4761_4465

    /// The scripts that lead from version n to n + 1, in order.
    static let migrations: [[String]] = [
        [
            "CREATE TABLE place(digest BLOB)",
            "CREATE TABLE words(id INTEGER PRIMARY KEY, value BLOB UNIQUE)",
            """
            CREATE TABLE fingerprints(path BLOB PRIMARY KEY, size INTEGER, modified INTEGER, changed INTEGER, inode INTEGER, recipe INTEGER, \
            deployed_size INTEGER, sha256 BLOB, md5 BLOB, source_sha256 BLOB, refused INTEGER, seal INTEGER) WITHOUT ROWID
            """,
            """
            CREATE TABLE objects(key BLOB PRIMARY KEY, etag, size INTEGER, last_modified TEXT, sha256 BLOB, headers INTEGER, \
            correction INTEGER, seal INTEGER) WITHOUT ROWID
            """,
            """
            CREATE TABLE runs(id INTEGER PRIMARY KEY, started INTEGER, ended INTEGER, uploaded INTEGER, header_updates INTEGER, \
            unchanged INTEGER, deleted INTEGER, failed INTEGER, bytes INTEGER, exit_status INTEGER)
            """,
            """
            CREATE TABLE run_changes(run INTEGER, position INTEGER, action TEXT, reason TEXT, key BLOB, size INTEGER, \
            PRIMARY KEY(run, position)) WITHOUT ROWID
            """,
            """
            CREATE TABLE multipart_uploads(key BLOB PRIMARY KEY, upload_id TEXT, part_size INTEGER, began INTEGER, size INTEGER, \
            modified INTEGER, changed INTEGER, inode INTEGER, recipe INTEGER) WITHOUT ROWID
            """,
            """
            CREATE TABLE multipart_parts(key BLOB, number INTEGER, size INTEGER, sha256 BLOB, etag, PRIMARY KEY(key, number)) WITHOUT ROWID
            """,
        ],
        // What was found out about the bucket as a whole.
        ["CREATE TABLE facts(name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID"],
        // More of what a run did. A table is made anew, because its text is compared.
        [
            "ALTER TABLE runs RENAME TO earlier_runs",
            """
            CREATE TABLE runs(id INTEGER PRIMARY KEY, started INTEGER, ended INTEGER, target TEXT, uploaded INTEGER, copied INTEGER, \
            header_updates INTEGER, unchanged INTEGER, deleted INTEGER, failed INTEGER, left_undone INTEGER, bytes INTEGER, \
            exit_status INTEGER, fault TEXT)
            """,
            """
            INSERT INTO runs SELECT id, started, ended, NULL, uploaded, 0, header_updates, unchanged, deleted, failed, 0, bytes, exit_status, \
            NULL FROM earlier_runs
            """,
            "DROP TABLE earlier_runs",
        ],
        // The keys that a layout gave to files.
        [
            """
            CREATE TABLE names(path BLOB PRIMARY KEY, size INTEGER, modified INTEGER, changed INTEGER, inode INTEGER, recipe INTEGER, \
            layout INTEGER, key BLOB, seen INTEGER, number INTEGER, seal INTEGER) WITHOUT ROWID
            """
        ],
        // Signed addresses of a bucket's objects.
        ["CREATE TABLE presigned(key BLOB, request BLOB, url TEXT, expires INTEGER, PRIMARY KEY(key, request)) WITHOUT ROWID"],
        // Files that were dropped from the source, each with its line of the ledger there.
        ["CREATE TABLE dropped(path BLOB PRIMARY KEY, entry TEXT) WITHOUT ROWID"],
        // What the published manifest tells of pictures.
        [
            """
            CREATE TABLE pictures(path BLOB PRIMARY KEY, sha256 BLOB, size INTEGER, modified INTEGER, changed INTEGER, inode INTEGER, \
            width INTEGER, height INTEGER, taken TEXT, taken_before TEXT, source_sha256 BLOB, seal INTEGER) WITHOUT ROWID
            """
        ],
    ]

    /// The version that this program reads and writes.
    static var version: Int { migrations.count }

    /// The text of every table as SQLite keeps it: of one that was made anew, the last.
    static var tables: Set<String> {
        let texts = migrations.joined().filter { $0.hasPrefix("CREATE TABLE ") }
        return Set(Dictionary(texts.map { ($0.prefix { $0 != "(" }, $0) }) { $1 }.values)
    }
}
