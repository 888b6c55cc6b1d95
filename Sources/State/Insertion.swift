internal import Vocabulary

/// An insertion into a table, of many rows with one statement where there are many: SQLite then opens the table once for all of them.
final class Insertion {
    /// How many rows one statement inserts; each of its parameters is bound anew for them.
    static let rows = 32

    private let verb: String
    private let columns: Int
    private let connection: Connection
    private let one: Statement
    private var many: Statement?

    /// Prepares an insertion that begins with `verb`, such as `INSERT INTO runs`, and has a value for each of `columns`.
    init(_ verb: String, columns: Int, on connection: Connection) throws(SQLiteFault) {
        self.verb = verb
        self.columns = columns
        self.connection = connection
        one = try Statement(Self.text(verb, rows: 1, columns), on: connection)
    }

    /// Inserts a row for each of `items`, in their order, whose values `bind` gives to parameters from 1 on.
    func run<Items: RandomAccessCollection>(
        _ items: Items, _ bind: (Statement, Items.Element) throws(SQLiteFault) -> Void
    ) throws(SQLiteFault) {
        var rest = items[...]
        while rest.count >= Self.rows {
            let many = try prepared()
            for (row, item) in rest.prefix(Self.rows).enumerated() {
                many.offset = Int32(row * columns)
                try bind(many, item)
            }
            try many.run()
            rest = rest.dropFirst(Self.rows)
        }
        for item in rest {
            try bind(one, item)
            try one.run()
        }
    }

    /// Not before it is needed: most runs change a few files.
    private func prepared() throws(SQLiteFault) -> Statement {
        if let many { return many }
        let statement = try Statement(Self.text(verb, rows: Self.rows, columns), on: connection)
        many = statement
        return statement
    }

    private static func text(_ verb: String, rows: Int, _ columns: Int) -> String {
        let values = (0..<rows).map { row in "(" + (1...columns).map { "?\(row * columns + $0)" }.joined(separator: ", ") + ")" }
        return verb + " VALUES" + values.joined(separator: ", ")
    }
}

/// Writes records of one kind, which wait until there are enough for one statement, or until `flush`.
struct RecordInsertion<Record: SortedRecord> {
    private let insertion: Insertion
    private var waiting: [(key: Key, record: Record)] = []

    init(on connection: Connection) throws(SQLiteFault) {
        insertion = try Insertion(Record.replace, columns: Record.columns.count, on: connection)
    }

    mutating func add(_ key: Key, _ record: Record, _ words: inout Words) throws(SQLiteFault) {
        waiting.append((key, record))
        if waiting.count == Insertion.rows { try flush(&words) }
    }

    /// Lets go of what waits.
    mutating func forget() { waiting.removeAll(keepingCapacity: true) }

    /// Writes what waits.
    mutating func flush(_ words: inout Words) throws(SQLiteFault) {
        if waiting.isEmpty { return }
        try insertion.run(waiting) { (statement, item) throws(SQLiteFault) in
            try item.record.bind(to: statement, key: item.key.bytes, words: &words)
        }
        forget()
    }
}
