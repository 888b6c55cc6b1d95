public import Vocabulary

/// Which headers each file is deployed with: a content type by its name, what holds for all, and rules for some.
public struct HeaderRules: Sendable, Hashable {
    /// Headers for the files that a pattern matches.
    public struct Rule: Sendable, Hashable {
        /// The pattern, matched against paths below the source.
        public var glob: Glob
        /// What is set for them; a later rule stands above an earlier one.
        public var headers: HeaderSet

        /// Creates a rule.
        public init(_ glob: Glob, _ headers: HeaderSet) {
            self.glob = glob
            self.headers = headers
        }
    }

    /// What all files with the same headers share. There are few kinds, however many files.
    public struct Kind: Sendable, Hashable {
        let contentType: String
        let rules: [Int]
    }

    /// What holds for every file.
    public var common: HeaderSet
    /// What holds for some, in order.
    public var rules: [Rule]

    /// Content types and nothing else, unless more is given.
    public init(common: HeaderSet = HeaderSet(), rules: [Rule] = []) {
        self.common = common
        self.rules = rules
    }

    /// The kind of a file.
    public func kind(of path: Key) -> Kind {
        Kind(
            contentType: ContentType.of(path),
            rules: rules.isEmpty ? [] : rules.indices.filter { rules[$0].glob.matches(path.bytes) })
    }

    /// The headers of a kind.
    public func headers(of kind: Kind) -> HeaderSet {
        var headers = HeaderSet()
        headers["content-type"] = kind.contentType
        headers.merge(common)
        for index in kind.rules where rules.indices.contains(index) { headers.merge(rules[index].headers) }
        return headers
    }

    /// The headers of a file.
    public func headers(for path: Key) -> HeaderSet { headers(of: kind(of: path)) }
}
