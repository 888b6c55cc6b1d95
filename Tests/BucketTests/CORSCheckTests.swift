import Bucket
import Testing
import Vocabulary

@Suite struct CORSCheckTests {
    static func rule(
        _ id: String? = nil, _ origins: [String] = ["*"], _ methods: [String] = ["GET", "HEAD"], headers: [String] = ["*"],
        expose: [String] = ["ETag"], age: Int? = 3600
    ) -> CORSRule {
        CORSRule(
            id: id, allowedOrigins: origins, allowedMethods: methods, allowedHeaders: headers, exposeHeaders: expose, maxAgeSeconds: age)
    }

    @Test(arguments: [
        ("exact", [rule()], CORSNeeds()),
        ("more methods", [rule(nil, ["*"], ["PUT", "HEAD", "GET"])], CORSNeeds()),
        ("more exposed", [rule(expose: ["x-amz-request-id", "etag"])], CORSNeeds()),
        ("all exposed, where a server takes it", [rule(expose: ["*"])], CORSNeeds()),
        ("kept longer", [rule(age: 86400)], CORSNeeds()),
        ("broader origin", [rule(nil, ["https://*.example.com"])], CORSNeeds(origins: ["https://www.example.com"])),
        ("any origin for some", [rule()], CORSNeeds(origins: ["https://www.example.com", "http://localhost:*"])),
        ("any header for some", [rule()], CORSNeeds(headers: ["Range", "If-None-Match"])),
        ("header patterns cover", [rule(headers: ["if-*", "RANGE"])], CORSNeeds(headers: ["Range", "If-None-Match"])),
        ("methods shared by two rules", [rule(nil, ["*"], ["GET"]), rule(nil, ["*"], ["HEAD"])], CORSNeeds()),
        (
            "origins shared by two rules", [rule(nil, ["https://a"]), rule(nil, ["https://b"])],
            CORSNeeds(origins: ["https://a", "https://b"])
        ),
        (
            "origins shared by two patterns", [rule(nil, ["https://a*"]), rule(nil, ["*b"])],
            CORSNeeds(origins: ["https://a*", "https://*b"])
        ),
        ("a writing rule before", [rule("app", ["https://app"], ["PUT", "POST"], expose: [], age: nil), rule()], CORSNeeds()),
        ("a narrower rule before that is as good", [rule("app", ["https://app"], ["GET", "HEAD", "PUT"]), rule()], CORSNeeds()),
        ("a rule before that takes no preflight but exposes", [rule("app", headers: [], age: nil), rule()], CORSNeeds()),
        ("no preflight needed", [rule(headers: [], age: nil)], CORSNeeds(headers: [])),
        ("a max age is not needed", [rule(age: nil)], CORSNeeds(maxAgeSeconds: 0)),
        ("nothing to expose", [rule(expose: [])], CORSNeeds(exposed: [])),
    ])
    func suffices(_ name: String, _ rules: [CORSRule], _ needs: CORSNeeds) {
        #expect(CORSCheck.judge(rules, needs) == .sufficient, "\(name)")
    }

    @Test(arguments: [
        ([rule(nil, ["*"], ["GET"])], CORSNeeds(), ["HEAD from the origin *: not allowed"]),
        ([rule(nil, ["*"], ["PUT"])], CORSNeeds(), ["GET, HEAD from the origin *: not allowed"]),
        ([rule(nil, ["https://a"])], CORSNeeds(), ["GET, HEAD from the origin *: not allowed"]),
        ([rule(nil, ["https://*"])], CORSNeeds(), ["GET, HEAD from the origin *: not allowed"]),
        ([rule(nil, ["https://a"])], CORSNeeds(origins: ["https://a", "https://b"]), ["GET, HEAD from the origin https://b: not allowed"]),
        ([rule(nil, ["https://www.a"])], CORSNeeds(origins: ["https://*.a"]), ["GET, HEAD from the origin https://*.a: not allowed"]),
        ([rule(nil, ["https://a/"])], CORSNeeds(origins: ["https://a"]), ["GET, HEAD from the origin https://a: not allowed"]),
        ([rule(headers: [])], CORSNeeds(), ["GET, HEAD from the origin *: the request header * not allowed by rule 1"]),
        (
            [rule(headers: ["range"])], CORSNeeds(headers: ["Range", "If-Match"]),
            ["GET, HEAD from the origin *: the request header if-match not allowed by rule 1"]
        ),
        (
            [rule(headers: ["range"]), rule("second", headers: ["if-match"])], CORSNeeds(headers: ["Range", "If-Match"]),
            ["GET, HEAD from the origin *: the request header if-match not allowed by rule 1"]
        ),
        ([rule(expose: [])], CORSNeeds(), ["GET, HEAD from the origin *: ETag not exposed to scripts by rule 1"]),
        ([rule(age: 600)], CORSNeeds(), ["GET, HEAD from the origin *: preflight answers kept for 600 s only by rule 1"]),
        ([rule(age: nil)], CORSNeeds(), ["GET, HEAD from the origin *: preflight answers kept for 5 s only by rule 1"]),
        (
            [rule("old", ["https://app"], expose: []), rule("new")], CORSNeeds(),
            [
                "GET, HEAD from the origin https://app: ETag not exposed to scripts by rule 1 (“old”), which comes before rule 2 (“new”) that would"
            ]
        ),
        (
            [rule("old", ["*"], ["GET"], headers: [], expose: [], age: nil), rule("new")], CORSNeeds(),
            ["GET from the origin *: ETag not exposed to scripts by rule 1 (“old”), which comes before rule 2 (“new”) that would"]
        ),
        (
            [rule("old", headers: ["authorization"], age: 60), rule("new")], CORSNeeds(),
            [
                "GET, HEAD from the origin *: preflight answers kept for 60 s only by rule 1 (“old”), which comes before rule 2 (“new”) that would"
            ]
        ),
        (
            [rule(nil, ["https://a", "https://b"], ["GET"]), rule(nil, ["https://c"])],
            CORSNeeds(origins: ["https://a", "https://b", "https://c"]),
            ["HEAD from the origins https://a, https://b: not allowed"]
        ),
    ])
    func fallsShort(_ rules: [CORSRule], _ needs: CORSNeeds, _ expected: [String]) {
        guard case .insufficient(let shortfalls) = CORSCheck.judge(rules, needs) else {
            Issue.record("\(CORSCheck.judge(rules, needs))")
            return
        }
        #expect(shortfalls.map(\.description) == expected)
    }

