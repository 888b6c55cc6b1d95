internal import Vocabulary

/// Prints rows as they come, in any of the formats, without keeping them.
struct RowPrinter {
    private let console: Console
    private let format: RowFormat
    private let name: String
    private let head: JSONRow
    private var count = 0
    private var waiting: [UInt8] = []

    /// What waits is written when it is as large.
    private static let bufferSize = 1 << 16

    /// - Parameters:
    ///   - schema: the name of the document's form; `json` only.
    ///   - name: the name of the list in the document.
    ///   - head: adds members to the document before the list.
    init(
        _ console: Console, _ format: RowFormat, schema: String, name: String = "objects", head: (inout JSONRow) -> Void = { _ in }
    ) {
        self.console = console
        self.format = format
        self.name = name
        var row = JSONRow()
        row.add("schema", schema)
        head(&row)
        self.head = row
        if format == .json { waiting = row.bytes + Array(",\"\(name)\":[".utf8) }
    }

    /// Adds a row; `text` is what people get of it.
    mutating func print(_ row: @autoclosure () -> JSONRow, _ text: () -> [String]) {
        switch format {
        case .text:
            for line in text() { waiting.append(contentsOf: ((console.terminal.hasUnicode ? line : ColumnText.ascii(line)) + "\n").utf8) }
        case .json: waiting.append(contentsOf: Array((count == 0 ? "\n" : ",\n").utf8) + row().finished)
        case .jsonl: waiting.append(contentsOf: row().finished + [UInt8(ascii: "\n")])
        }
        count += 1
        if waiting.count >= Self.bufferSize { flush() }
    }

    /// Ends the document; `tail` adds members after the list.
    mutating func end(_ tail: (inout JSONRow) -> Void = { _ in }) {
        if format == .json {
            var row = JSONRow()
            tail(&row)
            let members = row.bytes.dropFirst()
            waiting.append(contentsOf: Array((count == 0 ? "]" : "\n]").utf8))
            if !members.isEmpty { waiting.append(contentsOf: [UInt8(ascii: ",")] + members) }
            waiting.append(contentsOf: "}\n".utf8)
        }
        flush()
    }

    private mutating func flush() {
        guard !waiting.isEmpty else { return }
        console.write(waiting)
        waiting.removeAll(keepingCapacity: true)
    }
}
