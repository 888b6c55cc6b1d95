/// What a setting's value looks like, for the manual, the template and the schema.
public indirect enum SettingShape: Sendable {
    /// A single value; what it is, in words such as `a time zone`.
    case text(String)
    /// `true` or `false`, and nothing else.
    case boolean
    /// A whole number of a range.
    case integer(ClosedRange<Int>)
    /// A word, or a whole number of a range.
    case integerOr(String, ClosedRange<Int>)
    /// One of some words.
    case choice([String])
    /// A list, or a single value that stands for a list of one.
    case list(SettingShape)
    /// A list of groups of settings.
    case records([SettingFacts])
    /// A group of settings.
    case group([SettingFacts])

    /// The settings of a group, or of each group of a list.
    public var fields: [SettingFacts] {
        switch self {
        case .records(let facts), .group(let facts): facts
        case .text, .boolean, .integer, .integerOr, .choice, .list: []
        }
    }

    /// The shape in words: `one of require, warn, off`.
    public var words: String {
        switch self {
        case .text(let what): what
        case .boolean: "true or false"
        case .integer(let range): "a number from \(range.lowerBound) to \(range.upperBound)"
        case .integerOr(let word, let range): "\(word) or a number from \(range.lowerBound) to \(range.upperBound)"
        case .choice(let words): "one of " + words.joined(separator: ", ")
        case .list(.choice(let words)): "a list of " + words.joined(separator: ", ")
        case .list(let shape): "a list, each of which is " + shape.words
        case .records: "a list of groups of settings"
        case .group: "a group of settings"
        }
    }
}
