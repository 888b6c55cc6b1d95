/// What a log's lines are.
public enum LogFormat: String, Sendable, CaseIterable {
    /// Time, process and words.
    case text
    /// A JSON object a line.
    case jsonl
}
