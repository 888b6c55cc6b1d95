@testable import HTTP
import Testing
import Vocabulary

/// What a request looks like on the wire, and what of an answer reaches the caller.
@Suite struct WireTests {
    static let ok = FaultServer.Step.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")

    private func sent(_ request: (FaultServer) -> HTTPRequest) async throws -> FaultServer.Received {
        let server = try FaultServer([.request, Self.ok])
        let request = request(server)
        let outcome = try await withClient(server, { $0.expectTimeout = .milliseconds(20) }) { await $0.outcome(request) }
        #expect(outcome == .status(200))
        return try #require(server.received.first)
    }

    private func fields(_ head: String) -> [String] { head.split(separator: "\r\n").dropFirst().map(String.init) }

    @Test(arguments: [
        "/", "?list-type=2", "/a/../b/./c//d", "/%2e%2E/x%2fy%20z", "/k?list-type=2&prefix=a%2Fb&x", "/~!$&'()*+,;=:@/", "/?acl",
    ])
    func theTargetIsSentAsItStands(_ target: String) async throws {
        let received = try await sent { HTTPRequest(method: .get, url: $0.url(target)) }
        #expect(received.head.hasPrefix("GET \(target.hasPrefix("/") ? "" : "/")\(target) HTTP/1.1\r\n"))
    }

    @Test(arguments: [HTTPMethod.put, .post])
    func anEmptyBodyHasALengthAndNoType(_ method: HTTPMethod) async throws {
        let received = try await sent { HTTPRequest(method: method, url: $0.url("/k")) }
        #expect(received.head.hasPrefix("\(method.rawValue) /k HTTP/1.1\r\n"))
        let names = fields(received.head).map { $0.prefix { $0 != ":" }.lowercased() }
        #expect(names.sorted() == ["accept", "content-length", "host", "user-agent"])
        #expect(received.head.contains("\r\nContent-Length: 0\r\n"))
    }

    @Test(arguments: [HTTPMethod.get, .delete, .options])
    func noBodyHasNoLength(_ method: HTTPMethod) async throws {
        let received = try await sent { HTTPRequest(method: method, url: $0.url("/k")) }
        #expect(received.head.hasPrefix("\(method.rawValue) /k HTTP/1.1\r\n"))
        #expect(!received.head.lowercased().contains("content-length"))
    }

    @Test(arguments: [nil, "User-Agent", "user-agent"])
    func oneUserAgentIsSent(_ given: String?) async throws {
        let received = try await sent {
            HTTPRequest(method: .get, url: $0.url("/k"), headers: given.map { [HTTPHeader($0, "given/1"), HTTPHeader("X-A", "b")] } ?? [])
        }
        let agents = fields(received.head).filter { $0.lowercased().hasPrefix("user-agent:") }
        let own = HTTPClientConfiguration().userAgent + " HTTP/1.1"
        #expect(agents == ["\(given ?? "User-Agent"): \(given == nil ? own : "given/1")"])
    }

    /// Laid out by us or, because a field is given that libcurl must know of, by libcurl: the same is sent.
    @Test(
        arguments: [
            HTTPRequest(method: .get, url: "/"), HTTPRequest(method: .head, url: "/k?versionId=a%20b"),
            HTTPRequest(method: .delete, url: "/a/../b", headers: [HTTPHeader("accept", "text/xml")]),
            HTTPRequest(method: .put, url: "/k", headers: [HTTPHeader("X-Empty", ""), HTTPHeader("X-A", "b\tc")], body: .bytes([1, 2])),
            HTTPRequest(method: .put, url: "/k", headers: [HTTPHeader("Content-Type", "image/webp")]),
            HTTPRequest(method: .put, url: "/k", body: .source(PatternBytes(size: 2_000_000))),
            HTTPRequest(
                method: .post, url: "/?delete", headers: [HTTPHeader("X-Long", String(repeating: "å", count: 4000))], body: .bytes([3])),
        ])
    func whoeverLaysItOutTheSameIsSent(_ request: HTTPRequest) async throws {
        var given = request
        given.headers.append(HTTPHeader("User-Agent", "given/1"))
        var heads: [[String]] = []
        for request in [request, given] {
            let received = try await sent { server in
                var request = request
                request.url = server.url(request.url)
                return request
            }
            let lines = received.head.split(separator: "\r\n").map(String.init)
            let isOwn = { (line: String) in line.lowercased().hasPrefix("user-agent:") || line.hasPrefix("Host: 127.0.0.1:") }
            #expect(lines.filter(isOwn).count == 2)
            heads.append([lines[0]] + lines.dropFirst().filter { !isOwn($0) }.sorted())
        }
        #expect(heads[0] == heads[1])
    }

