/// How values of one type are read and written.
struct Form<Value: Sendable>: Sendable {
    /// What the values look like.
    let shape: SettingShape
    /// Reads a node of the file; nil where faults were noted instead.
    let read: @Sendable (YAMLNode, String, inout SettingsReader) -> Value?
    /// Reads a variable's text; nil for what only a file can hold.
    let parse: (@Sendable (String) throws(BadValue) -> Value)?
    /// The value as text of the file; several lines for a list.
    let text: @Sendable (Value) -> [String]

    /// A single value, read alike in the file and in the environment.
    init(
        _ shape: SettingShape, parse: @escaping @Sendable (String) throws(BadValue) -> Value,
        text: @escaping @Sendable (Value) -> String = { "\($0)" }
    ) {
        self.shape = shape
        self.parse = parse
        self.text = { [text($0)] }
        read = { node, key, reader in
            guard let scalar = reader.scalar(node, key, expected: shape.words) else { return nil }
            do throws(BadValue) { return try parse(scalar) } catch {
                reader.note(node.position, .badValue(key, error.problem))
                return nil
            }
        }
    }

    /// Anything else.
    init(
        shape: SettingShape, parse: (@Sendable (String) throws(BadValue) -> Value)?, text: @escaping @Sendable (Value) -> [String],
        read: @escaping @Sendable (YAMLNode, String, inout SettingsReader) -> Value?
    ) {
        self.shape = shape
        self.read = read
        self.parse = parse
        self.text = text
    }

    /// A list of such values, or one of them. In the environment, commas separate them.
    static func list<Element: Sendable>(of element: Form<Element>) -> Form<[Element]> where Value == [Element] {
        var parseAll: (@Sendable (String) throws(BadValue) -> [Element])?
        if let parse = element.parse {
            parseAll = { text throws(BadValue) in
                var list: [Element] = []
                for part in text.split(separator: ",") {
                    let item = try parse(part.trimmingBlanks)
                    list.append(item)
                }
                return list
            }
        }
        return Form<[Element]>(shape: .list(element.shape), parse: parseAll, text: { $0.flatMap(element.text) }) { node, key, reader in
            guard case .list(let items) = node.content else { return element.read(node, key, &reader).map { [$0] } }
            let values = items.map { element.read($0, key, &reader) }
            return values.contains { $0 == nil } ? nil : values.compactMap(\.self)
        }
    }
}

extension Substring {
    /// Without blanks and tabs at the ends.
    var trimmingBlanks: String {
        let head = drop { $0 == " " || $0 == "\t" }
        return String(head[..<(head.lastIndex { $0 != " " && $0 != "\t" }.map { head.index(after: $0) } ?? head.startIndex)])
    }
}
