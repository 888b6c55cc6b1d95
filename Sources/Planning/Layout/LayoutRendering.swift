public import Vocabulary

extension Layout {
    /// Stands for the number of a file while it is not known. No key can hold it.
    private static let unnumbered = "\u{1}"

    /// The key of a file below the prefix; without a number, the text that files of equal keys share.
    ///
    /// Values are made fit for a key first; an empty folder, or a dot in front of an extension that is not there, leaves nothing behind.
    public func key(of facts: LayoutFacts, index: Int?) throws(LayoutGap) -> Key {
        var text = ""
        for part in parts {
            switch part {
            case .text(let plain): text += plain
            case .constant(_, let value): text += value
            case .variable(let variable):
                if let value = try value(of: variable, facts, index) {
                    text += value
                } else if variable.field == .ext, variable.fallback == nil {
                    if text.hasSuffix(".") { text.removeLast() }
                } else if let fallback = variable.fallback {
                    text += fallback
                } else {
                    throw .missing(variable: variable.name)
                }
            }
        }
        // What values and the text around them make together may be empty, or two dots.
        let names = text.split(separator: "/").map { $0.allSatisfy { $0 == "." } ? String(repeating: "-", count: $0.count) : String($0) }
        let key = Key(names.joined(separator: "/"))
        guard 1...Key.maximumLength ~= key.bytes.count else { throw .length(key.bytes.count) }
        return key
    }

    /// A variable's text; nil where the file has none.
    private func value(of variable: LayoutVariable, _ facts: LayoutFacts, _ index: Int?) throws(LayoutGap) -> String? {
        let raw: String?
        switch variable.field {
        case .dir: return variable.written(LayoutText.sanitised(path: facts.pathParts.dir))
        case .name: raw = facts.pathParts.name
        case .stem: raw = facts.pathParts.stem
        case .ext: raw = facts.pathParts.ext
        case .make: raw = facts.make
        case .model: raw = facts.model
        case .camera: raw = facts.camera
        case .sha256: raw = facts.sha256?.hex
        case .custom(let name): raw = facts.own[name]
        case .taken(let pattern): return facts.taken.map(pattern.text)
        case .timestamp(let pattern): return pattern.text(of: LayoutTime(microseconds: facts.seen))
        case .unix: return String(facts.seen / 1_000_000)
        case .index(let width): return index.map { TimePattern.digits($0, width) } ?? Self.unnumbered
        }
        guard let raw else { return nil }
        let text = LayoutText.sanitised(variable.written(LayoutText.sanitised(raw)))
        guard !text.isEmpty else { return nil }
        guard variable.words.isEmpty || variable.words.contains(text) else {
            throw .word(variable: variable.name, value: text, allowed: variable.words)
        }
        return text
    }
}