    /// A proxy is told the whole address (RFC 9112 §3.2.2), which libcurl alone can write.
    @Test func aProxyIsToldTheWholeAddress() async throws {
        let server = try FaultServer([.request, Self.ok])
        let proxy = server.url("")
        let request = HTTPRequest(
            method: .put, url: "http://photos.example.org/a%20b?acl", headers: [HTTPHeader("X-A", "1")], body: .bytes([1, 2]))
        let outcome = try await withClient(server, { $0.proxy = .url(proxy) }) { await $0.outcome(request) }
        #expect(outcome == .status(200))
        let received = try #require(server.received.first)
        #expect(received.head.hasPrefix("PUT http://photos.example.org/a%20b?acl HTTP/1.1\r\n"))
        let lines = fields(received.head)
        for line in ["Host: photos.example.org", "X-A: 1", "Content-Length: 2", "User-Agent: \(HTTPClientConfiguration().userAgent)"] {
            #expect(lines.filter { $0 == line }.count == 1)
        }
        #expect(received.body == [1, 2])
    }

    /// One handle after another kind of request: nothing of the one before is left.
    @Test func nothingIsLeftOfTheRequestBefore() async throws {
        let exchange = [FaultServer.Step.request, Self.ok]
        let server = try FaultServer(exchange + exchange + exchange + exchange)
        let own = [HTTPHeader("User-Agent", "given/1"), HTTPHeader("X-B", "2")]
        let requests = [
            HTTPRequest(method: .put, url: server.url("/a?x"), headers: [HTTPHeader("X-A", "1")], body: .bytes([1])),
            HTTPRequest(method: .get, url: server.url("/b"), headers: own),
            HTTPRequest(method: .delete, url: server.url("/c")),
            HTTPRequest(method: .put, url: server.url("/d"), headers: own, body: .bytes([])),
        ]
        try await withClient(server) { client in
            for request in requests { #expect(await client.outcome(request) == .status(200)) }
        }
        let heads = server.received.map(\.head)
        #expect(
            heads.map { $0.prefix { $0 != "\r\n" } } == ["PUT /a?x HTTP/1.1", "GET /b HTTP/1.1", "DELETE /c HTTP/1.1", "PUT /d HTTP/1.1"])
        #expect(heads.map { $0.contains("\r\nX-A: 1\r\n") } == [true, false, false, false])
        #expect(heads.map { $0.contains("\r\nX-B: 2\r\n") } == [false, true, false, true])
        #expect(heads.map { $0.contains("\r\nContent-Length: ") } == [true, false, false, true])
    }

    @Test func givenFieldsAreSentOnceAndInOrder() async throws {
        let given = [
            HTTPHeader("Content-Type", "image/jpeg"), HTTPHeader("Host", "photos.example.org"), HTTPHeader("X-Empty", ""),
            HTTPHeader("x-amz-meta-sha256", "abc"), HTTPHeader("Cache-Control", "max-age=60, public"), HTTPHeader("X-Utf8", "å"),
        ]
        let received = try await sent { HTTPRequest(method: .put, url: $0.url("/k"), headers: given, body: .bytes([1])) }
        let lines = fields(received.head)
        for header in given {
            let line = header.value.isEmpty ? "\(header.name):" : "\(header.name): \(header.value)"
            #expect(lines.filter { $0.lowercased().hasPrefix(header.name.lowercased() + ":") } == [line])
        }
        let order = lines.compactMap { line in given.firstIndex { line.hasPrefix($0.name + ":") && $0.name != "Host" } }
        #expect(order == order.sorted() && order.count == 5)
    }

