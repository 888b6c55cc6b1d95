import Bucket
import Testing

/// Answers of servers and caches, and what a browser makes of each by the Fetch Standard.
@Suite struct CORSProbeTests {
    struct Row: CustomTestStringConvertible {
        let name: String
        var needs = CORSNeeds()
        let kind: CORSProbe.Question.Kind
        var status = 200
        let headers: [(name: String, value: String)]
        /// What is wrong, in a few of its words; nil for nothing.
        let fault: String?
        var remark: String?
        var testDescription: String { name }
    }

    private static let a = "https://galleria-probe-1.example"
    private static let b = "https://galleria-probe-2.example"
    private static let good: [(name: String, value: String)] = [
        ("access-control-allow-origin", a), ("vary", "Accept-Encoding, ORIGIN"), ("Access-Control-Expose-Headers", "x, etag"),
    ]
    private static let granted: [(name: String, value: String)] = [
        ("Access-Control-Allow-Origin", "*"), ("Access-Control-Allow-Methods", "GET"),
        ("Access-Control-Allow-Headers", "Range, X-Galleria-Probe"), ("Access-Control-Max-Age", "3600"),
    ]
    private static let preflight = CORSProbe.Question.Kind.preflight(method: "GET", headers: ["range", "x-galleria-probe"])

    private static func with(
        _ headers: [(name: String, value: String)], _ name: String, _ value: String?
    ) -> [(name: String, value: String)] {
        headers.filter { $0.name.lowercased() != name.lowercased() } + (value.map { [(name, $0)] } ?? [])
    }

    static let table: [Row] = [
        Row(name: "a public object", kind: .plain, headers: [], fault: nil),
        Row(name: "not modified", kind: .plain, status: 304, headers: [], fault: nil),
        Row(name: "a private object", kind: .plain, status: 403, headers: [], fault: "private"),
        Row(name: "no object", kind: .plain, status: 404, headers: [], fault: "nothing at this address"),
        Row(name: "elsewhere", kind: .plain, status: 301, headers: [("Location", "https://else.example/")], fault: "https://else.example/"),
        Row(name: "the origin, in any case of letters", kind: .request, headers: good, fault: nil),
        Row(name: "any origin", kind: .request, headers: with(good, "Access-Control-Allow-Origin", "*"), fault: nil),
        Row(name: "no origin", kind: .request, headers: with(good, "Access-Control-Allow-Origin", nil), fault: "is missing"),
        Row(
            name: "another's answer", kind: .request, headers: with(good, "Access-Control-Allow-Origin", b),
            fault: "does not vary by Origin"),
        Row(
            name: "a third origin", kind: .request, headers: with(good, "Access-Control-Allow-Origin", "https://x.example"),
            fault: "another origin"),
        Row(
            name: "two origins in one", kind: .request, headers: with(good, "Access-Control-Allow-Origin", "\(a), \(b)"),
            fault: "more than one value"),
        Row(
            name: "two fields", kind: .request, headers: good + [("Access-Control-Allow-Origin", "*")], fault: "more than one value"),
        Row(
            name: "an origin with a slash is another", kind: .request, headers: with(good, "Access-Control-Allow-Origin", a + "/"),
            fault: "another origin"),
        Row(name: "no Vary", kind: .request, headers: with(good, "Vary", nil), fault: nil, remark: "Vary does not name Origin"),
        Row(name: "Vary: *", kind: .request, headers: with(good, "Vary", "*"), fault: nil),
        Row(
            name: "no Vary, any origin", kind: .request, headers: with(with(good, "Vary", nil), "Access-Control-Allow-Origin", "*"),
            fault: nil),
        Row(
            name: "ETag not exposed", kind: .request, headers: with(good, "Access-Control-Expose-Headers", "x"), fault: "does not name ETag"
        ),
        Row(
            name: "nothing exposed", kind: .request, headers: with(good, "Access-Control-Expose-Headers", nil), fault: "does not name ETag"),
        Row(name: "all exposed", kind: .request, headers: with(good, "Access-Control-Expose-Headers", "*"), fault: nil),
        Row(
            name: "nothing need be exposed", needs: CORSNeeds(exposed: []), kind: .request,
            headers: with(good, "Access-Control-Expose-Headers", nil), fault: nil),
        Row(name: "refused with Origin", kind: .request, status: 403, headers: good, fault: "status 403"),
        Row(name: "a preflight that passes", kind: preflight, headers: granted, fault: nil),
        Row(name: "204 passes", kind: preflight, status: 204, headers: granted, fault: nil),
        Row(name: "a preflight that is refused", kind: preflight, status: 403, headers: [], fault: "status 403"),
        Row(name: "a preflight that leads on", kind: preflight, status: 301, headers: granted, fault: "status 301"),
        Row(
            name: "a preflight without an origin", kind: preflight, headers: with(granted, "Access-Control-Allow-Origin", nil),
            fault: "is missing"),
        Row(
            name: "GET need not be named", kind: preflight, headers: with(granted, "Access-Control-Allow-Methods", nil), fault: nil),
        Row(
            name: "PUT must be named", kind: .preflight(method: "PUT", headers: ["range", "x-galleria-probe"]), headers: granted,
            fault: "does not name PUT"),
        Row(
            name: "any method", kind: .preflight(method: "PUT", headers: ["range", "x-galleria-probe"]),
            headers: with(granted, "Access-Control-Allow-Methods", "*"), fault: nil),
        Row(
            name: "a header too few", kind: preflight, headers: with(granted, "Access-Control-Allow-Headers", "range"),
            fault: "does not name x-galleria-probe"),
        Row(name: "any header", kind: preflight, headers: with(granted, "Access-Control-Allow-Headers", "*"), fault: nil),
        Row(
            name: "kept for a minute", kind: preflight, headers: with(granted, "Access-Control-Max-Age", "60"), fault: nil,
            remark: "60 s"),
        Row(
            name: "no max age is five seconds", kind: preflight, headers: with(granted, "Access-Control-Max-Age", nil), fault: nil,
            remark: "5 s"),
        Row(name: "a fresh address is right", kind: .fresh, headers: good, fault: "let it vary by Origin"),
        Row(name: "a fresh address is no better", kind: .fresh, headers: [], fault: nil, remark: "no cache"),
    ]

