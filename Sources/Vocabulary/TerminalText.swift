extension String {
    /// The text with control, bidirectional and invisible characters written as `\u{…}`, so that a hostile name can
    /// neither move a terminal's cursor nor pass for another.
    public var escapedForTerminal: String {
        var result = ""
        for scalar in unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned:
                result += "\\u{" + String(scalar.value, radix: 16) + "}"
            default:
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
