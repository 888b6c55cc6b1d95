/// A template by which files get their keys: text, and variables that each file has a value for.
///
/// `{name:format=word|word|default}`: the format says how a value is written, words after `=` are those that it may be, the text after the last `|`
/// (the first, without words) is written where a file has no value. `{{` and `}}` are braces. A layout is a pure function of what files
/// tell; what another run could not work out again (`isFrozen`) is told to it.
public struct Layout: Sendable, Hashable {
    enum Part: Sendable, Hashable {
        case text(String)
        case variable(LayoutVariable)
        /// A variable that is the same for all files, as it is written.
        case constant(LayoutVariable, String)
    }

    /// The template, as it was written.
    public let template: String
    var parts: [Part]
    /// What was set, in order of the names: two layouts with other values are two layouts.
    let settings: [String]

    /// Reads a template whose own variables are set by hand.
    /// - Parameters:
    ///   - template: A template, or a preset's name.
    ///   - values: The values of its own variables.
    ///   - perFile: Names of variables that each file's path tells.
    public init(_ template: String, setting values: [String: String] = [:], perFile: Set<String> = []) throws(LayoutError) {
        let text = LayoutPreset.template(template)
        for (name, value) in values.sorted(by: { $0.key < $1.key }) {
            guard LayoutParser.mayBeSet(name) else { throw .setting(name) }
            guard LayoutText.isFit(value) else { throw .value(variable: name, value) }
        }
        var parts: [Part] = []
        for part in try LayoutParser.parts(of: text) {
            guard case .variable(let variable) = part, case .custom(let name) = variable.field else {
                parts.append(part)
                continue
            }
            if perFile.contains(name) {
                parts.append(part)
            } else if let value = values[name] {
                guard variable.words.isEmpty || variable.words.contains(value) else {
                    throw .word(variable: name, value: value, allowed: variable.words)
                }
                parts.append(.constant(variable, variable.written(value)))
            } else if let fallback = variable.fallback {
                parts.append(.constant(variable, fallback))
            } else {
                throw .unknownVariable(name, nearest: LayoutParser.nearest(to: name))
            }
        }
        self.template = text
        self.parts = parts
        settings = values.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    }

    /// Reads a template that paths below the source are matched with: its own variables are what they tell of each file.
    public init(ofPaths template: String) throws(LayoutError) {
        parts = try LayoutParser.parts(of: template)
        self.template = template
        settings = []
        for case .variable(let variable) in parts {
            switch variable.field {
            case .dir, .name, .stem, .ext, .custom: break
            default: throw .source(variable.name)
            }
        }
    }

    /// The variables that files have, as they are written, with what they stand for.
    public static var knownVariables: [(name: String, meaning: String)] { LayoutVariable.known }

    /// Reads a template, or a preset's, for its mistakes alone, whatever its own variables are set to.
    public static func check(_ template: String) throws(LayoutError) { _ = try LayoutParser.parts(of: LayoutPreset.template(template)) }

    /// The variables that a template for paths tells of each file.
    public var ownNames: Set<String> {
        Set(variables.compactMap { if case .custom(let name) = $0.field { name } else { nil } })
    }

    /// The variables that differ from file to file.
    var variables: [LayoutVariable] { parts.compactMap { if case .variable(let variable) = $0 { variable } else { nil } } }

    /// True where keys hold what another run could not work out again: it must be remembered.
    public var isFrozen: Bool { variables.contains(where: \.isFrozen) }

    /// True where files with equal keys are told apart by numbers.
    public var isNumbered: Bool { variables.contains { if case .index = $0.field { true } else { false } } }

    /// True where photos must be opened for what they say.
    public var asksPhotos: Bool {
        variables.contains {
            switch $0.field {
            case .taken, .make, .model, .camera: true
            default: false
            }
        }
    }

    /// True where all of a file must be read.
    public var asksContent: Bool { variables.contains { $0.field == .sha256 } }

    /// What tells this layout from others.
    public var identity: String { ([template] + settings).joined(separator: "\n") }

    /// The text in front of everything that differs from file to file: all keys begin with it.
    public var opening: String {
        var text = ""
        for part in parts {
            switch part {
            case .text(let plain): text += plain
            case .constant(_, let value): text += value
            case .variable: return text
            }
        }
        return text
    }

    /// The same layout with what is the same for all files written otherwise, as keys are where letters are changed.
    public func spelling(_ change: (String) -> String) -> Layout {
        var layout = self
        layout.parts = parts.map { part in
            switch part {
            case .text(let text): .text(change(text))
            case .constant(let variable, let value): .constant(variable, change(value))
            case .variable: part
            }
        }
        return layout
    }
}

extension LayoutVariable {
    /// A text as the template wants it written.
    func written(_ text: String) -> String { changes.reduce(text) { $1($0) } }
}