    @Test func noRulesAreNotConfigured() {
        #expect(CORSCheck.judge([], CORSNeeds()) == .notConfigured)
    }

    @Test func whereTheFirstOriginDecidesAWritingRuleShadows() {
        let rules = [Self.rule("app", ["https://app"], ["PUT"]), Self.rule("ours")]
        #expect(CORSCheck.judge(rules, CORSNeeds()) == .sufficient)
        guard case .insufficient(let shortfalls) = CORSCheck.judge(rules, CORSNeeds(), matching: .firstOrigin) else {
            Issue.record("sufficient")
            return
        }
        #expect(
            shortfalls.map(\.description) == [
                "GET, HEAD from the origin https://app: not allowed by rule 1 (“app”), which comes before rule 2 (“ours”) that would"
            ])
    }

    @Test func longListsAreCutAndNamesEscaped() {
        let origins = (1...9).map { "https://host\($0)" } + ["https://\u{1b}[2J"]
        guard case .insufficient(let shortfalls) = CORSCheck.judge([Self.rule(nil, origins, ["PUT"])], CORSNeeds(origins: origins)) else {
            Issue.record("sufficient")
            return
        }
        let text = shortfalls.map(\.description).joined()
        #expect(text.contains("and 5 more"))
        #expect(!text.contains("\u{1b}"))
    }

    /// The judge reasons over samples; here it is held against every request of a small world, rule by rule.
    @Test(arguments: CORSMatching.allCases) func agreesWithTryingEveryRequest(_ matching: CORSMatching) {
        var random = SplitMix(state: 42)
        let patterns = ["*", "a*", "*a", "a*b", "ab*ba", "a", "ab", "aba", "b*"]
        let headerPatterns = ["*", "x*", "*y", "x", "xy"]
        let alphabet = ["a", "b", "c"]
        var origins = [""]
        for _ in 0..<5 { origins += Set(origins.flatMap { o in alphabet.map { o + $0 } }).subtracting(origins) }
        let headers = ["x", "y", "z", "xy", "xz", "zy", "xzy"]
        let headerSets = (1..<128).map { bits in headers.indices.filter { bits >> $0 & 1 == 1 }.map { headers[$0] } }
        var sufficient = 0
        for _ in 0..<200 {
            let rules = (0...Int.random(in: 0...3, using: &random)).map { _ in
                Self.rule(
                    nil, random.some(of: patterns, atLeast: 1), random.some(of: ["GET", "HEAD"], atLeast: 1),
                    headers: random.some(of: headerPatterns, atLeast: 0),
                    expose: Bool.random(using: &random) ? ["ETag"] : ["etag", "Date"],
                    age: [nil, 60, 3600, 7200].randomElement(using: &random) ?? nil)
            }
            let needs = CORSNeeds(
                origins: random.some(of: patterns, atLeast: 1), methods: random.some(of: ["GET", "HEAD"], atLeast: 1),
                headers: random.some(of: ["*", "x", "x*", "xy"], atLeast: 0), exposed: random.some(of: ["ETag", "Date"], atLeast: 0),
                maxAgeSeconds: [0, 60, 3600].randomElement(using: &random) ?? 0)
            let granted = Self.grantsAll(rules, needs, matching, origins, headerSets)
            #expect((CORSCheck.judge(rules, needs, matching: matching) == .sufficient) == granted, "\(rules) \(needs)")
            sufficient += granted ? 1 : 0
        }
        #expect((10...190).contains(sufficient), "\(sufficient)")
    }

    static func grantsAll(
        _ rules: [CORSRule], _ needs: CORSNeeds, _ matching: CORSMatching, _ origins: [String], _ headerSets: [[String]]
    ) -> Bool {
        func covers(_ patterns: [String], _ text: String) -> Bool {
            let probe = CORSRule(allowedOrigins: patterns, allowedMethods: ["GET"])
            return CORSMatching.firstMatch.rule(for: CORSRequest(origin: text, method: "GET"), in: [probe]) != nil
        }
        let sets = headerSets.filter { $0.allSatisfy { covers(needs.headers, $0) } }
        for origin in origins where covers(needs.origins, origin) {
            for method in needs.methods {
                guard let plain = matching.rule(for: CORSRequest(origin: origin, method: method), in: rules) else { return false }
                let exposed = Set(rules[plain].exposeHeaders.map { $0.lowercased() })
                if !exposed.isSuperset(of: needs.exposed.map { $0.lowercased() }) { return false }
                for set in sets {
                    let request = CORSRequest(origin: origin, method: method, preflightHeaders: set)
                    guard let preflight = matching.rule(for: request, in: rules) else { return false }
                    if (rules[preflight].maxAgeSeconds ?? 5) < needs.maxAgeSeconds { return false }
                }
            }
        }
        return true
    }
}

/// A repeatable source of randomness (SplitMix64).
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }

    mutating func some(of all: [String], atLeast least: Int) -> [String] {
        Array(all.shuffled(using: &self).prefix(Int.random(in: least...min(all.count, 3), using: &self)))
    }
}
