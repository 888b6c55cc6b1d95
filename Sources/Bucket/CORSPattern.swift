/// An allowed origin or an allowed header of a CORS rule: literal text that may hold one `*`, which stands for any characters, even none
/// (Amazon S3 User Guide, "Elements of a CORS configuration"). Bytes are compared, so that case and normalisation count for origins.
struct CORSPattern: Hashable {
    /// What comes before the wildcard, or the whole of a literal.
    let prefix: [UInt8]
    /// What comes after the wildcard; nil for a literal.
    let suffix: [UInt8]?

    /// Reads a pattern; only the first `*` is a wildcard, since S3 refuses a second one.
    init(_ text: String) {
        let bytes = [UInt8](text.utf8)
        if let star = bytes.firstIndex(of: UInt8(ascii: "*")) {
            prefix = Array(bytes[..<star])
            suffix = Array(bytes[(star + 1)...])
        } else {
            prefix = bytes
            suffix = nil
        }
    }

    /// True where the pattern covers `text`.
    func matches(_ text: [UInt8]) -> Bool {
        guard let suffix else { return text == prefix }
        return text.count >= prefix.count + suffix.count && text.starts(with: prefix) && text.suffix(suffix.count).elementsEqual(suffix)
    }

    /// Texts that together meet every way in which these patterns can overlap: two texts that no pattern tells apart need not both be tried.
    ///
    /// Take any text and the patterns that cover it, with their longest prefix p and longest suffix s. If p and s do not overlap in it, the same
    /// patterns and no others cover `p ◌ s`, where ◌ is a byte that no pattern holds; if they do, the text is p and s merged by that overlap.
    /// So those texts, and the literals, decide for all.
    static func witnesses(_ patterns: some Sequence<CORSPattern>) -> Set<[UInt8]> {
        var prefixes: Set<[UInt8]> = []
        var suffixes: Set<[UInt8]> = []
        var result: Set<[UInt8]> = []
        for pattern in patterns {
            if let suffix = pattern.suffix {
                prefixes.insert(pattern.prefix)
                suffixes.insert(suffix)
            } else {
                result.insert(pattern.prefix)
            }
        }
        for prefix in prefixes {
            for suffix in suffixes {
                result.insert(prefix + [filler] + suffix)
                for overlap in 1..<(min(prefix.count, suffix.count) + 1)
                where prefix.suffix(overlap).elementsEqual(suffix.prefix(overlap)) {
                    result.insert(prefix + suffix.dropFirst(overlap))
                }
            }
        }
        return result
    }

    /// A byte that no UTF-8 text holds, and so no pattern.
    private static let filler: UInt8 = 0xff

    /// A witness for a report: `*` where anything may stand.
    static func text(_ witness: [UInt8]) -> String {
        String(decoding: witness.map { $0 == filler ? UInt8(ascii: "*") : $0 }, as: UTF8.self)
    }
}
