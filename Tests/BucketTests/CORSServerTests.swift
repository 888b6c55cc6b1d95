import Bucket
import HTTP
import S3
import TestSupport
import Testing
import Vocabulary

/// What is judged and merged, held against what real servers answer to a browser's requests.
@Suite struct CORSServerTests {
    enum Server: String, CaseIterable, Sendable {
        case radosgw, ministack

        var server: S3Server { self == .radosgw ? .radosgw : .ministack }
    }

    static func withBucket(_ server: Server, _ body: (S3Client, HTTPClient, String) async throws -> Void) async throws {
        let bucket = try await RealBucket(on: server.server)
        try await bucket.put("photo.jpg", "x")
        let http = try HTTPClient()
        defer { http.shutdown() }
        let endpoint = try Endpoint(parsing: bucket.place.endpoint)
        let keys = Credentials(accessKeyID: bucket.place.access, secretAccessKey: bucket.place.secret)
        let client = S3Client(
            bucket: bucket.name, endpoint: endpoint, region: "us-east-1",
            parts: .init(transport: http, credentials: StaticCredentials(keys), clock: .system))
        try await body(client, http, try #require(endpoint.publicURL(bucket: bucket.name, key: Key("photo.jpg"))))
    }

    static let rule = CORSNeeds().rule
    static func rule(_ id: String, _ origins: [String], _ methods: [String], headers: [String] = [], expose: [String] = []) -> CORSRule {
        CORSRule(
            id: id, allowedOrigins: origins, allowedMethods: methods, allowedHeaders: headers, exposeHeaders: expose, maxAgeSeconds: 60)
    }

    static let app = rule("app", ["https://app.example"], ["PUT"], headers: ["*"])
    static let shadow = rule("old", ["*"], ["GET", "HEAD"])
    static let narrow = CORSRule(id: CORSNeeds.ruleID, allowedOrigins: ["https://www.example"], allowedMethods: ["GET"], maxAgeSeconds: 60)
    static let broad = CORSRule(
        id: "theirs", allowedOrigins: ["*"], allowedMethods: ["DELETE", "GET", "HEAD", "PUT"], allowedHeaders: ["*"],
        exposeHeaders: ["ETag", "x-amz-version-id"], maxAgeSeconds: 9000)

    static let sets: [(String, [CORSRule])] = [
        ("none", []), ("exact", [rule]), ("broader", [broad]), ("narrower", [narrow]), ("foreign", [app]), ("shadowed", [shadow, rule]),
        (
            "two share the work",
            [
                rule("get", ["*"], ["GET"], headers: ["*"], expose: ["ETag"]),
                rule("head", ["*"], ["HEAD"], headers: ["*"], expose: ["ETag"]),
            ]
        ),
    ]

    static let requests: [CORSRequest] = ["https://app.example", "https://www.example", "https://elsewhere.example"].flatMap { origin in
        ["GET", "HEAD", "PUT"].flatMap { method in
            [
                CORSRequest(origin: origin, method: method, preflightHeaders: ["x-some-header"]),
                CORSRequest(origin: origin, method: method, preflightHeaders: ["range"]),
            ]
        } + [CORSRequest(origin: origin, method: "GET")]
    }

    /// Sends what a browser sends, and tells the rule's traces: whether the origin may read, which headers, how long.
    static func ask(
        _ request: CORSRequest, _ url: String, _ http: HTTPClient
    ) async throws -> (allowed: Bool, exposed: String?, age: String?) {
        var headers = [HTTPHeader("Origin", request.origin)]
        if let names = request.preflightHeaders {
            headers.append(HTTPHeader("Access-Control-Request-Method", request.method))
            headers.append(HTTPHeader("Access-Control-Request-Headers", names.joined(separator: ",")))
        }
        let method: HTTPMethod = request.preflightHeaders == nil ? .get : .options
        let answer = try await http.perform(HTTPRequest(method: method, url: url, headers: headers))
        let origin = answer.header("Access-Control-Allow-Origin")
        return (
            origin == "*" || origin == request.origin, answer.header("Access-Control-Expose-Headers"),
            answer.header("Access-Control-Max-Age")
        )
    }

    /// How each server picks its rule, as it turned out to do and as the client tells it from the answer.
    static func matching(_ server: Server) -> CORSMatching { server == .radosgw ? .firstOrigin : .firstMatch }

    @Test(arguments: Server.allCases, sets.filter { !$0.1.isEmpty })
    func serversAnswerAsIsPredicted(_ server: Server, _ set: (String, [CORSRule])) async throws {
        try await Self.withBucket(server) { client, http, url in
            try await client.putCORS(set.1)
            let rules = try await Self.read(client)
            #expect(client.picksCORSRulesByOriginAlone == (server == .radosgw))
            for request in Self.requests {
                let answer = try await Self.ask(request, url, http)
                let expected = Self.matching(server).rule(for: request, in: rules).map { rules[$0] }
                #expect(answer.allowed == (expected != nil), "\(set.0): \(request)")
                guard let expected, answer.allowed else { continue }
                #expect(answer.exposed ?? "" == expected.exposeHeaders.joined(separator: server == .radosgw ? "," : ", "))
                #expect(answer.age == expected.maxAgeSeconds.map { String($0) })
            }
        }
    }

    static func read(_ client: S3Client) async throws -> [CORSRule] {
        switch try await client.getCORS() {
        case .rules(let rules): return rules
        case .notConfigured: return []
        case .unreadable(let reason):
            Issue.record("\(reason)")
            return []
        }
    }

    /// From whatever rules to rules under which every request of a browser is granted, and no write the second time.
    @Test(arguments: Server.allCases, sets)
    func whatIsPlannedIsGranted(_ server: Server, _ set: (String, [CORSRule])) async throws {
        try await Self.withBucket(server) { client, http, url in
            if !set.1.isEmpty { try await client.putCORS(set.1) }
            let needs = CORSNeeds()
            let matching = Self.matching(server)
            let before = try await Self.read(client)
            let plan = try CORSMerge.plan(before, needs, matching: matching)
            if !plan.isEmpty { try await client.putCORS(plan.rules) }
            let after = try await Self.read(client)
            #expect(CORSCheck.judge(after, needs, matching: matching) == .sufficient, "\(set.0)")
            #expect(try CORSMerge.plan(after, needs, matching: matching).isEmpty, "\(set.0)")
            for foreign in before where foreign.id != CORSNeeds.ruleID { #expect(after.contains(foreign), "\(set.0)") }
            for request in Self.requests where request.method != "PUT" {
                let answer = try await Self.ask(request, url, http)
                #expect(answer.allowed, "\(set.0): \(request)")
                if request.preflightHeaders == nil { #expect(answer.exposed?.lowercased().contains("etag") == true, "\(set.0)") }
                if request.preflightHeaders != nil { #expect(answer.age.flatMap { Int($0) } ?? 0 >= 3600, "\(set.0): \(request)") }
            }
        }
    }
}
