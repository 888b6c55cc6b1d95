internal import Glibc
internal import Vocabulary

/// A record that is kept under a key and read back in byte order of the keys, which is the order of SQLite's BLOBs.
protocol SortedRecord: Sendable {
    static var table: String { get }
    /// The columns, the key first.
    static var columns: [String] { get }

    /// Takes the values of a row; nil where they are not what was written.
    init?(_ row: Statement, key: UnsafeRawBufferPointer, words: inout Words) throws(SQLiteFault)

    /// Gives the values to the parameters of an insertion, in the order of the columns.
    func bind(to insert: Statement, key: [UInt8], words: inout Words) throws(SQLiteFault)
}

extension SortedRecord {
    static var selectPage: String {
        "SELECT \(columns.joined(separator: ", ")) FROM \(table) WHERE \(columns[0]) > ?1 ORDER BY \(columns[0]) LIMIT ?2"
    }

    /// How an insertion begins that takes the place of what the key had.
    static var replace: String { "REPLACE INTO \(table)(\(columns.joined(separator: ", ")))" }

    static var delete: String { "DELETE FROM \(table) WHERE \(columns[0]) = ?1" }
}

/// The rows of a table in order, for one pass beside a stream that ascends in the same order.
///
/// A page of rows is copied and its statement reset before the first is handed out: a cursor left open would keep the write-ahead log from
/// being folded back for as long as the other stream takes.
struct SortedRows<Record: SortedRecord> {
    static var pageSize: Int { 1000 }
    /// Longer keys are none of ours.
    private static var longestKey: Int { 8192 }

    private let select: Statement
    private var names: [UInt8] = []
    private var ends: [Int] = []
    private var records: [Record] = []
    private var at = 0
    private var last: [UInt8] = []
    private var isLastPage = false

    init(on connection: Connection) throws(SQLiteFault) {
        select = try Statement(Record.selectPage, on: connection)
        select.bind(2, Int64(Self.pageSize))
    }

    /// The record of `key`. Keys must be asked for in ascending order; those of the rows in between go to `passing`.
    mutating func record(of key: Key, words: inout Words, passing: (Key) -> Void) throws(SQLiteFault) -> Record? {
        while true {
            if at == records.count {
                guard !isLastPage else { return nil }
                try fetch(&words)
                continue
            }
            let order = compare(at, with: key.bytes)
            if order > 0 { return nil }
            defer { at += 1 }
            if order == 0 { return records[at] }
            pass(passing)
        }
    }

    /// Hands the keys of all rows that are left to `passing`.
    mutating func passRest(words: inout Words, passing: (Key) -> Void) throws(SQLiteFault) {
        while true {
            while at < records.count {
                pass(passing)
                at += 1
            }
            guard !isLastPage else { return }
            try fetch(&words)
        }
    }

    /// Hands every row that is left to `body`, which asks for the key where it wants it.
    mutating func forEach(words: inout Words, _ body: (() -> Key?, Record) -> Void) throws(SQLiteFault) {
        while true {
            while at < records.count {
                body({ Key(validating: names[start(at)..<ends[at]]) }, records[at])
                at += 1
            }
            guard !isLastPage else { return }
            try fetch(&words)
        }
    }

    private func start(_ index: Int) -> Int { index == 0 ? 0 : ends[index - 1] }

    private func compare(_ index: Int, with key: [UInt8]) -> Int {
        let start = start(index)
        let count = ends[index] - start
        return names.withUnsafeBufferPointer { names in
            key.withUnsafeBufferPointer { key in
                guard let a = names.baseAddress, let b = key.baseAddress else { return count - key.count }
                let order = memcmp(a + start, b, min(count, key.count))
                return order != 0 ? Int(order) : count - key.count
            }
        }
    }

    private func pass(_ passing: (Key) -> Void) {
        if let key = Key(validating: names[start(at)..<ends[at]]) { passing(key) }
    }

    private mutating func fetch(_ words: inout Words) throws(SQLiteFault) {
        names.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        records.removeAll(keepingCapacity: true)
        at = 0
        last.withUnsafeBytes { select.bind(1, blob: $0) }
        defer { select.reset() }
        var seen = 0
        while try select.step() {
            seen += 1
            let key = select.blob(0)
            // Only a damaged tree yields keys out of order; to go on would be to run in a circle.
            guard key.count > 0, isAfterLast(key) else { throw .damaged("rows of \(Record.table) are out of order") }
            last.removeAll(keepingCapacity: true)
            last.append(contentsOf: key)
            guard key.count <= Self.longestKey, let record = try Record(select, key: key, words: &words) else { continue }
            names.append(contentsOf: key)
            ends.append(names.count)
            records.append(record)
        }
        isLastPage = seen < Self.pageSize
    }

    private func isAfterLast(_ key: UnsafeRawBufferPointer) -> Bool {
        last.withUnsafeBytes { last in
            guard let a = last.baseAddress, let b = key.baseAddress else { return last.isEmpty }
            let order = memcmp(a, b, min(last.count, key.count))
            return order < 0 || order == 0 && last.count < key.count
        }
    }
}
