public import Vocabulary

/// Keys, and headers, that were written down for single files: they stand above any layout.
public struct KeyMap: Sendable, Hashable {
    /// What was written down for one file.
    public struct Row: Sendable, Hashable {
        /// Its key below the prefix; nil where only headers were given.
        public var key: Key?
        /// Its metadata and tags, as header fields.
        public var headers: HeaderSet

        /// Creates a row.
        public init(key: Key?, headers: HeaderSet = HeaderSet()) {
            self.key = key
            self.headers = headers
        }
    }

    /// The rows by the files' paths below the source.
    public var rows: [Key: Row]

    /// Creates a map; an empty one says nothing.
    public init(_ rows: [Key: Row] = [:]) { self.rows = rows }

    /// The headers by path, of rows that have any.
    public var headers: [Key: HeaderSet] { rows.compactMapValues { $0.headers.fields.isEmpty ? nil : $0.headers } }

    /// Why a text is no key; nil where it is one: neither empty nor too long, without slashes at its ends or twice in a row, without `.` and `..`
    /// as names, and without control characters.
    public static func problem(ofKey text: String) -> String? {
        let names = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard LayoutText.isFit(template: text, names: names) else {
            return "it begins or ends with a slash, or holds “.”, “..”, an empty name or a control character"
        }
        return text.utf8.count > Key.maximumLength ? "it is longer than the \(Key.maximumLength) bytes that S3 takes" : nil
    }
}