    /// Around the sizes where libcurl, the window or the expectation change their ways.
    @Test(
        arguments: [1, 65_535, 65_536, 65_537, 262_143, 262_144, 262_145, 524_289, 1_048_575, 1_048_576, 1_048_577, 3_000_001] as [Int64],
        [true, false])
    func bodiesArriveByteExact(_ size: Int64, _ isStreamed: Bool) async throws {
        let pattern = PatternBytes(size: size)
        let progress = Sum()
        let received = try await sent {
            HTTPRequest(
                method: .put, url: $0.url("/k"), body: isStreamed ? .source(pattern) : .bytes(pattern.array), onSend: { progress.add($0) })
        }
        #expect(received.body == pattern.array)
        #expect(received.head.contains("\r\nContent-Length: \(size)\r\n"))
        #expect(received.head.contains("\r\nExpect: 100-continue\r\n") == (size >= 1 << 20 && (isStreamed || size > 1 << 20)))
        #expect(progress.total == size)
        #expect(progress.all.allSatisfy { $0 > 0 })
    }

    @Test func onlyTheFinalAnswersHeaderIsKept() async throws {
        let server = try FaultServer([
            .request, .send("HTTP/1.1 103 Early Hints\r\nX-A: early\r\n\r\n"),
            .send(
                "HTTP/1.1 200 OK\r\nX-A:  final \r\nX-B:\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nX-A: trailer\r\nX-C: trailer\r\n\r\n"
            ),
        ])
        let response = try await withClient(server) { try await $0.perform(HTTPRequest(method: .get, url: server.url())) }
        #expect(response.headers == [HTTPHeader("X-A", "final"), HTTPHeader("X-B", ""), HTTPHeader("Transfer-Encoding", "chunked")])
        #expect(response.header("x-c") == nil)
        #expect(response.body == [UInt8]("ok".utf8))
    }

    @Test(arguments: [
        (HTTPMethod.head, "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n", 200, 0),
        (.delete, "HTTP/1.1 204 No Content\r\n\r\n", 204, 0), (.get, "HTTP/1.1 304 Not Modified\r\n\r\n", 304, 0),
        (.get, "HTTP/1.1 301 Moved\r\nLocation: /other\r\nContent-Length: 3\r\n\r\nabc", 301, 3),
        (.get, "HTTP/1.1 503 Slow Down\r\nContent-Length: 3\r\n\r\nabc", 503, 3),
        (.get, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc", 200, 3),
        (.get, "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc and more than was announced", 200, 3),
    ])
    func answersAreTakenAsTheyAre(_ method: HTTPMethod, _ answer: String, _ status: Int, _ size: Int) async throws {
        let server = try FaultServer([.request, .send(answer)])
        let response = try await withClient(server) { try await $0.perform(HTTPRequest(method: method, url: server.url())) }
        #expect(response.status == status)
        #expect(response.body.count == size)
    }

    @Test(arguments: [(999, Outcome.responseTooLarge(limit: 999)), (1000, .status(200))], [true, false])
    func answersAreBounded(_ limit: (Int, Outcome), _ isAnnounced: Bool) async throws {
        let server = try FaultServer([
            .request, .send("HTTP/1.1 200 OK\r\n" + (isAnnounced ? "Content-Length: 1000\r\n\r\n" : "Connection: close\r\n\r\n")),
            .zeros(1000),
        ])
        let outcome = try await withClient(server) {
            await $0.outcome(HTTPRequest(method: .get, url: server.url(), maximumResponseBytes: limit.0))
        }
        #expect(outcome == limit.1)
    }

    @Test func anEndlessHeaderIsCutOff() async throws {
        let server = try FaultServer([
            .request, .send("HTTP/1.1 200 OK\r\n" + String(repeating: "X-A: \(String(repeating: "a", count: 990))\r\n", count: 300)),
        ])
        #expect(try await withClient(server) { await $0.outcome(HTTPRequest(method: .get, url: server.url())) } == .malformedResponse)
    }
}
