/// The commented file that `galleria-deploy init` writes: every setting with its meaning and its default or an example.
///
/// Explanations begin with `# `; settings that are not said have their `#` in front of the line as it would stand, so that removing that one
/// character says them.
public enum SettingsTemplate {
    /// The width that explanations are wrapped to.
    private static let width = 100

    /// The template.
    /// - Parameters:
    ///   - source: The source to say; nil leaves it to the reader.
    ///   - destination: The destination to say; nil leaves it to the reader.
    public static func text(source: String? = nil, destination: String? = nil) -> String {
        let said = ["source": source, "destination": destination].compactMapValues(\.self)
        var lines = explained(
            "What galleria-deploy deploys, and how. Remove the “#” in front of a setting to say it. The command line stands above the "
                + "environment, the environment above this file. Values are read as they are written; ${NAME} and ${NAME:-default} stand for "
                + "environment variables, $$ for a dollar sign. Paths start at this file's folder. No secrets here: `profile` names them.")
        for section in SettingFacts.Section.allCases {
            lines += ["", "# --- \(section.rawValue) ---"]
            for facts in SettingTable.facts where facts.section == section {
                lines.append("")
                lines += explained(facts.help + (facts.standard.map { " Default: \($0)." } ?? ""))
                lines += within(facts, below: "")
                if let value = said[facts.name] {
                    lines.append(facts.name + ": " + quoted(value))
                } else {
                    lines += commented(facts.name + ": " + facts.example)
                }
            }
        }
        lines += ["", "# --- Targets ---", ""]
        lines += explained(SettingTable.targetsHelp)
        lines += commented(targetsExample)
        return lines.joined(separator: "\n") + "\n"
    }

    /// The settings of a group, and theirs with the names of both.
    private static func within(_ facts: SettingFacts, below name: String) -> [String] {
        facts.shape.fields.flatMap { field in
            explained("- " + name + field.name + ": " + field.help) + within(field, below: name + field.name + ": ")
        }
    }

    static let targetsExample = """
        targets:
          site:
            source: public
            destination: s3://my-site
          photos:
            source: photos
            destination: s3://my-photos/2024
            clock-shift: -4h
        """

    /// A value in quotes, where it would not be read as it is written without.
    static func quoted(_ value: String) -> String {
        // Only double quotes can hold line ends and control characters; JSON's strings are YAML's, too (YAML 1.2 §5.7).
        if value.utf8.contains(where: { $0 < 32 || $0 == 127 }) { return JSONValue.string(value.escapingDollars).text() }
        let plain = value.utf8.allSatisfy { byte in
            65...90 ~= byte & 0xDF || 48...57 ~= byte || byte >= 0x80 || "/._-+:".utf8.contains(byte)
        }
        let begins = value.utf8.first.map { !"-:?".utf8.contains($0) } ?? false
        if plain, begins, !value.hasSuffix(":") { return value.escapingDollars }
        return "'" + value.escapingDollars.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
    }

    private static func commented(_ text: String) -> [String] {
        text.split(separator: "\n").map { line in
            var line = "#" + line
            while line.hasSuffix(" ") { line.removeLast() }
            return line
        }
    }

    private static func explained(_ text: String) -> [String] { WrappedText.lines(text, width: width - 2).map { "# " + $0 } }
}

extension String {
    fileprivate var escapingDollars: String { split(separator: "$", omittingEmptySubsequences: false).joined(separator: "$$") }
}
