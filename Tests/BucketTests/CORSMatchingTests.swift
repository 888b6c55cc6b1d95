import Bucket
import Testing
import Vocabulary

/// Rule sets and requests; the answers follow Amazon S3 User Guide, "Using cross-origin resource sharing (CORS)", its examples first.
@Suite struct CORSMatchingTests {
    /// The guide's first example: two origins that may write, and everyone may read.
    static let guide = [
        CORSRule(allowedOrigins: ["http://www.example1.com"], allowedMethods: ["PUT", "POST", "DELETE"], allowedHeaders: ["*"]),
        CORSRule(allowedOrigins: ["http://www.example2.com"], allowedMethods: ["PUT", "POST", "DELETE"], allowedHeaders: ["*"]),
        CORSRule(allowedOrigins: ["*"], allowedMethods: ["GET"]),
    ]

    @Test(
        arguments: [
            ("http://www.example1.com", "PUT", ["x-amz-meta-a"], 0), ("http://www.example2.com", "PUT", ["x-amz-meta-a"], 1),
            ("http://www.example1.com", "GET", nil, 2), ("http://www.example1.com", "GET", ["range"], nil),
            ("http://www.example3.com", "PUT", nil, nil), ("http://www.example3.com", "GET", nil, 2), ("null", "GET", nil, 2),
            ("http://www.example1.com", "HEAD", nil, nil), ("http://www.example1.com", "get", nil, nil),
            ("https://www.example1.com", "PUT", nil, nil), ("http://www.example1.com:80", "PUT", nil, nil),
            ("http://WWW.example1.com", "PUT", nil, nil), ("http://www.example1.com/", "PUT", nil, nil),
        ] as [(String, String, [String]?, Int?)])
    func theGuidesExample(_ origin: String, _ method: String, _ headers: [String]?, _ rule: Int?) {
        let request = CORSRequest(origin: origin, method: method, preflightHeaders: headers)
        #expect(CORSMatching.firstMatch.rule(for: request, in: Self.guide) == rule)
    }

    @Test(arguments: [
        ("http://*.example.com", "http://www.example.com", true), ("http://*.example.com", "http://a.b.example.com", true),
        ("http://*.example.com", "http://.example.com", true), ("http://*.example.com", "http://example.com", false),
        ("http://*.example.com", "https://www.example.com", false), ("http://*.example.com", "http://www.example.com.evil.net", false),
        ("https://*", "https://x", true), ("https://*", "http://x", false), ("*", "null", true),
        ("*.example.com", "https://www.example.com", true),
        ("http://localhost:*", "http://localhost:3000", true), ("http://localhost:*", "http://localhost", false),
        ("http://ab*ba.c", "http://aba.c", false), ("http://ab*ba.c", "http://abba.c", true),
    ])
    func originPatterns(_ pattern: String, _ origin: String, _ matches: Bool) {
        let rule = CORSRule(allowedOrigins: ["http://other", pattern], allowedMethods: ["GET"])
        #expect(CORSMatching.firstMatch.rule(for: CORSRequest(origin: origin, method: "GET"), in: [rule]) == (matches ? 0 : nil))
    }

    @Test(arguments: [
        (["*"], ["range", "x-anything"], true), (["x-amz-*"], ["X-Amz-Date"], true), (["X-AMZ-*"], ["x-amz-date"], true),
        (["x-amz-*"], ["x-amz-date", "range"], false), (["x-amz-*", "Range"], ["x-amz-date", "range"], true), ([], ["range"], false),
        ([], [], true), (["Range"], ["Range-x"], false), (["*-date"], ["x-amz-date"], true),
    ])
    func headerPatterns(_ patterns: [String], _ headers: [String], _ matches: Bool) {
        let rule = CORSRule(allowedOrigins: ["*"], allowedMethods: ["GET"], allowedHeaders: patterns)
        let request = CORSRequest(origin: "https://a", method: "GET", preflightHeaders: headers)
        #expect(CORSMatching.firstMatch.rule(for: request, in: [rule]) == (matches ? 0 : nil))
    }

    @Test func theFirstRuleThatFitsAnswers() {
        let rules = [
            CORSRule(allowedOrigins: ["https://a"], allowedMethods: ["PUT"]),
            CORSRule(allowedOrigins: ["https://a"], allowedMethods: ["GET"]),
            CORSRule(allowedOrigins: ["*"], allowedMethods: ["GET"], allowedHeaders: ["*"]),
        ]
        let plain = CORSRequest(origin: "https://a", method: "GET")
        let preflight = CORSRequest(origin: "https://a", method: "GET", preflightHeaders: ["range"])
        #expect(CORSMatching.firstMatch.rule(for: plain, in: rules) == 1)
        #expect(CORSMatching.firstMatch.rule(for: preflight, in: rules) == 2)
        #expect(CORSMatching.firstOrigin.rule(for: plain, in: rules) == nil)
        #expect(CORSMatching.firstOrigin.rule(for: CORSRequest(origin: "https://b", method: "GET"), in: rules) == 2)
    }
}
