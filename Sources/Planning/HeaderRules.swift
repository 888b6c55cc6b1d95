public import Vocabulary

/// Which headers each file is deployed with: a content type by its name, what holds for all, the first of the rules that matches, and what
/// stands above all.
public struct HeaderRules: Sendable, Hashable {
    /// Headers for the files that a pattern matches.
    public struct Rule: Sendable, Hashable {
        /// The pattern, matched against paths below the source; nil matches all.
        public var glob: Glob?
        /// What is set for them.
        public var headers: HeaderSet

        /// Creates a rule.
        public init(_ glob: Glob?, _ headers: HeaderSet) {
            self.glob = glob
            self.headers = headers
        }
    }

    /// What all files with the same headers share. There are few kinds, however many files.
    public struct Kind: Sendable, Hashable {
        let contentType: String
        let rule: Int?
    }

    /// What holds for every file.
    public var common: HeaderSet
    /// What holds for some: the first that matches decides, and stands above `common`.
    public var rules: [Rule]
    /// What holds for every file, whatever the rules say.
    public var above: HeaderSet

    /// Content types and nothing else, unless more is given.
    public init(common: HeaderSet = HeaderSet(), rules: [Rule] = [], above: HeaderSet = HeaderSet()) {
        self.common = common
        self.rules = rules
        self.above = above
    }

    /// The kind of a file.
    public func kind(of path: Key) -> Kind {
        Kind(
            contentType: ContentType.of(path),
            rule: rules.isEmpty ? nil : rules.firstIndex { $0.glob?.matches(path.bytes) ?? true })
    }

    /// The headers of a kind.
    public func headers(of kind: Kind) -> HeaderSet {
        var headers = HeaderSet()
        headers["content-type"] = kind.contentType
        headers.merge(common)
        if let index = kind.rule, rules.indices.contains(index) { headers.merge(rules[index].headers) }
        headers.merge(above)
        return headers
    }

    /// The headers of a file.
    public func headers(for path: Key) -> HeaderSet { headers(of: kind(of: path)) }
}
