internal import Vocabulary

/// Reads templates.
enum LayoutParser {
    /// The parts of a template, checked.
    static func parts(of template: String) throws(LayoutError) -> [Layout.Part] {
        var parts: [Layout.Part] = []
        var text = ""
        // The template with each variable as one character, to see what its folders are.
        var outline = ""
        var rest = template[...]
        func endText() {
            if !text.isEmpty { parts.append(.text(text)) }
            text = ""
        }
        while let character = rest.popFirst() {
            switch character {
            case "{" where rest.first == "{", "}" where rest.first == "}":
                rest.removeFirst()
                text.append(character)
                outline.append(character)
            case "{":
                guard let end = rest.firstIndex(of: "}") else { throw .brace(template) }
                endText()
                parts.append(.variable(try variable(rest[..<end])))
                rest = rest[rest.index(after: end)...]
                outline.append("x")
            case "}": throw .brace(template)
            default:
                text.append(character)
                outline.append(character)
            }
        }
        endText()
        let names = outline.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        let hasVariable = parts.contains { if case .variable = $0 { true } else { false } }
        guard hasVariable else { throw .unknownPreset(template) }
        guard LayoutText.isFit(template: outline, names: names) else { throw .text(template) }
        return parts
    }

    /// True for a name that stands for nothing that files have.
    static func mayBeSet(_ name: String) -> Bool {
        let isName =
            name.utf8.first.map { 97...122 ~= $0 } == true
            && name.utf8.allSatisfy { 97...122 ~= $0 || 48...57 ~= $0 || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") }
        return isName && !builtIn.contains(name)
    }

    private static let builtIn: Set<String> = [
        "dir", "name", "stem", "ext", "taken", "make", "model", "camera", "sha256", "timestamp", "yyyy", "mm", "dd", "time", "micros",
        "index",
        "id8",
    ]

    /// The variable of files that a mistyped name is nearest to.
    static func nearest(to name: String) -> String? {
        builtIn.sorted().first { $0.lowercased() == name.lowercased() || differsByOne($0, name) }
    }

    private static func differsByOne(_ a: String, _ b: String) -> Bool {
        let (a, b) = (Array(a.utf8), Array(b.utf8))
        let front = zip(a, b).prefix { $0 == $1 }.count
        let back = zip(a.dropFirst(front).reversed(), b.dropFirst(front).reversed()).prefix { $0 == $1 }.count
        return max(a.count, b.count) - front - back <= 1
    }

    private static func variable(_ text: Substring) throws(LayoutError) -> LayoutVariable {
        let name = String(text.prefix { !":=|".contains($0) })
        var rest = text.dropFirst(name.count)
        var format: String?
        if rest.first == ":" {
            rest.removeFirst()
            let found = rest.prefix { $0 != "=" && $0 != "|" }
            format = String(found)
            rest = rest.dropFirst(found.count)
        }
        var words: [String] = []
        if rest.first == "=" {
            words = rest.dropFirst().split(separator: "|", omittingEmptySubsequences: false).map(String.init)
            rest = ""
            if let bad = words.first(where: { !LayoutText.isFit($0) }) { throw .value(variable: name, bad) }
        }
        var variable = try field(name, format)
        variable.words = words
        if rest.first == "|" {
            let fallback = String(rest.dropFirst())
            guard fallback.isEmpty || LayoutText.isFit(fallback) else { throw .value(variable: name, fallback) }
            variable.fallback = fallback
        }
        return variable
    }

    private static func field(_ name: String, _ format: String?) throws(LayoutError) -> LayoutVariable {
        func plain(_ field: LayoutVariable.Field) throws(LayoutError) -> LayoutVariable {
            LayoutVariable(name: name, field: field, changes: try changes(format, of: name))
        }
        func time(_ text: String) throws(LayoutError) -> TimePattern {
            guard let pattern = TimePattern(text), !text.unicodeScalars.contains(where: { $0 == "\\" || $0.value < 32 }) else {
                throw .format(variable: name, text)
            }
            return pattern
        }
        func part(_ pattern: String) throws(LayoutError) -> LayoutVariable {
            guard format == nil else { throw .format(variable: name, format ?? "") }
            return LayoutVariable(name: name, field: .timestamp(try time(pattern)))
        }
        switch name {
        case "dir": return try plain(.dir)
        case "name": return try plain(.name)
        case "stem": return try plain(.stem)
        case "ext": return try plain(.ext)
        case "make": return try plain(.make)
        case "model": return try plain(.model)
        case "camera": return try plain(.camera)
        case "sha256": return try plain(.sha256)
        case "taken":
            guard let format else { throw .format(variable: name, "") }
            let pattern = try time(format)
            if pattern.asksForFractions { throw .format(variable: name, format) }
            return LayoutVariable(name: name, field: .taken(pattern))
        case "timestamp" where format == "unix": return LayoutVariable(name: name, field: .unix)
        case "timestamp": return LayoutVariable(name: name, field: .timestamp(try time(format ?? "yyyyMMdd_HHmmss")))
        case "yyyy": return try part("yyyy")
        case "mm": return try part("MM")
        case "dd": return try part("dd")
        case "time": return try part("HHmmss")
        case "micros": return try part("SSSSSS")
        case "index":
            guard let format else { return LayoutVariable(name: name, field: .index(width: 1)) }
            guard let width = Int(format), 1...9 ~= width else { throw .format(variable: name, format) }
            return LayoutVariable(name: name, field: .index(width: width))
        case "id8":
            guard format == nil else { throw .format(variable: name, format ?? "") }
            return LayoutVariable(name: name, field: .custom("item"), changes: [.first(8)])
        default:
            guard mayBeSet(name) else { throw .unknownVariable(name, nearest: nearest(to: name)) }
            return try plain(.custom(name))
        }
    }

    private static func changes(_ format: String?, of name: String) throws(LayoutError) -> [LayoutVariable.Change] {
        var changes: [LayoutVariable.Change] = []
        for word in format?.split(separator: ":", omittingEmptySubsequences: false) ?? [] {
            switch word {
            case "lower": changes.append(.lower)
            case "slug": changes.append(.slug)
            default:
                guard let count = Int(word), 1...1024 ~= count else { throw .format(variable: name, String(word)) }
                changes.append(.first(count))
            }
        }
        return changes
    }
}
