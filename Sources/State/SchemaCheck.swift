internal import CSQLite
internal import Vocabulary

extension Schema {
    /// Opens the database at `path` and answers for it: it is this program's, of this version, with exactly this version's tables.
    static func connection(to path: String, of place: SHA256, pageLimit: Int?) throws(StateCause) -> Connection {
        let connection: Connection
        let refusal: StateCause?
        do throws(SQLiteFault) {
            connection = try Connection(opening: path)
            if connection.isReadOnly { throw SQLiteFault(SQLITE_READONLY, "") }
            if let pageLimit { try connection.execute("PRAGMA max_page_count=\(pageLimit)") }
            refusal = try prepare(connection, of: place)
        } catch {
            throw error.cause
        }
        if let refusal { throw refusal }
        return connection
    }

    /// Brings a database up to date and sets the connection up; answers why it cannot be used.
    private static func prepare(_ connection: Connection, of place: SHA256) throws(SQLiteFault) -> StateCause? {
        try connection.execute("PRAGMA cell_size_check=ON; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-1024")
        if let refusal = try reasonToRefuse(connection) { return refusal }
        if try connection.integer("PRAGMA user_version") < version {
            try connection.execute("PRAGMA journal_mode=WAL")
            let refusal: StateCause? = try connection.writing { () throws(SQLiteFault) in
                // Another process may have been faster.
                if let refusal = try reasonToRefuse(connection) { return refusal }
                try migrate(connection, to: place)
                return nil
            }
            if let refusal { return refusal }
        }
        // A commit waits for no disk: after a power cut the last ones may be missing, never half there (sqlite.org/pragma.html#pragma_synchronous).
        try connection.execute("PRAGMA synchronous=NORMAL; PRAGMA journal_size_limit=\(4 << 20)")
        guard try tables(of: connection) == tables else { return .damaged("its tables are not those of galleria-deploy") }
        let select = try Statement("SELECT digest FROM place", on: connection)
        guard try select.step(), let digest = select.sha256(0) else { return .damaged("it does not say what it belongs to") }
        return digest == place ? nil : .otherPlace
    }

    /// Why the database is not to be touched: it is another program's, or of a later version.
    private static func reasonToRefuse(_ connection: Connection) throws(SQLiteFault) -> StateCause? {
        let application = try connection.integer("PRAGMA application_id")
        let found = Int(try connection.integer("PRAGMA user_version"))
        if application == 0, found == 0, try connection.integer("SELECT count(*) FROM sqlite_schema") == 0 { return nil }
        guard application == applicationID else { return .foreign }
        return found > version ? .newer(found: found, known: version) : nil
    }

    private static func migrate(_ connection: Connection, to place: SHA256) throws(SQLiteFault) {
        let found = Int(try connection.integer("PRAGMA user_version"))
        guard found >= 0, found < version else { return }
        for script in migrations[found...] {
            for statement in script { try connection.execute(statement) }
        }
        if found == 0 {
            let insert = try Statement("INSERT INTO place VALUES(?1)", on: connection)
            insert.bind(1, place)
            try insert.run()
        }
        try connection.execute("PRAGMA application_id=\(applicationID); PRAGMA user_version=\(version)")
    }

    private static func tables(of connection: Connection) throws(SQLiteFault) -> Set<String> {
        let statement = try Statement("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL LIMIT 100", on: connection)
        var found: Set<String> = []
        while try statement.step() { found.insert(statement.text(0) ?? "") }
        return found
    }
}
