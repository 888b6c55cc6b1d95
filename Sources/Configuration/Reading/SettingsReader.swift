/// Reads groups of settings, noting every fault instead of stopping at the first.
struct SettingsReader {
    let path: String
    /// The file's folder, where relative paths start; "" for the working folder.
    let folder: String
    let environment: [String: String]
    private(set) var faults: [ConfigurationFault] = []

    init(path: String, folder: String, environment: [String: String]) {
        self.path = path
        self.folder = folder
        self.environment = environment
    }

    mutating func note(_ position: Position, _ reason: ConfigurationFault.Reason) {
        faults.append(ConfigurationFault(path: path, position: position, reason: reason))
    }

    /// The text of a single value, expanded; nil where a fault was noted.
    mutating func scalar(_ node: YAMLNode, _ key: String, expected: String) -> String? {
        guard case .scalar(let text, _) = node.content else {
            note(node.position, .wrongType(key, expected: expected, found: node.kind))
            return nil
        }
        guard !SecretSpotter.isSecret(value: text) else {
            note(node.position, .secretValue)
            return nil
        }
        do throws(Expansion.Failure) { return try Expansion.expand(text, environment: environment) } catch {
            switch error {
            case .unset(let name): note(node.position, .unsetVariable(name))
            case .malformed(let text): note(node.position, .expansion(text))
            }
            return nil
        }
    }

    /// A path of the file: relative ones start at the file's folder, `~/` at the home folder.
    mutating func path(_ node: YAMLNode, _ key: String, expected: String) -> String? {
        guard let text = scalar(node, key, expected: expected) else { return nil }
        guard !text.isEmpty else {
            note(node.position, .badValue(key, "the path is empty. Write one, or leave the setting out."))
            return nil
        }
        if text == "~" || text.hasPrefix("~/") {
            guard let home = environment["HOME"], !home.isEmpty else {
                note(node.position, .unsetVariable("HOME"))
                return nil
            }
            return home + text.dropFirst()
        }
        if text.hasPrefix("/") || folder.isEmpty { return text }
        return folder.hasSuffix("/") ? folder + text : folder + "/" + text
    }

    /// Reads a group's entries by the rows of a table; answers where each setting stands. `others` are keys that the caller reads himself;
    /// `elsewhere` are the names of the other kind of group, with what to call it.
    mutating func group<Values>(
        _ node: YAMLNode, rows: [String: Setting<Values>], into values: inout Values, others: [String] = [],
        elsewhere: (names: Set<String>, words: String)
    ) -> [String: Position] {
        var positions: [String: Position] = [:]
        guard case .mapping(let entries) = node.content else {
            note(node.position, .wrongType("this place", expected: "a group of settings (`name: value`)", found: node.kind))
            return [:]
        }
        for entry in entries {
            if let first = positions[entry.name] {
                note(entry.position, .duplicateKey(entry.name, firstLine: first.line))
                continue
            }
            positions[entry.name] = entry.position
            if others.contains(entry.name) { continue }
            if let row = rows[entry.name] {
                if !entry.value.isAbsent { row.read(entry.value, &self, &values) }
            } else if SecretSpotter.isSecret(key: entry.name) {
                note(entry.position, .secretKey(entry.name))
            } else {
                let belongs = elsewhere.names.contains(entry.name) ? elsewhere.words : nil
                let nearest = belongs == nil ? NearestName.nearest(to: entry.name, among: (rows.keys + others).sorted()) : nil
                note(entry.position, .unknownKey(entry.name, nearest: nearest, belongs: belongs))
            }
        }
        return positions
    }
}
