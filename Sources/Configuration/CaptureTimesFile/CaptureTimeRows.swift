internal import Photo
internal import Vocabulary

/// Gathers rows of capture times, judging each.
struct CaptureTimeRows {
    /// A column's meaning; names are compared without case, blanks, hyphens and underscores.
    enum Column: String, CaseIterable {
        case path = "path"
        case time = "capture-time"
        case offset = "offset"

        var names: Set<String> {
            switch self {
            case .path: ["path", "file", "filename", "sourcefile", "originalpath"]
            case .time: ["capturetime", "time", "datetimeoriginal", "correctedtimestamp"]
            case .offset: ["offset", "offsettimeoriginal", "utcoffset"]
            }
        }

        init?(_ name: String) {
            let folded = String(name.lowercased().unicodeScalars.filter { !" -_\t".unicodeScalars.contains($0) }.map(Character.init))
            guard let column = Self.allCases.first(where: { $0.names.contains(folded) }) else { return nil }
            self = column
        }
    }

    let source: String?
    private(set) var rows: [Key: CaptureTimes.Row] = [:]
    var faults: [CaptureTimesError.Fault] = []
    private var rowNumbers: [Key: Int] = [:]

    init(source: String?) {
        self.source = source
    }

    /// Adds a row, or notes what is wrong with it.
    mutating func add(path: String, time: String, offset: String, row: Int, at position: Position?) {
        func note(_ reason: CaptureTimesError.Reason) { faults.append(.init(position: position, row: row, reason: reason)) }
        let key: Key
        do throws(BadValue) { key = try SourcePath.key(path, below: source) } catch { return note(.path(path, error.problem)) }
        let time = time[...].trimmingBlanks
        guard !time.isEmpty else { return note(.noTime(path)) }
        let value: CaptureTimes.Row
        do throws(TimeSyntaxError) {
            var parsed = try Self.parse(time)
            let stated = offset[...].trimmingBlanks
            if !stated.isEmpty {
                let offset = try UTCOffset(parsing: stated)
                if let first = parsed.offset, first != offset {
                    return note(.time(path, "the time says \(first), the offset says \(offset). Keep one."))
                }
                parsed.offset = offset
            }
            value = parsed
        } catch {
            return note(.time(path, "\(error)"))
        }
        if let first = rowNumbers.updateValue(row, forKey: key) {
            rowNumbers[key] = first
            return note(.twice(path, firstRow: first))
        }
        rows[key] = value
    }

    /// A time as `CaptureTime` parses it, then perhaps a fraction, then perhaps an offset: `Z`, `+02:00` or `+0200` (ISO 8601-1 §5.3).
    static func parse(_ text: String) throws(TimeSyntaxError) -> CaptureTimes.Row {
        let bytes = Array(text.utf8)
        var rest = bytes.dropFirst(19)
        if rest.first == UInt8(ascii: "."), rest.dropFirst().first.map({ 48...57 ~= $0 }) == true {
            rest = rest.dropFirst().drop { 48...57 ~= $0 }
        }
        let head = String(decoding: bytes.prefix(19), as: UTF8.self)
        switch rest.count {
        case 0 where bytes.count >= 19: return CaptureTimes.Row(time: try CaptureTime(parsing: head))
        case 1 where rest.first == UInt8(ascii: "Z"): return CaptureTimes.Row(time: try CaptureTime(parsing: head), offset: .utc)
        case 5, 6:
            var offset = Array(rest)
            if offset.count == 5 { offset.insert(UInt8(ascii: ":"), at: 3) }
            return CaptureTimes.Row(
                time: try CaptureTime(parsing: head), offset: try UTCOffset(parsing: String(decoding: offset, as: UTF8.self)))
        default: return CaptureTimes.Row(time: try CaptureTime(parsing: text))
        }
    }
}
