import HTTP
import S3
import Synchronization
import Testing
import Vocabulary

@testable import CDN

/// What networks are sent, and what becomes of their faults. The interfaces themselves are tried end to end, against botocore's own reading of them.
@Suite struct NetworkTests {
    /// Answers from a script, the last again and again; keeps what was asked.
    private final class Script: HTTPTransport {
        private let state: Mutex<(answers: [HTTPResponse], requests: [HTTPRequest])>

        init(_ answers: [(Int, String)], headers: [HTTPHeader] = []) {
            state = Mutex((answers.map { HTTPResponse(status: $0.0, headers: headers, body: Array($0.1.utf8)) }, []))
        }

        var requests: [HTTPRequest] { state.withLock { $0.requests } }

        func perform(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
            state.withLock { state in
                state.requests.append(request)
                return state.answers.count > 1 ? state.answers.removeFirst() : state.answers[0]
            }
        }
    }

    private final class Waits: Sendable {
        private let all = Mutex<[Duration]>([])
        var durations: [Duration] { all.withLock { $0 } }
        var clock: S3Clock { S3Clock(now: { 1_440_938_160 }, sleep: { wait in self.all.withLock { $0.append(wait) } }) }
    }

    private static func client(_ script: Script, _ waits: Waits = Waits()) -> CDNClient {
        CDNClient(transport: script, clock: waits.clock, retry: RetryPolicy(random: { 0.5 }))
    }

