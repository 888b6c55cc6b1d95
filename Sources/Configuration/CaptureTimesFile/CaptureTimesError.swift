internal import Vocabulary

/// Why a file of capture times cannot be used; several rows are reported at once.
public struct CaptureTimesError: Error, Sendable, Hashable {
    /// Something wrong at one place.
    public struct Fault: Error, Sendable, Hashable {
        /// Where; nil for the file as a whole.
        public let position: Position?
        /// The row, from 1, the header not counted.
        public let row: Int?
        /// What is wrong.
        public let reason: Reason
    }

    /// What is wrong.
    public enum Reason: Sendable, Hashable {
        /// The file cannot be read; the system's words.
        case unreadable(String)
        /// Larger than such a file ever is.
        case tooLarge
        /// Neither CSV nor JSON, and why.
        case syntax(String)
        /// The JSON has another form than the documented ones.
        case form(String)
        /// The header, or a row's object, lacks a column; what it does have.
        case noColumn(String, found: [String])
        /// Two columns of one meaning.
        case columnTwice(String, String)
        /// A row has more fields than the header.
        case tooManyFields
        /// A row without a path, or with one that cannot lie below the source.
        case path(String, String)
        /// A row without a time.
        case noTime(String)
        /// A time or an offset that cannot be read; the reader's words.
        case time(String, String)
        /// A path that stands twice; the row of its first.
        case twice(String, firstRow: Int)
    }

    /// The most faults that are reported.
    static let maximumCount = 20

    /// The file, as it was named.
    public let path: String
    /// What is wrong, in the order of the file.
    public let faults: [Fault]
}

extension CaptureTimesError: CustomStringConvertible {
    /// A line for each fault: `FILE:LINE:COLUMN: row N: what is wrong, and what to write`.
    public var description: String {
        var lines = faults.prefix(Self.maximumCount).map { fault in
            path.escapedForTerminal + (fault.position.map { ":\($0)" } ?? "") + ": " + (fault.row.map { "row \($0): " } ?? "")
                + fault.reason.words
        }
        if faults.count > Self.maximumCount { lines.append("\(path.escapedForTerminal): and \(faults.count - Self.maximumCount) more.") }
        return lines.joined(separator: "\n")
    }
}

extension CaptureTimesError.Reason {
    fileprivate var words: String {
        switch self {
        case .unreadable(let cause): "the capture times cannot be read: \(cause)."
        case .tooLarge: "the file holds more than \(CaptureTimesFile.maximumSize >> 20) MiB. Split the deploy, or the file."
        case .syntax(let problem): problem.escapedForTerminal + "."
        case .form(let problem):
            problem.escapedForTerminal
                + #". Write [{"path": "a.jpg", "capture-time": "2024-06-15 10:30:45"}], {"a.jpg": "2024-06-15 10:30:45"}, or CSV."#
        case .noColumn(let name, let found):
            "no \(name). There is: \(found.isEmpty ? "nothing" : found.map(\.escapedForTerminal).joined(separator: ", ")). Name it “\(name)”."
        case .columnTwice(let one, let other):
            "“\(one.escapedForTerminal)” and “\(other.escapedForTerminal)” mean the same. Keep one of the columns."
        case .tooManyFields: "more fields than the header has. A path with a comma must stand in quotes."
        case .path(let path, let problem): "“\(path.escapedForTerminal)” is no path below the source: \(problem)."
        case .noTime(let path): "“\(path.escapedForTerminal)” has no capture time. Write one, or remove the row."
        case .time(let path, let problem): "“\(path.escapedForTerminal)”: \(problem.escapedForTerminal)"
        case .twice(let path, let row): "“\(path.escapedForTerminal)” has a time already, in row \(row). Keep one."
        }
    }
}
