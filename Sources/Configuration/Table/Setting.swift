/// A row of the table: one setting of `Values`, and everything that is done with it. The reader, the environment, `config show`, the
/// template, the manual's table and the schema are all made from these rows.
struct Setting<Values: Sendable>: Sendable {
    /// An environment variable, and how its text becomes text of the file.
    struct Variable: Sendable {
        let name: String
        let translate: @Sendable (String) throws(BadValue) -> String

        init(_ name: String, _ translate: @escaping @Sendable (String) throws(BadValue) -> String = { $0 }) {
            self.name = name
            self.translate = translate
        }
    }

    let facts: SettingFacts
    let variables: [Variable]
    /// Variables of the replaced programs, which rank below the file.
    let aliases: [Variable]
    /// Reads a node into the values, or notes faults.
    let read: @Sendable (YAMLNode, inout SettingsReader, inout Values) -> Void
    /// Reads a variable's text into the values.
    let parse: (@Sendable (String, inout Values) throws(BadValue) -> Void)?
    /// Takes the value over from another source where that one says something; answers whether it does.
    let take: @Sendable (Values, inout Values) -> Bool
    /// The value as text of the file, nil where nothing is said.
    let text: @Sendable (Values) -> [String]?

    var name: String { facts.name }

    init<Value: Sendable>(
        _ name: String, _ field: WritableKeyPath<Values, Value?> & Sendable, _ form: Form<Value>, _ section: SettingFacts.Section,
        help: String, standard: String? = nil, example: String, flag: String? = nil, variables: [Variable] = [],
        aliases: [Variable] = [], ambientVariables: [String] = [],
        joining: @escaping @Sendable (Value, Value) -> Value = { above, _ in above }
    ) {
        facts = SettingFacts(
            name: name, section: section, shape: form.shape, help: help, standard: standard, example: example, flag: flag,
            variables: variables.map(\.name), ambientVariables: ambientVariables + aliases.map(\.name))
        self.variables = variables
        self.aliases = aliases
        read = { node, reader, values in values[keyPath: field] = form.read(node, name, &reader) }
        if let parse = form.parse {
            self.parse = { text, values throws(BadValue) in
                let value = try parse(text)
                values[keyPath: field] = value
            }
        } else {
            parse = nil
        }
        take = { source, target in
            guard let value = source[keyPath: field] else { return false }
            target[keyPath: field] = target[keyPath: field].map { joining(value, $0) } ?? value
            return true
        }
        text = { values in values[keyPath: field].map(form.text) }
    }
}
