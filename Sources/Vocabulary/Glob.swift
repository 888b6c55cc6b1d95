/// A path pattern in the manner of gitignore(5), matched against UTF-8 bytes without any normalisation.
///
/// - `*` any characters but `/`; `?` one character but `/`; `[a-z]`, `[!a-z]` one of, or none of, a set; `{a,b}` either;
///   `\` takes the next character literally.
/// - `**/` any number of folders, none included; `/**` everything below a folder.
/// - A pattern with no `/` but at its end matches at any depth; any other is anchored at the root. A leading `/` only anchors.
/// - A pattern that matches a folder matches everything below it; one that ends in `/` matches folders only.
public struct Glob: Sendable, Hashable, CustomStringConvertible {
    /// The pattern as given.
    public let pattern: String

    private let alternatives: [Alternative]

    /// Why a pattern is none.
    public enum SyntaxError: Error, Sendable, Hashable, CustomStringConvertible {
        /// Nothing to match.
        case empty
        /// A `[` or `{` without its end.
        case unclosed(Character, pattern: String)
        /// A `\` at the end.
        case danglingEscape(pattern: String)
        /// The braces stand for more than 1,000 patterns.
        case tooManyAlternatives(pattern: String)

        /// Says what is wrong with which pattern and how to write it.
        public var description: String {
            switch self {
            case .empty: "an empty pattern matches nothing: write a path such as 2024/**/*.jpg"
            case .unclosed(let opening, let pattern):
                "'\(pattern)' lacks the end of its '\(opening)': close it, or write '\\\(opening)' for the character itself"
            case .danglingEscape(let pattern): "'\(pattern)' ends in a backslash: write '\\\\' for the character itself"
            case .tooManyAlternatives(let pattern):
                "the braces of '\(pattern)' stand for more than 1,000 patterns: write several shorter ones"
            }
        }
    }

    /// Compiles a pattern.
    public init(_ pattern: String) throws(SyntaxError) {
        guard !pattern.isEmpty, pattern != "/" else { throw .empty }
        self.pattern = pattern
        let expanded = try Self.expand(Array(pattern.unicodeScalars), pattern)
        var alternatives: [Alternative] = []
        for scalars in expanded { alternatives.append(try Alternative(scalars, pattern)) }
        self.alternatives = alternatives
    }

    /// True where the pattern matches `path` (UTF-8, no leading slash), or a folder that holds it.
    public func matches(_ path: [UInt8]) -> Bool { alternatives.contains { $0.matches(path) } }

    /// True where the pattern matches `path` itself, which is a folder's or not; nothing is said of what lies below it.
    public func matchesItself(_ path: ArraySlice<UInt8>, isFolder: Bool) -> Bool {
        alternatives.contains { $0.matchesItself(path, isFolder: isFolder) }
    }

    /// True for a pattern with no `/` but at its end: it judges names, in whatever folder.
    public var judgesNames: Bool { !pattern.utf8.dropLast().contains(UInt8(ascii: "/")) }

    /// The pattern as given.
    public var description: String { pattern }

    /// Patterns are equal where their texts are.
    public static func == (a: Glob, b: Glob) -> Bool { a.pattern.utf8.elementsEqual(b.pattern.utf8) }

    /// Hashes the text.
    public func hash(into hasher: inout Hasher) { hasher.combine(Array(pattern.utf8)) }

    /// Replaces the first brace group by each of its members, again and again.
    private static func expand(_ text: [Unicode.Scalar], _ pattern: String) throws(SyntaxError) -> [[Unicode.Scalar]] {
        var finished: [[Unicode.Scalar]] = []
        var open = [text]
        while let next = open.popLast() {
            guard let group = try braces(in: next, pattern) else {
                finished.append(next)
                continue
            }
            for member in group.members { open.append(Array(next[..<group.range.lowerBound]) + member + next[group.range.upperBound...]) }
            guard finished.count + open.count <= 1000 else { throw .tooManyAlternatives(pattern: pattern) }
        }
        return finished
    }

    /// The first brace group outside of a set, with its members split at its own commas.
    private static func braces(
        in text: [Unicode.Scalar], _ pattern: String
    ) throws(SyntaxError) -> (range: Range<Int>, members: [ArraySlice<Unicode.Scalar>])? {
        var i = 0
        var start: Int?
        var depth = 0
        var cuts: [Int] = []
        while i < text.count {
            switch text[i] {
            case "\\": i += 1
            case "[" where depth == 0:
                if let end = Alternative.setEnd(text, i) { i = end }
            case "{":
                if depth == 0 {
                    start = i
                    cuts = [i]
                }
                depth += 1
            case "," where depth == 1: cuts.append(i)
            case "}" where depth > 0:
                depth -= 1
                if depth == 0, let start {
                    cuts.append(i)
                    return (start..<i + 1, zip(cuts, cuts.dropFirst()).map { text[($0 + 1)..<$1] })
                }
            default: break
            }
            i += 1
        }
        if depth > 0 { throw .unclosed("{", pattern: pattern) }
        return nil
    }
}

