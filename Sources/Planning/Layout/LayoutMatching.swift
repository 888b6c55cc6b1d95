public import Vocabulary

/// What a key tells of the file that it was made for.
public struct LayoutReading: Sendable, Hashable {
    /// A variable and its text in the key.
    public struct Value: Sendable, Hashable {
        /// The variable's name.
        public let name: String
        /// What stands in the key; empty for an empty folder.
        public let text: String
    }

    /// The variables in the order of the template, each once.
    public let values: [Value]
    /// The file's path below the source, where the key tells all of it.
    public let path: Key?
    /// True where the key could be read in another way, too.
    public let isAmbiguous: Bool

    /// What the key tells of the layout's own variables, by name.
    public let own: [String: String]
}

extension Layout {
    /// Reads a key below the prefix back; nil where the layout could not have made it.
    public func reading(of key: Key) -> LayoutReading? {
        var matching = LayoutMatching(layout: self, bytes: key.bytes, most: 2)
        matching.run()
        guard let first = matching.found.first else { return nil }
        return LayoutReading(
            values: first.values, path: path(in: first), isAmbiguous: matching.found.contains { $0.values != first.values }, own: first.own)
    }

    /// True where the layout could have made the key.
    public func matches(_ key: Key) -> Bool {
        var matching = LayoutMatching(layout: self, bytes: key.bytes, most: 1)
        matching.run()
        return !matching.found.isEmpty
    }

    /// True where every key tells its file's path.
    public var tellsPaths: Bool {
        let plain = variables.filter { $0.changes.isEmpty && $0.fallback == nil }.map(\.field)
        return plain.contains(.dir) && (plain.contains(.name) || plain.contains(.stem) && plain.contains(.ext))
    }

    private func path(in found: LayoutMatching.Found) -> Key? {
        guard tellsPaths, let dir = found.plain[.dir] else { return nil }
        let name: String
        if let whole = found.plain[.name] {
            name = whole
        } else if let stem = found.plain[.stem] {
            name = stem + (found.plain[.ext].map { $0.isEmpty ? "" : "." + $0 } ?? "")
        } else {
            return nil
        }
        return Key(dir.isEmpty ? name : dir + "/" + name)
    }
}

/// Finds the ways in which a key can be read, longest folders and names first. Gives up after so many steps: what is not found then counts as not
/// made by the layout, and so is never deleted.
struct LayoutMatching {
    /// One way.
    struct Found {
        var values: [LayoutReading.Value] = []
        /// Values that stand in the key as they are, by field.
        var plain: [LayoutVariable.Field: String] = [:]
        var own: [String: String] = [:]
        /// Values of the layout's own variables that were changed when they were written.
        var changed: [(variable: LayoutVariable, text: String)] = []
    }

    let layout: Layout
    let bytes: [UInt8]
    /// How many ways are looked for.
    let most: Int
    private(set) var found: [Found] = []
    private var steps = 0

    private static let stepLimit = 20_000
    private static let slash = UInt8(ascii: "/")

    init(layout: Layout, bytes: [UInt8], most: Int) {
        self.layout = layout
        self.bytes = bytes
        self.most = most
    }

    mutating func run() { match(0, at: 0, Found()) }

    private mutating func match(_ part: Int, at: Int, _ so: Found) {
        steps += 1
        guard found.count < most, steps < Self.stepLimit else { return }
        guard part < layout.parts.count else {
            if at == bytes.count, isConsistent(so) { found.append(so) }
            return
        }
        switch layout.parts[part] {
        case .text(let text):
            if bytes[at...].starts(with: text.utf8) { match(part + 1, at: at + text.utf8.count, so) }
            // An empty folder takes its slash along, a missing extension its dot.
            if isBehindEmptyFolder(part, so), text.utf8.first == Self.slash, bytes[at...].starts(with: text.utf8.dropFirst()) {
                match(part + 1, at: at + text.utf8.count - 1, so)
            }
            if text.utf8.last == UInt8(ascii: "."), part + 1 < layout.parts.count, case .variable(let next) = layout.parts[part + 1],
                next.field == .ext, next.fallback == nil, bytes[at...].starts(with: text.utf8.dropLast())
            {
                var without = so
                without.note(next, "")
                match(part + 2, at: at + text.utf8.count - 1, without)
            }
        case .constant(let variable, let value):
            guard bytes[at...].starts(with: value.utf8) else { return }
            var next = so
            next.values.noteOnce(variable.name, value)
            match(part + 1, at: at + value.utf8.count, next)
        case .variable(let variable):
            for end in ends(of: variable, from: at) {
                let text = String(decoding: bytes[at..<end], as: UTF8.self)
                guard variable.words.isEmpty || variable.words.contains(text) else { continue }
                var next = so
                guard next.note(variable, text) else { continue }
                match(part + 1, at: end, next)
            }
        }
    }

