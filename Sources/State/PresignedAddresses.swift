public import Vocabulary

/// Signed addresses of objects that are answered again while they are valid, so that a browser that was sent to one can cache it.
///
/// They are secrets: whoever has one may use it. Only the owner can read the database's file (mode 0600). Losing a row costs a new signature.
public struct PresignedAddresses: Sendable {
    private let database: StateDatabase

    /// One address.
    public struct Address: Sendable, Hashable {
        /// The address.
        public let url: String
        /// When it stops being valid, in seconds since 1970.
        public let expires: Int64

        /// Creates an address.
        public init(url: String, expires: Int64) {
            self.url = url
            self.expires = expires
        }
    }

    /// The addresses in `database`.
    public init(_ database: StateDatabase) { self.database = database }

    /// The address of an object that was signed for the same request; nil where none is kept. It may have expired.
    public func address(of key: Key, request: SHA256) throws(StateError) -> Address? {
        let connection = try database.connect()
        do throws(SQLiteFault) {
            let select = try Statement("SELECT url, expires FROM presigned WHERE key = ?1 AND request = ?2", on: connection)
            select.bind(1, blob: key.bytes)
            select.bind(2, request)
            guard try select.step(), let url = select.text(0) else { return nil }
            return Address(url: url, expires: select.integer(1))
        } catch { throw .failed(.read, path: database.path, error.cause) }
    }

    /// Keeps an address in place of the one before it; those that have expired by `now`, in seconds since 1970, go.
    public func keep(_ address: Address, of key: Key, request: SHA256, now: Int64) throws(StateError) {
        try writing { connection throws(SQLiteFault) in
            let sweep = try Statement("DELETE FROM presigned WHERE expires <= ?1", on: connection)
            sweep.bind(1, now)
            try sweep.run()
            let insert = try Statement("INSERT OR REPLACE INTO presigned VALUES(?1, ?2, ?3, ?4)", on: connection)
            insert.bind(1, blob: key.bytes)
            insert.bind(2, request)
            insert.bind(3, text: address.url)
            insert.bind(4, address.expires)
            try insert.run()
        }
    }

    /// Lets go of all addresses of these objects.
    public func forget(_ keys: some Sequence<Key>) throws(StateError) {
        try writing { connection throws(SQLiteFault) in
            let delete = try Statement("DELETE FROM presigned WHERE key = ?1", on: connection)
            for key in keys {
                delete.bind(1, blob: key.bytes)
                try delete.run()
            }
        }
    }

    private func writing(_ body: (Connection) throws(SQLiteFault) -> Void) throws(StateError) {
        let connection = try database.connect()
        do throws(SQLiteFault) {
            try connection.writing { () throws(SQLiteFault) in try body(connection) }
        } catch { throw .failed(.write, path: database.path, error.cause) }
    }
}
