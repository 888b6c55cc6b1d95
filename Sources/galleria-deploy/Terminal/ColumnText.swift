/// Text measured in the columns that a terminal gives it.
enum ColumnText {
    /// How many columns `text` takes: none for combining marks, two for East Asian wide and fullwidth characters and pictographs (Unicode Standard
    /// Annex #11). A sequence that a terminal joins to one picture counts for more than it takes, so that no line ever wraps.
    static func width(_ text: some StringProtocol) -> Int { text.unicodeScalars.reduce(0) { $0 + width($1) } }

    /// `text` in at most `columns` columns, its end replaced by an ellipsis where it is longer.
    static func cut(_ text: String, to columns: Int, ellipsis: String = "…") -> String {
        if width(text) <= columns { return text }
        let room = columns - width(ellipsis)
        guard room > 0 else { return String(repeating: ".", count: max(0, columns)) }
        var used = 0
        var result = ""
        for character in text {
            let next = width(String(character))
            if used + next > room { break }
            used += next
            result.append(character)
        }
        return result + ellipsis
    }

    /// `text` with blanks behind it up to `columns` columns.
    static func padded(_ text: String, to columns: Int) -> String { text + String(repeating: " ", count: max(0, columns - width(text))) }

    /// `text` with nothing beyond ASCII: the signs that this program writes as their likes, anything else as a question mark.
    static func ascii(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "→": result += "->"
            case "…": result += "..."
            case "“", "”": result += "\""
            case "’": result += "'"
            case "–", "—": result += "-"
            case _ where scalar.isASCII: result.unicodeScalars.append(scalar)
            case _ where width(scalar) == 0: break
            default: result += "?"
            }
        }
        return result
    }

    private static func width(_ scalar: Unicode.Scalar) -> Int {
        if scalar.value < 0x300 { return 1 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: break
        }
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
            0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1FAFF, 0x20000...0x3FFFD:
            return 2
        default: return 1
        }
    }
}