    private func isBehindEmptyFolder(_ part: Int, _ so: Found) -> Bool {
        guard part > 0, case .variable(let before) = layout.parts[part - 1] else { return false }
        return before.field == .dir && so.values.last { $0.name == before.name }?.text.isEmpty == true
            || before.fallback?.isEmpty == true && so.values.last { $0.name == before.name }?.text.isEmpty == true
    }

    /// Where a variable's value may end that begins at `start`, the longest first.
    private func ends(of variable: LayoutVariable, from start: Int) -> [Int] {
        var ends: [Int] = []
        switch variable.field {
        case .dir: ends = folderEnds(from: start)
        case .taken(let pattern), .timestamp(let pattern): ends = pattern.end(in: bytes[...], from: start).map { [$0] } ?? []
        case .unix, .index:
            let least = if case .index(let width) = variable.field { width } else { 1 }
            let digits = bytes[start...].prefix { 48...57 ~= $0 }.count
            ends = digits < least ? [] : (least...digits).map { start + $0 }.reversed()
        case .sha256:
            let digits = bytes[start...].prefix { 48...57 ~= $0 || 97...102 ~= $0 }.count
            let count = variable.changes.reduce(64) { if case .first(let most) = $1 { min($0, most) } else { $0 } }
            ends = digits >= count ? [start + count] : []
        default:
            // An extension has no dot of its own.
            let stop = variable.field == .ext ? UInt8(ascii: ".") : Self.slash
            let most = bytes[start...].prefix { $0 != Self.slash && $0 != stop }.count
            ends = most == 0 ? [] : (1...most).map { start + $0 }.filter { isBoundary($0) }.reversed()
        }
        if let fallback = variable.fallback, bytes[start...].starts(with: fallback.utf8) {
            let end = start + fallback.utf8.count
            if !ends.contains(end) { ends.append(end) }
        }
        return ends
    }

    /// Where a folder may end: at once, or behind names with single slashes between them.
    private func folderEnds(from start: Int) -> [Int] {
        var ends = [start]
        var last = Self.slash
        for (at, byte) in zip(start..., bytes[start...]) {
            if byte == Self.slash, last == Self.slash { break }
            last = byte
            if byte != Self.slash, isBoundary(at + 1) { ends.append(at + 1) }
        }
        return ends.reversed()
    }

    /// True where no character of UTF-8 is cut.
    private func isBoundary(_ at: Int) -> Bool { at == bytes.count || bytes[at] & 0xC0 != 0x80 }

    /// True where a variable that stands in the key twice, once whole and once changed, is the same, and no extension is left in a name without one.
    private func isConsistent(_ so: Found) -> Bool {
        if so.plain[.ext]?.isEmpty == true, so.plain[.stem]?.dropFirst().contains(".") == true { return false }
        return so.changed.allSatisfy { changed in
            guard case .custom(let name) = changed.variable.field, let whole = so.own[name] else { return true }
            return LayoutText.sanitised(changed.variable.written(whole)) == changed.text
        }
    }
}

extension LayoutMatching.Found {
    /// Takes a value; false where the same variable has another one already.
    @discardableResult
    mutating func note(_ variable: LayoutVariable, _ text: String) -> Bool {
        if case .index = variable.field {
            values.noteOnce(variable.name, text)
            return true
        }
        if variable.changes.isEmpty {
            if let before = plain[variable.field], before != text { return false }
            plain[variable.field] = text
            if case .custom(let name) = variable.field { own[name] = text }
        } else {
            changed.append((variable, text))
        }
        values.noteOnce(variable.name, text)
        return true
    }
}

extension [LayoutReading.Value] {
    fileprivate mutating func noteOnce(_ name: String, _ text: String) {
        guard !contains(where: { $0.name == name && $0.text == text }) else { return }
        append(LayoutReading.Value(name: name, text: text))
    }
}
