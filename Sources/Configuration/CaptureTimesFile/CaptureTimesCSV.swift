extension CaptureTimeRows {
    /// Adds the rows of a CSV text. The header says which column is which; columns of other names are ignored.
    mutating func addCSV(_ bytes: [UInt8]) throws(CaptureTimesError.Fault) {
        var csv = CSVText(bytes)
        var lines = LineCounter(bytes)
        func record() throws(CaptureTimesError.Fault) -> (fields: [String], position: Position)? {
            do throws(CSVText.Failure) {
                guard let record = try csv.next() else { return nil }
                return (record.fields, lines.position(of: record.offset))
            } catch {
                throw .init(position: lines.position(of: error.offset), row: nil, reason: .syntax(error.problem))
            }
        }
        guard let header = try record() else {
            throw .init(position: nil, row: nil, reason: .noColumn(Column.path.rawValue, found: []))
        }
        var columns: [Column: Int] = [:]
        for (index, name) in header.fields.enumerated() {
            guard let column = Column(name) else { continue }
            if let first = columns.updateValue(index, forKey: column) {
                throw .init(position: header.position, row: nil, reason: .columnTwice(header.fields[first], name))
            }
        }
        for column in [Column.path, .time] where columns[column] == nil {
            throw .init(position: header.position, row: nil, reason: .noColumn(column.rawValue, found: header.fields))
        }
        var number = 0
        while let row = try record() {
            number += 1
            guard row.fields.count <= header.fields.count else {
                faults.append(.init(position: row.position, row: number, reason: .tooManyFields))
                continue
            }
            func field(_ column: Column) -> String {
                columns[column].flatMap { $0 < row.fields.count ? row.fields[$0] : nil } ?? ""
            }
            add(path: field(.path), time: field(.time), offset: field(.offset), row: number, at: row.position)
        }
    }
}

/// Positions of ascending byte offsets, without counting from the beginning each time.
struct LineCounter {
    private let bytes: [UInt8]
    private var line = 1
    private var lineStart = 0
    private var at = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func position(of offset: Int) -> Position {
        if offset < at { (line, lineStart, at) = (1, 0, 0) }
        while at < offset {
            if bytes[at] == 10 {
                line += 1
                lineStart = at + 1
            }
            at += 1
        }
        return Position(line: line, column: bytes[lineStart..<offset].reduce(1) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) })
    }
}
