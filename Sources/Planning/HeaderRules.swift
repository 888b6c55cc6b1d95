public import Vocabulary

/// Which headers each file is deployed with: a content type by its name, how long it may be kept, what holds for all, the first of the rules that
/// matches, and what stands above all.
public struct HeaderRules: Sendable, Hashable {
    /// Headers for the files that a pattern matches.
    public struct Rule: Sendable, Hashable {
        /// The pattern, matched against paths below the source; nil matches all.
        public var glob: Glob?
        /// What is set for them.
        public var headers: HeaderSet
        /// Whether text among them is coded before it is sent; nil where what holds for all decides.
        public var coding: CodingChoice?

        /// Creates a rule.
        public init(_ glob: Glob?, _ headers: HeaderSet, coding: CodingChoice? = nil) {
            self.glob = glob
            self.headers = headers
            self.coding = coding
        }
    }

    /// How text is coded before it is sent.
    public enum CodingChoice: Sendable, Hashable {
        /// As it is.
        case plain
        /// By this coding, where that makes it smaller.
        case coded(ContentCoding)
    }

    /// What all files with the same headers share. There are few kinds, however many files.
    public struct Kind: Sendable, Hashable {
        let contentType: String
        let rule: Int?
        let caching: CacheDefault?
        let coding: ContentCoding?
        /// The file itself, where headers were written down for it alone.
        let file: Key?
    }

    /// What holds for every file.
    public var common: HeaderSet
    /// What holds for some: the first that matches decides, and stands above `common`.
    public var rules: [Rule]
    /// What holds for every file, whatever the rules say.
    public var above: HeaderSet
    /// How text is coded where no rule says otherwise.
    public var coding: CodingChoice
    /// What was written down for single files, by their paths below the source: it stands above the rules and below `above`.
    public var files: [Key: HeaderSet] = [:]
    /// True where files without another `cache-control` get the one that their kind asks for.
    public var setsCaching: Bool

    /// Content types and nothing else, unless more is given.
    public init(
        common: HeaderSet = HeaderSet(), rules: [Rule] = [], above: HeaderSet = HeaderSet(), coding: CodingChoice = .plain,
        setsCaching: Bool = false
    ) {
        self.common = common
        self.rules = rules
        self.above = above
        self.coding = coding
        self.setsCaching = setsCaching
    }

    /// True where any file may be coded.
    public var mayCode: Bool { coding != .plain || rules.contains { $0.coding ?? .plain != .plain } }

    /// How the file is to be coded, where that makes it smaller; nil for what is no text by its name, and for what is coded already.
    public func coding(of path: Key) -> ContentCoding? {
        guard case .coded(let coding) = choice(path), ContentType.shrinks(ContentType.of(path)) else { return nil }
        return headers(of: kind(of: path))["content-encoding"] == nil ? coding : nil
    }

    private func choice(_ path: Key) -> CodingChoice {
        guard let index = firstRule(path) else { return coding }
        return rules[index].coding ?? coding
    }

    private func firstRule(_ path: Key) -> Int? { rules.isEmpty ? nil : rules.firstIndex { $0.glob?.matches(path.bytes) ?? true } }

    /// The kind of a file. `contentType` stands for the one that its name tells; `coding` is how its bytes are coded.
    public func kind(of path: Key, contentType: String? = nil, coding: ContentCoding? = nil) -> Kind {
        let contentType = contentType ?? ContentType.of(path)
        return Kind(
            contentType: contentType, rule: firstRule(path), caching: setsCaching ? CacheDefault(path, contentType: contentType) : nil,
            coding: coding, file: files.isEmpty || files[path] == nil ? nil : path)
    }

    /// The headers of a kind.
    public func headers(of kind: Kind) -> HeaderSet {
        var headers = HeaderSet()
        headers["content-type"] = kind.contentType
        headers["cache-control"] = kind.caching?.rawValue
        headers.merge(common)
        if let index = kind.rule, rules.indices.contains(index) { headers.merge(rules[index].headers) }
        if let file = kind.file, let own = files[file] { headers.merge(own) }
        headers.merge(above)
        if let coding = kind.coding { headers["content-encoding"] = coding.rawValue }
        return headers
    }

    /// The headers of a file whose bytes are not coded and whose type its name tells.
    public func headers(for path: Key) -> HeaderSet { headers(of: kind(of: path)) }
}
