public import Vocabulary

/// A line of a filter: which paths it is about, and whether they are left out or taken in again.
public struct FilterRule: Sendable, Hashable {
    /// Where a rule was said.
    public enum Origin: Sendable, Hashable {
        /// An option of the command line, `--exclude`.
        case option(String)
        /// A line of a file, from 1.
        case line(Int, of: String)
        /// A setting of the configuration file.
        case setting(String)
    }

    /// The pattern.
    public let glob: Glob
    /// True for a rule that takes in again what an earlier one left out.
    public let isInclusion: Bool
    /// Where it was said.
    public let origin: Origin
    private let test: QuickTest

    /// Creates a rule.
    public init(_ glob: Glob, isInclusion: Bool, origin: Origin) {
        self.glob = glob
        self.isInclusion = isInclusion
        self.origin = origin
        test = QuickTest(glob)
    }

    /// Creates a rule of `--exclude` (where a leading `!` makes it an inclusion) or `--include`.
    public init(option: String, pattern: String) throws(FilterError) {
        let isNegated = pattern.hasPrefix("!")
        let isInclusion = option == "--include"
        do throws(Glob.SyntaxError) {
            let glob = try Glob(isNegated && !isInclusion ? String(pattern.dropFirst()) : pattern)
            self.init(glob, isInclusion: isInclusion || isNegated, origin: .option(option))
        } catch {
            throw FilterError(origin: .option(option), problem: error.description)
        }
    }

    /// Creates a rule of a setting, as gitignore(5) writes it: a leading `!` makes it an inclusion.
    public init(setting: String, pattern: String) throws(FilterError) {
        let isInclusion = pattern.hasPrefix("!")
        do throws(Glob.SyntaxError) {
            let glob = try Glob(isInclusion ? String(pattern.dropFirst()) : pattern)
            self.init(glob, isInclusion: isInclusion, origin: .setting(setting))
        } catch {
            throw FilterError(origin: .setting(setting), problem: error.description)
        }
    }

    /// True where the rule is about `path` itself, given below the folder that the rule belongs to.
    func matches(_ path: ArraySlice<UInt8>, name: ArraySlice<UInt8>, isFolder: Bool) -> Bool {
        if let verdict = test.verdict(name, isFolder: isFolder) { return verdict }
        return glob.matchesItself(glob.judgesNames ? name : path, isFolder: isFolder)
    }
}

extension FilterRule: CustomStringConvertible {
    /// The pattern and where it was said: `--exclude '*.tmp'`, `.galleria-ignore:3: *.tmp`.
    public var description: String {
        let pattern = glob.pattern.escapedForTerminal
        return switch origin {
        case .option(let name): "\(name) '\(pattern)'"
        case .line(let line, let file): "\(file.escapedForTerminal):\(line): \(isInclusion ? "!" : "")\(pattern)"
        case .setting(let name): "\(name): '\(pattern)'"
        }
    }
}

/// Judges a pattern by what most patterns end in, a literal: most paths end in something else. What only is a name, or `*` and the end of a name,
/// needs no automaton at all.
private struct QuickTest: Sendable, Hashable {
    private enum Rest: Hashable {
        case name
        case nothing
        case automaton
    }

    private let tail: [UInt8]
    private let rest: Rest
    private let foldersOnly: Bool

    init(_ glob: Glob) {
        var text = glob.pattern.utf8[...]
        foldersOnly = text.last == UInt8(ascii: "/")
        if foldersOnly { text = text.dropLast() }
        let special = text.lastIndex { "*?[]{}\\/".utf8.contains($0) }
        tail = Array(special.map { text[text.index(after: $0)...] } ?? text)
        switch special {
        case nil: rest = .name
        case text.startIndex where text.first == UInt8(ascii: "*"): rest = .nothing
        default: rest = .automaton
        }
    }

    /// Nil where only the pattern itself can tell.
    func verdict(_ name: ArraySlice<UInt8>, isFolder: Bool) -> Bool? {
        guard isFolder || !foldersOnly, name.count >= tail.count, name.suffix(tail.count).elementsEqual(tail) else { return false }
        switch rest {
        case .name: return name.count == tail.count
        case .nothing: return true
        case .automaton: return nil
        }
    }
}
