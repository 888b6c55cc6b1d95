/// Variables from a file such as `.env`, as `--env-file` names it: `NAME=value` in each line.
///
/// | line | means |
/// |---|---|
/// | empty, `# …` | nothing |
/// | `NAME=value`, `export NAME=value` | the value up to ` #` or the line's end, blanks at its ends left out |
/// | `NAME='value'` | the value as it stands |
/// | `NAME="value"` | the same with `\n`, `\r`, `\t`, `\"`, `\\` and `\$` read as in a shell |
///
/// Nothing is expanded: a `$` in a secret is a `$`. A name that stands twice is an error, and so is any other line.
public struct EnvironmentFile: Sendable {
    /// The file's path as it was given.
    public let path: String
    /// The permission bits.
    public let mode: UInt32
    /// The variables by name.
    public let variables: [String: String]

    /// Reads the file at `path`; errors name the line, never its text.
    public init(path: String, files: SettingsFiles = .disk) throws(CredentialError) {
        self.path = path
        switch files.read(path) {
        case .missing: throw .unreadable(path: path, reason: "no such file")
        case .unreadable(let reason): throw .unreadable(path: path, reason: reason)
        case .file(let bytes, let mode):
            self.mode = mode
            guard var text = String(validating: bytes, as: UTF8.self) else {
                throw .malformedFile(path: path, line: nil, reason: "it is not UTF-8")
            }
            if text.unicodeScalars.first == "\u{feff}" { text.unicodeScalars.removeFirst() }
            var found: [String: String] = [:]
            let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
            for (number, line) in lines.enumerated() {
                func fault(_ reason: String) -> CredentialError { .malformedFile(path: path, line: number + 1, reason: reason) }
                let entry: (name: String, value: String)?
                do throws(LineFault) { entry = try Self.entry(line) } catch { throw fault(error.reason) }
                guard let entry else { continue }
                guard found[entry.name] == nil else { throw fault("\(entry.name) stands twice") }
                found[entry.name] = entry.value
            }
            variables = found
        }
    }

    private struct LineFault: Error {
        let reason: String
    }

    private static func entry(_ line: Substring) throws(LineFault) -> (name: String, value: String)? {
        var text = line.trimmingASCIISpace
        if text.isEmpty || text.hasPrefix("#") { return nil }
        if text.hasPrefix("export "), let space = text.firstIndex(of: " ") { text = text[space...].trimmingASCIISpace }
        guard let equals = text.utf8.firstIndex(of: UInt8(ascii: "=")) else { throw LineFault(reason: "it is not NAME=value") }
        let name = text[..<equals].trimmingASCIISpace
        let isName =
            !name.isEmpty && name.utf8.first.map { !(48...57).contains($0) } == true
            && name.utf8.allSatisfy { $0 == UInt8(ascii: "_") || isLowerOrDigit($0) || (65...90).contains($0) }
        guard isName else { throw LineFault(reason: "what stands before “=” is no variable's name") }
        let value = text[text.utf8.index(after: equals)...].trimmingASCIISpace
        guard let quote = value.first, quote == "\"" || quote == "'" else {
            // A comment begins at a blank and #; a # within a word, as in a secret, is part of it.
            let scalars = value.unicodeScalars
            var end = scalars.startIndex
            var afterBlank = true
            while end < scalars.endIndex, !(afterBlank && scalars[end] == "#") {
                afterBlank = scalars[end] == " " || scalars[end] == "\t"
                end = scalars.index(after: end)
            }
            return (name, value[..<end].trimmingASCIISpace)
        }
        return (name, try quoted(value.dropFirst(), by: quote))
    }

    private static func quoted(_ text: Substring, by quote: Character) throws(LineFault) -> String {
        var result = ""
        var rest = text
        while let character = rest.popFirst() {
            if character == quote {
                let after = rest.trimmingASCIISpace
                guard after.isEmpty || after.hasPrefix("#") else { throw LineFault(reason: "something follows the closing quote") }
                return result
            }
            guard character == "\\", quote == "\"", let next = rest.first else {
                result.append(character)
                continue
            }
            let escapes: [Character: Character] = ["n": "\n", "r": "\r", "t": "\t", "\"": "\"", "\\": "\\", "$": "$"]
            if let meant = escapes[next] {
                result.append(meant)
                rest.removeFirst()
            } else {
                result.append(character)
            }
        }
        throw LineFault(reason: "a quote is not closed")
    }
}
