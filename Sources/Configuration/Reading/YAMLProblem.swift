internal import Yams

/// Explains the parser's errors: the place, and what the author most likely meant.
struct YAMLProblem {
    private let lines: [[Unicode.Scalar]]

    init(_ text: String) {
        lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { Array($0) }
    }

    func explain(_ error: YamlError) -> (Position, ConfigurationFault.Reason) {
        switch error {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _):
            return explain(problem, at: Position(mark), while: context?.text, since: context.map { Position($0.mark) })
        case .composer(_, let problem, let mark, _):
            // An alias without its anchor: most likely a pattern without quotes.
            let position = Position(mark)
            return (position, character(at: position) == "*" ? .needsQuotes("*") : .syntax(problem))
        case .duplicatedKeysInMapping(let names, let context):
            let first = Position(context.mark)
            return (second(of: names.first ?? "", after: first), .duplicateKey(names.first ?? "", firstLine: first.line))
        case .memory: return (Position(line: 1, column: 1), .syntax("it is nested too deeply"))
        default: return (Position(line: 1, column: 1), .syntax("it cannot be parsed"))
        }
    }

    private func explain(
        _ problem: String, at position: Position, while context: String?, since start: Position?
    ) -> (Position, ConfigurationFault.Reason) {
        if character(at: position) == "\t" { return (position, .tab) }
        if let start, let quote = character(at: start), quote == "'" || quote == "\"" {
            return (start, .syntax("a quotation mark that is never closed"))
        }
        for place in [valueStart(before: position), start, position].compactMap(\.self) {
            if let character = character(at: place), Self.indicators.contains(character) {
                return (place, .needsQuotes(Character(character)))
            }
        }
        return (position, .syntax(problem + (context.map { " " + $0 } ?? "")))
    }

    /// Characters that begin something else than text.
    private static let indicators: Set<Unicode.Scalar> = ["*", "&", "!", "%", "@", "`", "[", "{", "]", "}", "|", ">"]

    private func character(at position: Position) -> Unicode.Scalar? {
        guard lines.indices.contains(position.line - 1), lines[position.line - 1].indices.contains(position.column - 1) else { return nil }
        return lines[position.line - 1][position.column - 1]
    }

    /// Where the value begins that holds a place: `[` of `path: [ab]*.jpg`, where the parser stumbles over what follows the `]`.
    private func valueStart(before position: Position) -> Position? {
        guard lines.indices.contains(position.line - 1) else { return nil }
        let line = lines[position.line - 1].prefix(position.column - 1)
        let blank = line.indices.dropFirst().last { line[$0] == " " && (line[$0 - 1] == ":" || line[$0 - 1] == "-") }
        return blank.map { Position(line: position.line, column: $0 + 2) }
    }

    /// Where a key that stands twice stands again. In block style that is a line below with the key in the same column; the parser only tells
    /// the first, which is answered for any other style.
    private func second(of name: String, after first: Position) -> Position {
        let column = first.column - 1
        let spellings = [name, "'\(name)'", "\"\(name)\""].map { Array($0.unicodeScalars) }
        for (index, line) in lines.enumerated().dropFirst(first.line) where line.count > column {
            let isIndented = line[..<column].allSatisfy { $0 == " " || $0 == "-" || $0 == "?" }
            let rest = line[column...]
            if isIndented, spellings.contains(where: { rest.starts(with: $0) && rest.dropFirst($0.count).first { $0 != " " } == ":" }) {
                return Position(line: index + 1, column: first.column)
            }
        }
        return first
    }
}
