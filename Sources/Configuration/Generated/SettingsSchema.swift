/// The JSON schema of the configuration file, which editors complete and check by (JSON Schema draft 7, the one that YAML editors know best).
///
/// Editors parse YAML by its own types, while the program reads every scalar as written: text may therefore be a number there, and anything
/// may be an expansion such as `${JOBS}`.
public enum SettingsSchema {
    /// The schema as JSON.
    public static var text: String {
        let targets: JSONValue = .object([
            ("description", .string(SettingTable.targetsHelp)),
            ("type", .string("object")),
            ("minProperties", .number(1)),
            ("propertyNames", .object([("pattern", .string("^[A-Za-z0-9][A-Za-z0-9._-]*$"))])),
            ("additionalProperties", .object([("$ref", .string("#/definitions/target"))])),
        ])
        let root: JSONValue = .object([
            ("$schema", .string("http://json-schema.org/draft-07/schema#")),
            ("title", .string("galleria-deploy.yml")),
            ("description", .string("What galleria-deploy deploys, and how.")),
            ("type", .array([.string("object"), .string("null")])),
            ("additionalProperties", .bool(false)),
            ("properties", .object(properties(SettingTable.facts) + [(SettingTable.targetsKey, targets)])),
            (
                "definitions",
                .object([
                    ("target", group(SettingTable.facts)),
                    (
                        "expansion",
                        .object([("type", .string("string")), ("pattern", .string("\\$\\{[A-Za-z_][A-Za-z0-9_]*(:-[^}]*)?\\}"))])
                    ),
                ])
            ),
        ])
        return root.text() + "\n"
    }

    private static func group(_ facts: [SettingFacts]) -> JSONValue {
        .object([
            ("type", .array([.string("object"), .string("null")])),
            ("additionalProperties", .bool(false)),
            ("properties", .object(properties(facts))),
        ])
    }

    private static func properties(_ facts: [SettingFacts]) -> [(String, JSONValue)] {
        facts.map { facts in
            var members = [("description", JSONValue.string(facts.help))]
            if let standard = facts.standard { members.append(("default", .string(standard))) }
            // A key without a value says nothing, which YAML calls null.
            members.append(("anyOf", .array(alternatives(facts.shape) + [.object([("type", .string("null"))])])))
            return (facts.name, .object(members))
        }
    }

    private static func alternatives(_ shape: SettingShape) -> [JSONValue] {
        let expansion = JSONValue.object([("$ref", .string("#/definitions/expansion"))])
        switch shape {
        case .text: return [.object([("type", .array([.string("string"), .string("number")]))])]
        case .boolean:
            return [.object([("type", .string("boolean"))]), .object([("enum", .array([.string("true"), .string("false")]))]), expansion]
        case .integer(let range):
            let number: JSONValue = .object([
                ("type", .string("integer")), ("minimum", .number(range.lowerBound)), ("maximum", .number(range.upperBound)),
            ])
            return [number, .object([("type", .string("string")), ("pattern", .string("^[0-9]+$"))]), expansion]
        case .integerOr(let word, let range):
            let number: JSONValue = .object([
                ("type", .string("integer")), ("minimum", .number(range.lowerBound)), ("maximum", .number(range.upperBound)),
            ])
            return [number, .object([("type", .string("string")), ("pattern", .string("^([0-9]+|\(word))$"))]), expansion]
        case .choice(let words): return [.object([("enum", .array(words.map(JSONValue.string)))]), expansion]
        case .list(let shape):
            let items: JSONValue = .object([("anyOf", .array(alternatives(shape)))])
            return [.object([("type", .string("array")), ("items", items)])] + alternatives(shape)
        case .records(let facts): return [.object([("type", .string("array")), ("items", group(facts))])]
        case .group(let facts): return [group(facts)]
        }
    }
}