    @Test(arguments: table) func anAnswerIsJudged(_ row: Row) {
        let probe = CORSProbe(row.needs)
        let question = CORSProbe.Question(kind: row.kind, origin: row.kind == .plain ? nil : Self.a)
        let findings = probe.judge(question, CORSProbeAnswer(status: row.status, headers: row.headers))
        #expect(!findings.isEmpty)
        let faults = findings.filter { $0.grade == .fault }.map(\.text)
        let remarks = findings.filter { $0.grade == .remark }.map(\.text)
        #expect(row.fault.map { fault in faults.count == 1 && faults[0].contains(fault) } ?? faults.isEmpty, "\(findings)")
        #expect(row.remark.map { remark in remarks.count == 1 && remarks[0].contains(remark) } ?? remarks.isEmpty, "\(findings)")
    }

    struct Order: CustomTestStringConvertible {
        var needs = CORSNeeds()
        var origin: String?
        let origins: [String?]
        var testDescription: String { needs.origins.joined(separator: " ") }
    }

    /// Without Origin first, then one origin, another, and the first again; the other one is the gallery's own where it has two.
    @Test(arguments: [
        Order(origins: [nil, a, b, a]),
        Order(
            needs: CORSNeeds(origins: ["https://one.example", "https://two.example"]),
            origins: [nil, "https://one.example", "https://two.example", "https://one.example"]),
        Order(
            needs: CORSNeeds(origins: ["https://one.example"]),
            origins: [nil, "https://one.example", "https://elsewhere.invalid", "https://one.example"]),
        Order(
            needs: CORSNeeds(origins: ["https://*.example"]),
            origins: [
                nil, "https://galleria-probe-1.example", "https://galleria-probe-2.example", "https://galleria-probe-1.example",
            ]),
        Order(needs: CORSNeeds(), origin: "https://mine.example", origins: [nil, "https://mine.example", b, "https://mine.example"]),
    ]) func questionsComeInTheOrderThatShowsACache(_ row: Order) {
        let probe = CORSProbe(row.needs, origin: row.origin)
        let gets = probe.questions.filter { $0.method == "GET" }
        #expect(gets.map(\.origin) == row.origins)
        for origin in row.origins.compactMap({ $0 }) { #expect(probe.mustAllow(origin) == (origin != "https://elsewhere.invalid")) }
        let preflights = probe.questions.filter { $0.method == "OPTIONS" }
        #expect(preflights.map { $0.headers.first { $0.name == "Access-Control-Request-Method" }?.value } == ["GET", "HEAD"])
        #expect(preflights.allSatisfy { $0.headers.contains { $0.name == "Access-Control-Request-Headers" } })
    }

    @Test func withoutRequestHeadersNoBrowserSendsAPreflight() {
        #expect(!CORSProbe(CORSNeeds(headers: [])).questions.contains { $0.method == "OPTIONS" })
    }

    /// An origin that the gallery does not serve may be refused.
    @Test func aForeignOriginIsNotJudged() {
        let probe = CORSProbe(CORSNeeds(origins: ["https://one.example"]))
        let question = CORSProbe.Question(kind: .request, origin: "https://elsewhere.invalid")
        let findings = probe.judge(question, CORSProbeAnswer(status: 200, headers: []))
        #expect(findings.allSatisfy { $0.grade == .fine })
    }
}
