@testable import HTTP
import Testing
import Vocabulary

/// fault × request → error, and whether the body counts as sent.
@Suite struct FaultTests {
    typealias Step = FaultServer.Step

    /// One row: what the server does with each connection, the request, what comes of it.
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let connections: [[Step]]
        let method: HTTPMethod
        let body: HTTPBody
        let outcome: Outcome

        init(
            _ name: String, _ connections: [Step]..., method: HTTPMethod = .put, body: HTTPBody = .bytes([1, 2, 3]), ends outcome: Outcome
        ) {
            testDescription = name
            self.connections = connections
            self.method = method
            self.body = body
            self.outcome = outcome
        }
    }

    /// More than the kernel's buffers of both sides take up.
    static let large = HTTPBody.source(PatternBytes(size: 32 << 20))
    static let ok = Step.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")

    static let rows: [Row] = [
        Row(
            "reset after the head", [.head, .send("HTTP/1.1 100 Continue\r\n\r\n"), .reset], body: large,
            ends: .connectionLost(bodySent: false)),
        Row(
            "reset after some of the body", [.head, .send("HTTP/1.1 100 Continue\r\n\r\n"), .body(100_000), .reset], body: large,
            ends: .connectionLost(bodySent: false)),
        Row("reset after the body", [.request, .reset], ends: .connectionLost(bodySent: true)),
        Row("reset within the status line", [.request, .send("HTTP/1.1 2"), .reset], ends: .connectionLost(bodySent: true)),
        Row(
            "reset within the answer's head", [.request, .send("HTTP/1.1 200 OK\r\nContent-Le"), .reset],
            ends: .connectionLost(bodySent: true)),
        Row(
            "reset within the answer's body", [.request, .send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"), .reset],
            ends: .connectionLost(bodySent: true)),
        Row("closed without an answer", [.request], ends: .connectionLost(bodySent: true)),
        Row("closed within the answer's head", [.request, .send("HTTP/1.1 200 OK\r\nContent-Le")], ends: .connectionLost(bodySent: true)),
        Row(
            "closed within the answer's body", [.request, .send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc")],
            ends: .connectionLost(bodySent: true)),
        Row(
            "closed within a chunk", [.request, .send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nabc")],
            ends: .connectionLost(bodySent: true)),
        Row(
            "closed before the last chunk", [.request, .send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n")],
            ends: .connectionLost(bodySent: true)),
        Row(
            "a chunk's size is no number", [.request, .send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\nabc")],
            ends: .connectionLost(bodySent: true)),
        Row("no HTTP at all", [.request, .send("220 mail.example.org ESMTP ready\r\n")], ends: .malformedResponse),
        Row("a body without a head", [.request, .send("<html>hello</html>\r\n\r\n")], ends: .malformedResponse),
        Row("an impossible Content-Length", [.request, .send("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n")], ends: .malformedResponse),
        Row("an answer of 2 bytes to a GET", [.request, ok], method: .get, body: .none, ends: .status(200)),
        Row("a GET that is reset", [.request, .reset], method: .get, body: .none, ends: .connectionLost(bodySent: true)),
        Row(
            "interim answers", [.request, .send("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n"), ok],
            ends: .status(200)),
        Row(
            "refused before the body, then drained", [.head, .send("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"), .drain],
            body: large, ends: .status(403)),
        Row(
            "refused while the body is sent",
            [
                .head, .send("HTTP/1.1 100 Continue\r\n\r\n"), .body(500_000),
                .send("HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"), .drain,
            ], body: large, ends: .status(413)),
        Row(
            "refused instead of 100 Continue, then closed",
            [.head, .send("HTTP/1.1 403 Forbidden\r\nContent-Length: 3\r\nConnection: close\r\n\r\nno!")], body: large, ends: .status(403)),
        Row(
            "refused instead of 100 Continue, without the body it announced",
            [.head, .send("HTTP/1.1 403 Forbidden\r\nContent-Length: 3\r\nConnection: close\r\n\r\nn")], body: large,
            ends: .connectionLost(bodySent: false)),
        Row("100 Continue withheld", [.request, ok], body: .source(PatternBytes(size: 2 << 20)), ends: .status(200)),
        Row(
            "417 to the expectation, then taken without it",
            [.head, .send("HTTP/1.1 417 Expectation Failed\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")], [.request, ok],
            body: .source(PatternBytes(size: 2 << 20)), ends: .status(200)),
    ]

    @Test(arguments: rows)
    func endsAsTheTableSays(_ row: Row) async throws {
        let server = try FaultServer { $0 < row.connections.count ? row.connections[$0] : [] }
        let outcome = try await withClient(server, { $0.expectTimeout = .milliseconds(20) }) { client in
            await client.outcome(HTTPRequest(method: row.method, url: server.url("/key"), body: row.body))
        }
        #expect(outcome == row.outcome)
        #expect(server.accepted == row.connections.count)
    }

    /// The server answers and closes without reading on. Its answer and the reset that follows race with our next send; either is told as it is, and
    /// never as a success.
    @Test func refusedWhileSendingThenReset() async throws {
        let server = try FaultServer([
            .head, .send("HTTP/1.1 100 Continue\r\n\r\n"), .body(500_000),
            .send("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
        ])
        let outcome = try await withClient(server) { await $0.outcome(HTTPRequest(method: .put, url: server.url(), body: Self.large)) }
        #expect(outcome == .status(403) || outcome == .connectionLost(bodySent: false))
    }

    @Test func refused() async throws {
        let port = try FaultServer.refusingPort()
        let outcome = try await withClient { await $0.outcome(HTTPRequest(method: .get, url: "http://127.0.0.1:\(port)/")) }
        #expect(outcome == .notConnected)
    }

    /// A label of more than 63 characters (RFC 1035 §2.3.4) is refused by the resolver itself, so that no network is asked.
    @Test func unresolved() async throws {
        let host = String(repeating: "a", count: 64) + ".invalid"
        let error = try await withClient { client in
            await #expect(throws: HTTPError.self) { try await client.perform(HTTPRequest(method: .get, url: "http://\(host):80/x")) }
        }
        guard case .unresolved(host, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func notTLS() async throws {
        let server = try FaultServer([.send("HTTP/1.1 400 Bad Request\r\n\r\n"), .drain])
        let outcome = try await withClient(server) { await $0.outcome(HTTPRequest(method: .get, url: server.url(scheme: "https"))) }
        #expect(outcome == .tls)
    }
}
