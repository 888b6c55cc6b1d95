@testable import HTTP
import Testing
import Vocabulary

@Suite struct ConnectionReuseTests {
    static let ok = FaultServer.Step.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")

    @Test func requestsShareAConnection() async throws {
        let server = try FaultServer([FaultServer.Step](repeating: .request, count: 20).flatMap { [$0, Self.ok] })
        try await withClient(server) { client in
            for i in 0..<20 {
                let method: HTTPMethod = [.put, .get, .delete, .post, .head][i % 5]
                let body: HTTPBody = method == .put ? i % 2 == 0 ? .bytes([1]) : .source(PatternBytes(size: 1000)) : .none
                #expect(await client.outcome(HTTPRequest(method: method, url: server.url("/\(i)"), body: body)) == .status(200))
            }
        }
        #expect(server.accepted == 1)
        let lines = server.received.map { $0.head.split(separator: " ").prefix(2).joined(separator: " ") }
        #expect(lines == (0..<20).map { "\(["PUT", "GET", "DELETE", "POST", "HEAD"][$0 % 5]) /\($0)" })
    }

    /// A connection that was kept and is closed by the server on the next request: libcurl repeats that request, body and all, on a new one.
    @Test(arguments: [0, 1, 4096, 70_000, 3 << 20], [true, false])
    func aDeadConnectionIsReplaced(_ size: Int64, _ isStreamed: Bool) async throws {
        let pattern = PatternBytes(size: size)
        let server = try FaultServer(
            [.request, Self.ok, .head, .send(size > 1 << 20 ? "HTTP/1.1 100 Continue\r\n\r\n" : ""), .body(Int(size / 2)), .reset],
            [.request, Self.ok])
        let progress = Sum()
        let second = HTTPRequest(
            method: .put, url: server.url("/second"), body: isStreamed ? .source(pattern) : .bytes(pattern.array),
            onSend: { progress.add($0) })
        let outcomes = try await withClient(server, { $0.expectTimeout = .milliseconds(20) }) { client in
            [await client.outcome(HTTPRequest(method: .get, url: server.url("/first"))), await client.outcome(second)]
        }
        #expect(outcomes[0] == .status(200))
        // Once the server has answered anything, here 100 Continue, a repetition is the caller's decision.
        guard size <= 1 << 20 else {
            #expect(outcomes[1] == .connectionLost(bodySent: true) || outcomes[1] == .connectionLost(bodySent: false))
            return
        }
        #expect(outcomes[1] == .status(200))
        #expect(server.received.last?.body == pattern.array)
        #expect(server.received.last?.connection == 1)
        #expect(progress.total == size)
    }

    @Test func connectionsStayBelowTheLimit() async throws {
        let arrived = Gate()
        let release = Gate()
        let server = try FaultServer { _ in
            [.request, .open(arrived), .wait(release), Self.ok]
                + [FaultServer.Step](repeating: .request, count: 11).flatMap { [$0, Self.ok] }
        }
        try await withClient(server, { $0.maximumConnections = 3 }) { client in
            async let outcomes = withTaskGroup(of: Outcome.self) { group in
                for i in 0..<12 { group.addTask { await client.outcome(HTTPRequest(method: .get, url: server.url("/\(i)"))) } }
                return await group.reduce(into: []) { $0.append($1) }
            }
            for _ in 0..<3 { await arrived.opened() }
            for _ in 0..<3 { release.open() }
            #expect(await outcomes == [Outcome](repeating: .status(200), count: 12))
        }
        #expect(server.peak == 3)
        #expect(server.accepted == 3)
    }
}
