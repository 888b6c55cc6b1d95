internal import CSQLite
internal import Vocabulary

/// A prepared statement. Parameters count from 1 beyond `offset`, columns from 0, as SQLite has it. Used by one thread at a time.
final class Statement {
    private let handle: OpaquePointer
    private let database: OpaquePointer
    /// Keeps the connection open for as long as the statement lives.
    private let connection: Connection
    /// Where the bytes of each parameter stand that was bound to some: SQLite would allocate for its own copy each time.
    private let slots: UnsafeMutablePointer<UnsafeMutableRawBufferPointer>
    private let slotCount: Int
    /// What is added to the number of each parameter that is bound.
    var offset: Int32 = 0

    init(_ sql: String, on connection: Connection) throws(SQLiteFault) {
        var statement: OpaquePointer?
        let code = sqlite3_prepare_v3(connection.handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil)
        guard code == SQLITE_OK, let statement else { throw SQLiteFault(of: connection.handle, code: code) }
        handle = statement
        database = connection.handle
        self.connection = connection
        slotCount = Int(sqlite3_bind_parameter_count(statement))
        slots = .allocate(capacity: max(slotCount, 1))
        slots.initialize(repeating: UnsafeMutableRawBufferPointer(start: nil, count: 0), count: slotCount)
    }

    deinit {
        sqlite3_finalize(handle)
        for index in 0..<slotCount { slots[index].deallocate() }
        slots.deallocate()
    }

    /// The bytes where the statement keeps them until the parameter is bound anew.
    private func kept(_ index: Int32, _ bytes: UnsafeRawBufferPointer) -> UnsafeRawPointer? {
        guard let from = bytes.baseAddress, bytes.count > 0, index > 0, index <= slotCount else { return nil }
        let at = Int(index) - 1
        if slots[at].count < bytes.count {
            slots[at].deallocate()
            slots[at] = .allocate(byteCount: max(64, 2 * bytes.count), alignment: 8)
        }
        slots[at].baseAddress?.copyMemory(from: from, byteCount: bytes.count)
        return UnsafeRawPointer(slots[at].baseAddress)
    }

    /// Steps to the next row; answers false at the end.
    func step() throws(SQLiteFault) -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code: throw SQLiteFault(of: database, code: code)
        }
    }

    /// Steps to the end and makes the statement ready to run again.
    func run() throws(SQLiteFault) {
        defer { reset() }
        while try step() {}
    }

    /// Ends the statement's transaction; the values that were bound stay.
    func reset() { sqlite3_reset(handle) }

    // MARK: Parameters. A failed bind (memory) leaves a NULL, which validation refuses when it is read back.

    func bind(_ index: Int32, _ value: Int64?) {
        if let value { sqlite3_bind_int64(handle, offset + index, value) } else { sqlite3_bind_null(handle, offset + index) }
    }

    func bind(_ index: Int32, blob: UnsafeRawBufferPointer) {
        _ = galleria_sqlite_bind_blob(handle, offset + index, kept(offset + index, blob), Int32(blob.count))
    }

    func bind(_ index: Int32, blob: [UInt8]?) {
        if let blob { blob.withUnsafeBytes { bind(index, blob: $0) } } else { sqlite3_bind_null(handle, offset + index) }
    }

    func bind(_ index: Int32, _ digest: SHA256?) {
        guard let words = digest?.words else {
            sqlite3_bind_null(handle, offset + index)
            return
        }
        withUnsafeBytes(of: (words.0.bigEndian, words.1.bigEndian, words.2.bigEndian, words.3.bigEndian)) { bind(index, blob: $0) }
    }

    func bind(_ index: Int32, _ digest: MD5?) {
        guard let words = digest?.words else {
            sqlite3_bind_null(handle, offset + index)
            return
        }
        withUnsafeBytes(of: (words.0.bigEndian, words.1.bigEndian)) { bind(index, blob: $0) }
    }

    func bind(_ index: Int32, text: String?) {
        guard var text else {
            sqlite3_bind_null(handle, offset + index)
            return
        }
        text.withUTF8 {
            _ = galleria_sqlite_bind_text(handle, offset + index, kept(offset + index, UnsafeRawBufferPointer($0)), Int32($0.count))
        }
    }

    /// A tag of 32 digits as its 16 bytes, any other as text.
    func bind(_ index: Int32, tag: ETag?) {
        if let md5 = tag?.md5, tag == ETag(md5) { bind(index, md5) } else { bind(index, text: tag?.value) }
    }

    // MARK: Columns. The bytes stay valid until the next step or reset.

    func isNull(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_NULL }

    func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }

    func blob(_ column: Int32) -> UnsafeRawBufferPointer {
        // The pointer first: asking for the size before it may not convert (sqlite.org/c3ref/column_blob.html).
        let start = sqlite3_column_blob(handle, column)
        return UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : Int(sqlite3_column_bytes(handle, column)))
    }

    func text(_ column: Int32) -> String? {
        isNull(column) ? nil : String(decoding: blob(column), as: UTF8.self)
    }

    func sha256(_ column: Int32) -> SHA256? {
        let blob = blob(column)
        guard blob.count == 32 else { return nil }
        func word(_ offset: Int) -> UInt64 { UInt64(bigEndian: blob.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) }
        return SHA256(word(0), word(8), word(16), word(24))
    }

    func md5(_ column: Int32) -> MD5? {
        let blob = blob(column)
        guard blob.count == 16 else { return nil }
        func word(_ offset: Int) -> UInt64 { UInt64(bigEndian: blob.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) }
        return MD5(word(0), word(8))
    }

    func tag(_ column: Int32) -> ETag? {
        switch sqlite3_column_type(handle, column) {
        case SQLITE_BLOB: md5(column).map { ETag($0) }
        case SQLITE_TEXT: blob(column).withMemoryRebound(to: UInt8.self) { ETag(utf8: $0) }
        default: nil
        }
    }
}