    private static func cloudFront(_ script: Script, _ waits: Waits = Waits(), folder: String = "/", waiting: Bool = false) -> CloudFront {
        let keys = StaticCredentials(Credentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "SECRETSECRET"))
        return CloudFront(
            distribution: "E1", folder: folder, credentials: keys, client: client(script, waits), waits: waiting, nonce: { "once" })
    }

    private static func invalidation(_ status: String) -> String { "<Invalidation><Id>I1</Id><Status>\(status)</Status></Invalidation>" }

    private static func body(_ request: HTTPRequest) -> String {
        if case .bytes(let bytes) = request.body { String(decoding: bytes, as: UTF8.self) } else { "" }
    }

    @Test(arguments: [
        ("a b.jpg", "a%20b.jpg"), ("é", "%C3%A9"), ("a+b,(c)&'=@:;!$", "a+b,(c)&'=@:;!$"), ("100%", "100%25"), ("q?x#y", "q%3Fx%23y"),
        ("~[x]", "%7E%5Bx%5D"), ("a/b", "a/b"),
    ])
    func cloudFrontEncodesWhatIsUnsafeAndNothingElse(_ path: String, _ expected: String) {
        #expect(CloudFront.encoded(path) == expected)
    }

    @Test func cloudFrontIsToldPathsOfItsOwn() {
        let entries = [PurgeEntry(Key("a b.jpg")), PurgeEntry(folder: Key("x/"))]
        #expect(Self.cloudFront(Script([(201, "")]), folder: "/g%20h/").lines(entries) == ["/g%20h/a%20b.jpg", "/g%20h/x/*"])
        let many = (0..<200).map { PurgeEntry(Key("\($0)/\($0 % 2)/x.jpg")) } + (0..<200).map { PurgeEntry(Key("\($0)/\($0 % 2)/y.jpg")) }
        let lines = Self.cloudFront(Script([(201, "")])).lines(many)
        #expect(lines == ["/*"])
    }

    /// The reference is the same in each try of one purge, so that none is carried out twice.
    @Test func aPassingFaultIsTriedAgainWithTheSameBody() async throws {
        let error = "<ErrorResponse><Error><Code>TooManyInvalidationsInProgress</Code></Error></ErrorResponse>"
        let (script, waits) = (Script([(503, ""), (400, error), (201, Self.invalidation("InProgress"))]), Waits())
        try await Self.cloudFront(script, waits).purge([PurgeEntry(Key("a"))])
        #expect(script.requests.count == 3 && Set(script.requests.map(Self.body)).count == 1 && waits.durations.count == 2)
        #expect(Self.body(script.requests[0]).contains("<CallerReference>galleria-deploy-once</CallerReference>"))
    }

    @Test func aRefusalIsFinal() async throws {
        let error = "<ErrorResponse><Error><Code>AccessDenied</Code><Message>not you</Message></Error></ErrorResponse>"
        let script = Script([(403, error)])
        let thrown = await #expect(throws: CDNError.self) { try await Self.cloudFront(script).purge([PurgeEntry(Key("a"))]) }
        #expect(
            script.requests.count == 1 && thrown?.description.contains("AccessDenied, not you") == true, "\(String(describing: thrown))")
    }

    @Test(arguments: ["", "<Invalidation>", "<Other/>", "<Invalidation><Id>I1</Id></Invalidation>"])
    func anAnswerThatIsNoneIsAFault(_ body: String) async throws {
        await #expect(throws: CDNError.self) { try await Self.cloudFront(Script([(201, body)])).purge([PurgeEntry(Key("a"))]) }
    }

    @Test func theEndIsWaitedForOnlyWhereAsked() async throws {
        let (script, waits) = (
            Script([(201, Self.invalidation("InProgress")), (200, Self.invalidation("InProgress")), (200, Self.invalidation("Completed"))]),
            Waits()
        )
        try await Self.cloudFront(script, waits, waiting: true).purge([PurgeEntry(Key("a"))])
        #expect(script.requests.map(\.method) == [.post, .get, .get] && waits.durations == [.seconds(10), .seconds(10)])
        #expect(script.requests[1].url == "https://cloudfront.amazonaws.com/2020-05-31/distribution/E1/invalidation/I1")
        let endless = Script([(200, Self.invalidation("InProgress"))])
        await #expect(throws: CDNError.self) { try await Self.cloudFront(endless, waiting: true).purge([PurgeEntry(Key("a"))]) }
    }

    @Test func whatStaysAwayIsGivenUp() async throws {
        let (script, waits) = (Script([(500, "")], headers: [HTTPHeader("Retry-After", "7")]), Waits())
        await #expect(throws: CDNError.self) {
            try await BunnyCDN(base: "https://p/", zone: nil, key: "KEYKEYKEY", client: Self.client(script, waits)).purge([.everything])
        }
        #expect(script.requests.count == CDNClient.attempts && waits.durations.allSatisfy { $0 >= .seconds(7) })
        let long = Script([(429, "")], headers: [HTTPHeader("Retry-After", "100000")])
        await #expect(throws: CDNError.self) {
            try await BunnyCDN(base: "https://p/", zone: nil, key: "KEYKEYKEY", client: Self.client(long)).purge([.everything])
        }
        #expect(long.requests.count == 1)
    }

    @Test func aKeyIsNotShownThoughTheNetworkRepeatsIt() async throws {
        let script = Script([(401, #"{"Message": "KEYKEYKEY is wrong\u001b[31m"}"#)])
        let thrown = await #expect(throws: CDNError.self) {
            try await BunnyCDN(base: "https://p/", zone: nil, key: "KEYKEYKEY", client: Self.client(script)).purge([.everything])
        }
        let text = thrown?.description ?? ""
        #expect(text.contains("[cut] is wrong") && !text.contains("KEYKEYKEY") && !text.contains("\u{1b}"), "\(text)")
    }

    @Test func cloudflareIsToldInBatches() throws {
        let network = Cloudflare(base: "https://p.example/g/", zone: "z", token: "t", client: Self.client(Script([(200, "")])))
        let files = (0..<250).map { PurgeEntry(Key("\($0).jpg")) }
        #expect(network.batches(files).map(\.members.count) == [100, 100, 50])
        #expect(network.batches([.everything]).map(\.body) == [Array(#"{"prefixes":["p.example/g"]}"#.utf8)])
        #expect(network.batches((0..<2000).map { PurgeEntry(Key("a/\($0).jpg")) }).map(\.members) == [["p.example/g/a"]])
    }

    /// Cloudflare tells of faults in answers whose status is 200.
    @Test func aStatusAloneIsNoSuccess() async throws {
        let script = Script([(200, #"{"success":false,"errors":[{"code":1012,"message":"no"}]}"#)])
        await #expect(throws: CDNError.self) {
            try await Cloudflare(base: "https://p/", zone: "z", token: "t", client: Self.client(script)).purge([.everything])
        }
    }
}
