internal import Vocabulary

/// Why a file of keys cannot be used; several rows are reported at once.
public struct KeyMapError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Something wrong at one place.
    public struct Fault: Error, Sendable, Hashable {
        /// Where; nil for the file as a whole.
        public let position: Position?
        /// What is wrong.
        public let reason: Reason
    }

    /// What is wrong.
    public enum Reason: Sendable, Hashable {
        /// The file cannot be read; the system's words.
        case unreadable(String)
        /// Neither CSV nor JSON nor YAML, and why.
        case syntax(String)
        /// It has another form than the documented ones.
        case form(String)
        /// A path that cannot lie below the source, and why.
        case path(String, String)
        /// A key that is none, and why.
        case key(String, String)
        /// Metadata or a tag that cannot be; the reader's words.
        case header(path: String, String)
        /// A path that stands twice.
        case twice(String)
        /// Two paths with one key.
        case sameKey(String, first: String, key: String)
    }

    /// The most faults that are reported.
    static let maximumCount = 20

    /// The file, as it was named.
    public let path: String
    /// What is wrong, in the order of the file.
    public let faults: [Fault]

    /// A line for each fault: `FILE:LINE:COLUMN: what is wrong, and what to write`.
    public var description: String {
        var lines = faults.prefix(Self.maximumCount).map { fault in
            path.escapedForTerminal + (fault.position.map { ":\($0)" } ?? "") + ": " + fault.reason.words
        }
        if faults.count > Self.maximumCount { lines.append("\(path.escapedForTerminal): and \(faults.count - Self.maximumCount) more.") }
        return lines.joined(separator: "\n")
    }
}

extension KeyMapError.Reason {
    fileprivate var words: String {
        switch self {
        case .unreadable(let cause): "the map of keys cannot be read: \(cause)."
        case .syntax(let problem): problem.escapedForTerminal + "."
        case .form(let problem):
            problem.escapedForTerminal
                + #". Write {"a.jpg": "shop/1.jpg"}, [{"path": "a.jpg", "key": "shop/1.jpg"}], or CSV with the columns path and key."#
        case .path(let path, let problem): "“\(path.escapedForTerminal)” is no path below the source: \(problem)."
        case .key(let key, let problem): "“\(key.escapedForTerminal)” is no key: \(problem)."
        case .header(let path, let problem): "“\(path.escapedForTerminal)”: \(problem.escapedForTerminal)"
        case .twice(let path): "“\(path.escapedForTerminal)” stands twice. Keep one."
        case .sameKey(let path, let first, let key):
            "“\(path.escapedForTerminal)” would have the key of “\(first.escapedForTerminal)”, \(key.escapedForTerminal). Write another one."
        }
    }
}
