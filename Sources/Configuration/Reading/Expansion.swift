/// Replaces `${NAME}` and `${NAME:-default}` by the environment's values, and `$$` by a dollar sign; a dollar sign before anything else stands
/// for itself. As in a shell, the default also stands in for an empty variable; the result is not expanded again.
enum Expansion {
    /// Why a text cannot be expanded.
    enum Failure: Error, Hashable {
        case unset(String)
        case malformed(String)
    }

    static func expand(_ text: String, environment: [String: String]) throws(Failure) -> String {
        guard text.utf8.contains(UInt8(ascii: "$")) else { return text }
        var result = ""
        var rest = text.unicodeScalars[...]
        while let dollar = rest.firstIndex(of: "$") {
            result.unicodeScalars += rest[..<dollar]
            let after = rest.index(after: dollar)
            switch after < rest.endIndex ? rest[after] : nil {
            case "$":
                result += "$"
                rest = rest[rest.index(after: after)...]
            case "{":
                let inside = rest.index(after: after)
                guard let close = rest[inside...].firstIndex(of: "}") else { throw .malformed(String(rest[dollar...])) }
                result += try value(of: rest[inside..<close], whole: String(rest[dollar...close]), environment)
                rest = rest[rest.index(after: close)...]
            default:
                result += "$"
                rest = rest[after...]
            }
        }
        result.unicodeScalars += rest
        return result
    }

    private static func value(
        of inner: Substring.UnicodeScalarView, whole: String, _ environment: [String: String]
    ) throws(Failure) -> String {
        let end = inner.firstIndex(of: ":") ?? inner.endIndex
        let name = String(inner[..<end])
        let tail = String(inner[end...])
        guard isName(name), tail.isEmpty || tail.hasPrefix(":-") else { throw .malformed(whole) }
        let value = environment[name]
        if !tail.isEmpty { return value.flatMap { $0.isEmpty ? nil : $0 } ?? String(tail.dropFirst(2)) }
        guard let value else { throw .unset(name) }
        return value
    }

    /// A name as a shell knows it (POSIX.1-2017 §3.235).
    private static func isName(_ name: String) -> Bool {
        let bytes = name.utf8
        guard let first = bytes.first, first == 95 || 65...90 ~= first & 0xDF else { return false }
        return bytes.allSatisfy { $0 == 95 || 48...57 ~= $0 || 65...90 ~= $0 & 0xDF }
    }
}
