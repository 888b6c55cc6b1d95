internal import Vocabulary

/// Reads the lines of a filter.
public enum FilterFile {
    /// The file in any folder of the source whose rules hold for that folder and what lies below it.
    public static let name = ".galleria-ignore"

    /// Which lines mean what.
    public enum Syntax: Sendable {
        /// gitignore(5): `pattern`, `!pattern`, `# comment`; blanks at the end do not count unless escaped.
        case gitignore
        /// The same, and `+ pattern` and `- pattern` as rsync and rclone write them: what `--filter-from` reads.
        case signed
    }

    /// The rules of a text, in order.
    /// - Parameters:
    ///   - bytes: UTF-8, with or without a byte order mark; lines end in LF or CRLF.
    ///   - path: The file, for messages.
    public static func rules(_ bytes: some Collection<UInt8>, path: String, syntax: Syntax = .gitignore) throws(FilterError) -> [FilterRule]
    {
        var rules: [FilterRule] = []
        let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : Array(bytes)
        for (index, line) in text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
            let origin = FilterRule.Origin.line(index + 1, of: path)
            guard var pattern = String(validating: trimmed(line), as: UTF8.self) else {
                throw FilterError(origin: origin, problem: "the line is not UTF-8. Save the file as UTF-8.")
            }
            guard !pattern.isEmpty, !pattern.hasPrefix("#") else { continue }
            var isInclusion = pattern.utf8.first == UInt8(ascii: "!")
            if isInclusion {
                pattern = String(pattern.unicodeScalars.dropFirst())
            } else if syntax == .signed, pattern.hasPrefix("+ ") || pattern.hasPrefix("- ") {
                isInclusion = pattern.hasPrefix("+")
                pattern = String(pattern.unicodeScalars.dropFirst(2))
            }
            do throws(Glob.SyntaxError) { rules.append(FilterRule(try Glob(pattern), isInclusion: isInclusion, origin: origin)) } catch {
                throw FilterError(origin: origin, problem: error.description)
            }
        }
        return rules
    }

    /// Without the carriage return and the blanks at the end; a blank behind an odd number of backslashes is meant.
    private static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var line = line
        if line.last == UInt8(ascii: "\r") { line = line.dropLast() }
        while line.last == UInt8(ascii: " ") {
            let escapes = line.dropLast().reversed().prefix { $0 == UInt8(ascii: "\\") }.count
            if escapes % 2 == 1 { break }
            line = line.dropLast()
        }
        return line
    }
}
