/// A value of a YAML document as it was written: scalars are raw text, never numbers, dates or booleans.
///
/// YAML 1.1 would read `0012345` as octal, `-4:00` as sexagesimal and `no` as false. None of that happens here.
struct YAMLNode: Sendable {
    struct Entry: Sendable {
        let name: String
        let position: Position
        let value: YAMLNode
    }

    enum Content: Sendable {
        /// Text; `isPlain` where it stands without quotes.
        case scalar(String, isPlain: Bool)
        case list([YAMLNode])
        case mapping([Entry])
    }

    let content: Content
    let position: Position

    /// True where nothing follows the key: `jobs:`. The setting is unsaid then.
    var isAbsent: Bool {
        if case .scalar("", isPlain: true) = content { true } else { false }
    }

    /// What it is, in words.
    var kind: String {
        switch content {
        case .scalar: "a single value"
        case .list: "a list"
        case .mapping: "a group of settings"
        }
    }
}
