/// The manual's table of settings, in the language of man(7), and the same as Markdown.
public enum SettingsManual {
    /// Paragraphs for the manual page, one for each setting, under a subheading for each section.
    public static var roff: String {
        var lines: [String] = []
        for section in SettingFacts.Section.allCases {
            lines.append(".SS \(section.rawValue)")
            for facts in SettingTable.facts where facts.section == section {
                lines += [".TP", ".B \(escaped(facts.name))", sentence(escaped(facts.help) + details(facts, escaped))]
                lines += within(facts)
            }
        }
        lines += [".SS Targets", ".TP", ".B \(SettingTable.targetsKey)", sentence(escaped(SettingTable.targetsHelp))]
        return lines.joined(separator: "\n") + "\n"
    }

    /// The settings of a group, indented below it, and theirs below them.
    private static func within(_ facts: SettingFacts) -> [String] {
        let fields = facts.shape.fields
        if fields.isEmpty { return [] }
        return [".RS"]
            + fields.flatMap { field in
                [".TP", ".B \(escaped(field.name))", sentence(escaped(field.help) + details(field, escaped))] + within(field)
            } + [".RE"]
    }

    /// A table for each section: key, what it takes, default, option, variables, meaning.
    public static var markdown: String {
        var lines: [String] = []
        func table(_ facts: [SettingFacts]) {
            lines += ["| key | takes | default | option | variables | meaning |", "|---|---|---|---|---|---|"]
            for facts in facts {
                let variables = facts.variables.map { "`\($0)`" } + facts.ambientVariables.map { "(`\($0)`)" }
                let cells = [
                    "`\(facts.name)`", facts.shape.words, facts.standard ?? "", facts.flag.map { "`\($0)`" } ?? "",
                    variables.joined(separator: " "), facts.help,
                ]
                lines.append(
                    "| "
                        + cells.map { $0.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|") }
                        .joined(separator: " | ") + " |")
            }
            lines.append("")
        }
        for section in SettingFacts.Section.allCases {
            lines += ["### \(section.rawValue)", ""]
            table(SettingTable.facts.filter { $0.section == section })
        }
        lines += ["### A rule", ""]
        table(SettingTable.ruleFacts)
        lines += ["### A header rule", ""]
        table(SettingTable.headerRuleFacts)
        lines += ["### A network", ""]
        table(SettingTable.networkFacts)
        lines += ["### A derivative", ""]
        table(SettingTable.derivativeFacts)
        lines += ["### The bucket", ""]
        table(SettingTable.bucketFacts)
        lines += ["### A lifecycle rule", ""]
        table(SettingTable.lifecycleFacts)
        lines += ["### Targets", "", "`\(SettingTable.targetsKey)`: " + SettingTable.targetsHelp]
        return lines.joined(separator: "\n") + "\n"
    }

    /// What it takes, its default, its option and variables, as sentences.
    private static func details(_ facts: SettingFacts, _ escaped: (String) -> String) -> String {
        var text = " Takes \(escaped(facts.shape.words))."
        if let standard = facts.standard { text += " Default: \(escaped(standard))." }
        if let flag = facts.flag { text += " Option: \(escaped(flag))." }
        if !facts.variables.isEmpty { text += " Environment: \(escaped(facts.variables.joined(separator: ", ")))." }
        if !facts.ambientVariables.isEmpty {
            text += " Below the file rank \(escaped(facts.ambientVariables.joined(separator: ", ")))."
        }
        return text
    }

    /// A line may not begin with what roff takes for a request.
    private static func sentence(_ text: String) -> String { text.hasPrefix(".") || text.hasPrefix("'") ? "\\&" + text : text }

    /// Backslashes doubled, hyphens that are typed kept as such (groff_char(7)); code in bold instead of backquotes.
    private static func escaped(_ text: String) -> String {
        var result = ""
        var isCode = false
        for character in text {
            switch character {
            case "\\": result += "\\e"
            case "-": result += "\\-"
            case "'": result += "\\(aq"
            case "~": result += "\\(ti"
            case "^": result += "\\(ha"
            case "“": result += "\\(lq"
            case "”": result += "\\(rq"
            case "`":
                result += isCode ? "\\fR" : "\\fB"
                isCode.toggle()
            default:
                // groff reads bytes: what is not ASCII is named by its code point (groff_char(7)).
                for scalar in character.unicodeScalars {
                    if scalar.isASCII {
                        result.unicodeScalars.append(scalar)
                    } else {
                        let digits = String(scalar.value, radix: 16, uppercase: true)
                        result += "\\[u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "]"
                    }
                }
            }
        }
        return result
    }
}
