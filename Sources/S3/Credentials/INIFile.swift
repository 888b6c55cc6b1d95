/// A parsed `~/.aws/config` or `~/.aws/credentials`: named sections of options, some of which hold options of their own.
///
/// The rules are those of botocore, which reads these files with Python's `RawConfigParser` (Python 3 Library, configparser) and then splits
/// indented blocks (botocore `configloader.raw_config_parse`): full-line comments begin with `#` or `;`, there are no inline comments; `=` or `:`
/// delimit; option names are lower-cased, section names are not; a line indented deeper than its option continues the value; `[DEFAULT]` lends
/// its options to all sections; a section or an option that stands twice is an error.
struct INIFile: Sendable, Hashable {
    /// An option's value.
    enum Value: Sendable, Hashable {
        case text(String)
        /// The options of an indented block that begins on the line after the name.
        case nested([String: String])
    }

    /// A section; `[DEFAULT]`'s options are merged in.
    struct Section: Sendable, Hashable {
        let name: String
        var options: [String: Value]

        /// The option's text; nil where it is absent, empty or a block.
        func text(_ option: String) -> String? {
            guard case .text(let text)? = options[option], !text.isEmpty else { return nil }
            return text
        }

        /// The block's option; nil where either is absent or empty.
        func text(_ block: String, _ option: String) -> String? {
            guard case .nested(let options)? = options[block], let text = options[option], !text.isEmpty else { return nil }
            return text
        }
    }

    /// The sections in the file's order.
    private(set) var sections: [Section] = []

    /// Parses a file's bytes. Errors name the line, never its text, which may hold a secret.
    init(parsing bytes: [UInt8], path: String) throws(CredentialError) {
        guard var text = String(validating: bytes, as: UTF8.self) else {
            throw .malformedFile(path: path, line: nil, reason: "it is not UTF-8")
        }
        // Windows editors put a byte order mark in front; botocore would fail on it.
        if text.unicodeScalars.first == "\u{feff}" { text.unicodeScalars.removeFirst() }

        var reader = INIReader(path: path)
        // Swift holds "\r\n" for one character, so that splitting by newline characters splits at \n, \r\n and \r alike.
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }) {
            try reader.read(line: line)
        }
        sections = try reader.finish()
    }
}

/// The state of reading an INI file line by line, as `RawConfigParser._read` keeps it.
private struct INIReader {
    private struct Open {
        let name: String
        var options: [String: (line: Int, parts: [String])] = [:]
    }

    let path: String
    private var sections: [Open] = []
    private var defaults = Open(name: "DEFAULT")
    private var current: Int?
    private var inDefaults = false
    private var option: String?
    private var indent = 0
    private var line = 0

    init(path: String) { self.path = path }

    private func fault(_ reason: String, line: Int? = nil) -> CredentialError {
        .malformedFile(path: path, line: line ?? self.line, reason: reason)
    }

    mutating func read(line text: Substring) throws(CredentialError) {
        line += 1
        let value = text.trimmingWhiteSpace
        if value.hasPrefix("#") || value.hasPrefix(";") { return }
        if value.isEmpty {
            append("")
            return
        }
        let depth = text.unicodeScalars.prefix { isWhiteSpace($0) }.count
        if option != nil, depth > indent {
            append(value)
            return
        }
        indent = depth
        if value.hasPrefix("["), let close = value.lastIndex(of: "]"), value.distance(from: value.startIndex, to: close) > 1 {
            try open(section: String(value[value.index(after: value.startIndex)..<close]))
        } else {
            try add(option: value)
        }
    }

    private mutating func append(_ part: String) {
        guard let option else { return }
        if inDefaults {
            defaults.options[option]?.parts.append(part)
        } else if let current {
            sections[current].options[option]?.parts.append(part)
        }
    }

    private mutating func open(section name: String) throws(CredentialError) {
        option = nil
        inDefaults = name == "DEFAULT"
        if inDefaults { return }
        guard !sections.contains(where: { $0.name == name }) else { throw fault("the section [\(name)] stands twice") }
        sections.append(Open(name: name))
        current = sections.count - 1
    }

    private mutating func add(option text: String) throws(CredentialError) {
        guard inDefaults || current != nil else { throw fault("there is no [section] before this line") }
        guard let delimiter = text.unicodeScalars.firstIndex(where: { $0 == "=" || $0 == ":" }) else {
            throw fault("there is neither “=” nor “:” in this line")
        }
        let name = text[..<delimiter].trimmingWhiteSpace.lowercased()
        guard !name.isEmpty else { throw fault("there is no name before the delimiter") }
        let value = text[text.unicodeScalars.index(after: delimiter)...].trimmingWhiteSpace
        let known = inDefaults ? defaults.options[name] : current.flatMap { sections[$0].options[name] }
        guard known == nil else { throw fault("“\(name)” stands twice in its section") }
        if inDefaults { defaults.options[name] = (line, [value]) } else if let current { sections[current].options[name] = (line, [value]) }
        option = name
    }

    func finish() throws(CredentialError) -> [INIFile.Section] {
        var result: [INIFile.Section] = []
        for section in sections {
            var options: [String: INIFile.Value] = [:]
            for (name, entry) in defaults.options.merging(section.options, uniquingKeysWith: { $1 }) {
                options[name] = try value(entry.parts, line: entry.line)
            }
            result.append(INIFile.Section(name: section.name, options: options))
        }
        return result
    }

    /// A value whose own line is empty is a block of options; a single level of nesting is known (botocore `_parse_nested`).
    private func value(_ parts: [String], line: Int) throws(CredentialError) -> INIFile.Value {
        var parts = parts
        while parts.last?.isEmpty == true { parts.removeLast() }
        guard parts.count > 1, parts[0].isEmpty else { return .text(parts.joined(separator: "\n")) }
        var options: [String: String] = [:]
        for part in parts where !part.isEmpty {
            guard let equals = part.unicodeScalars.firstIndex(of: "=") else {
                throw fault("a line of the indented block has no “=”", line: line)
            }
            let name = part[..<equals].trimmingWhiteSpace
            options[name] = part[part.unicodeScalars.index(after: equals)...].trimmingWhiteSpace
        }
        return .nested(options)
    }
}

/// White space as Python's `str.strip` knows it.
private func isWhiteSpace(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isWhitespace || ("\u{1c}"..."\u{1f}").contains(scalar)
}

extension Substring {
    fileprivate var trimmingWhiteSpace: String {
        var rest = unicodeScalars
        while let first = rest.first, isWhiteSpace(first) { rest.removeFirst() }
        while let last = rest.last, isWhiteSpace(last) { rest.removeLast() }
        return String(Substring(rest))
    }
}