/// One pattern without braces, compiled to a list of tokens that is run as a nondeterministic automaton: time is at most
/// tokens × characters, whatever the pattern.
private struct Alternative: Sendable {
    private enum Token: Sendable {
        case literal(Unicode.Scalar)
        case one
        case set([ClosedRange<Unicode.Scalar>], negated: Bool)
        case star
        /// `**/`: nothing, or anything that ends in a slash.
        case folders
        /// `**` at the end: anything.
        case everything
    }

    private var tokens: [Token] = []
    private let foldersOnly: Bool

    init(_ scalars: [Unicode.Scalar], _ pattern: String) throws(Glob.SyntaxError) {
        var text = scalars[...]
        foldersOnly = text.last == "/" && text.dropLast().last != "\\"
        if foldersOnly { text = text.dropLast() }
        if !text.contains("/") { tokens.append(.folders) }
        if text.first == "/" { text = text.dropFirst() }
        let list = Array(text)
        var i = 0
        while i < list.count {
            switch list[i] {
            case "\\":
                guard i + 1 < list.count else { throw .danglingEscape(pattern: pattern) }
                i += 1
                tokens.append(.literal(list[i]))
            case "?": tokens.append(.one)
            case "[":
                guard let end = Self.setEnd(list, i) else { throw .unclosed("[", pattern: pattern) }
                tokens.append(Self.set(list[(i + 1)..<end]))
                i = end
            case "*":
                var end = i
                while end < list.count, list[end] == "*" { end += 1 }
                let atStart = i == 0 || list[i - 1] == "/"
                if end - i == 2, atStart, end == list.count {
                    tokens.append(.everything)
                } else if end - i == 2, atStart, list[end] == "/" {
                    tokens.append(.folders)
                    end += 1
                } else {
                    tokens.append(.star)
                }
                i = end - 1
            default: tokens.append(.literal(list[i]))
            }
            i += 1
        }
    }

    /// Index of the `]` that ends the set that starts at `start`; a `]` right behind the opening belongs to the set.
    static func setEnd(_ text: [Unicode.Scalar], _ start: Int) -> Int? {
        var i = start + 1
        if i < text.count, text[i] == "!" || text[i] == "^" { i += 1 }
        if i < text.count, text[i] == "]" { i += 1 }
        while i < text.count, text[i] != "]" { i += text[i] == "\\" ? 2 : 1 }
        return i < text.count ? i : nil
    }

    private static func set(_ body: ArraySlice<Unicode.Scalar>) -> Token {
        var list = Array(body)
        let negated = list.first == "!" || list.first == "^"
        if negated { list.removeFirst() }
        var ranges: [ClosedRange<Unicode.Scalar>] = []
        var i = 0
        func take() -> Unicode.Scalar {
            if list[i] == "\\", i + 1 < list.count { i += 1 }
            i += 1
            return list[i - 1]
        }
        while i < list.count {
            let low = take()
            if i + 1 < list.count, list[i] == "-" {
                i += 1
                let high = take()
                if low <= high { ranges.append(low...high) }
            } else {
                ranges.append(low...low)
            }
        }
        return .set(ranges, negated: negated)
    }

    func matches(_ path: [UInt8]) -> Bool { run(path[...], isFolder: false, endsAtFolders: true) }

    func matchesItself(_ path: ArraySlice<UInt8>, isFolder: Bool) -> Bool { run(path, isFolder: isFolder, endsAtFolders: false) }

    private func run(_ path: ArraySlice<UInt8>, isFolder: Bool, endsAtFolders: Bool) -> Bool {
        var current = [Bool](repeating: false, count: tokens.count + 1)
        var next = current
        current[0] = true
        close(&current, atSegmentStart: true)
        var decoder = UTF8()
        var bytes = path.makeIterator()
        while case .scalarValue(let c) = decoder.decode(&bytes) {
            if endsAtFolders, c == "/", current[tokens.count] { return true }
            for i in next.indices { next[i] = false }
            for i in tokens.indices where current[i] { step(i, c, &next) }
            close(&next, atSegmentStart: c == "/")
            swap(&current, &next)
        }
        return current[tokens.count] && (isFolder || !foldersOnly)
    }

    private func step(_ i: Int, _ c: Unicode.Scalar, _ next: inout [Bool]) {
        switch tokens[i] {
        case .literal(let wanted): if c == wanted { next[i + 1] = true }
        case .one: if c != "/" { next[i + 1] = true }
        case .set(let ranges, let negated): if c != "/", ranges.contains(where: { $0.contains(c) }) != negated { next[i + 1] = true }
        case .star: if c != "/" { next[i] = true }
        case .folders, .everything: next[i] = true
        }
    }

    /// Passes over tokens that may stand for nothing; `**/` may only end where a name begins.
    private func close(_ states: inout [Bool], atSegmentStart: Bool) {
        for i in tokens.indices where states[i] {
            switch tokens[i] {
            case .star, .everything: states[i + 1] = true
            case .folders where atSegmentStart: states[i + 1] = true
            default: break
            }
        }
    }
}
