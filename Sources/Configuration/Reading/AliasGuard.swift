/// Finds, before a text is parsed, what would let a few lines of YAML cost unbounded time.
///
/// An alias is cheap where it is a value: the tree shares what it refers to, and whoever walks the tree counts. As, or within, a key it is
/// not: the parser hashes keys whole, and ten aliases of ten aliases, nine deep, are a thousand million values. So a text with aliases may
/// have plain words as keys only. The search is textual and errs on the safe side: quoted text may be taken for an alias, never the reverse.
enum AliasGuard {
    /// The byte offset of a key that is not a plain word in a text that has aliases; nil where the text is harmless.
    static func complexKey(in text: [UInt8]) -> Int? {
        let anchors = names(after: UInt8(ascii: "&"), in: text)
        guard !anchors.isEmpty, !names(after: UInt8(ascii: "*"), in: text).isDisjoint(with: anchors) else { return nil }
        return text.indices.first { isKeyIndicator(text, $0) || isEndOfComplexKey(text, $0) }
    }

    /// The names that anchors and aliases have (libyaml's scanner, `yaml_parser_scan_anchor`: letters, digits, `_`, `-`).
    private static func names(after mark: UInt8, in text: [UInt8]) -> Set<ArraySlice<UInt8>> {
        var names: Set<ArraySlice<UInt8>> = []
        for i in text.indices where text[i] == mark {
            let name = text[(i + 1)...].prefix(while: isNameByte)
            if !name.isEmpty { names.insert(name) }
        }
        return names
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }

    /// A `?` where a token may begin, which announces a key of any kind. Behind a letter and its like it is part of plain text.
    private static func isKeyIndicator(_ text: [UInt8], _ i: Int) -> Bool {
        guard text[i] == UInt8(ascii: "?") else { return false }
        guard i > 0 else { return true }
        let before = text[i - 1]
        return !(isNameByte(before) || before >= 0x80 || "./*?)(+~$%@!;=".utf8.contains(before))
    }

    /// A `]`, `}` or alias, then blanks, then the `:` that makes it a key.
    private static func isEndOfComplexKey(_ text: [UInt8], _ i: Int) -> Bool {
        guard text[i] == UInt8(ascii: ":") else { return false }
        let before = text[..<i].reversed().drop { $0 == 32 || $0 == 9 }
        guard let last = before.first else { return false }
        if last == UInt8(ascii: "]") { return true }
        if last == UInt8(ascii: "}") { return !isExpansion(Array(before.dropFirst())) }
        return before.drop(while: isNameByte).first == UInt8(ascii: "*")
    }

    /// True where the braces, read backwards, are those of `${NAME}` or `${NAME:-default}`.
    private static func isExpansion(_ backwards: [UInt8]) -> Bool {
        let inner = backwards.prefix { isNameByte($0) || ":./".utf8.contains($0) }
        let rest = backwards.dropFirst(inner.count)
        return rest.starts(with: [UInt8(ascii: "{"), UInt8(ascii: "$")])
    }
}
