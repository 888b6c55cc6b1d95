@testable import HTTP
import Testing
import Vocabulary

/// Bodies whose reading goes wrong: the error is ours, and the server never sees a complete request.
@Suite struct BodyFaultTests {
    @Test(arguments: [0, 1, 100_000, 262_144, 700_000] as [Int64])
    func aShortBodyIsReported(_ place: Int64) async throws {
        let server = try FaultServer([.request])
        let outcome = try await withClient(server) {
            await $0.outcome(
                HTTPRequest(method: .put, url: server.url(), body: .source(FaultyBytes(size: 900_000, place: place, fault: .end))))
        }
        #expect(outcome == .bodyShort(expected: 900_000, got: place))
        #expect(server.received.isEmpty)
    }

    @Test(arguments: [0, 1, 700_000] as [Int64])
    func aReadErrorIsReported(_ place: Int64) async throws {
        let server = try FaultServer([.request])
        let error = try await withClient(server) { client in
            await #expect(throws: HTTPError.self) {
                let body = HTTPBody.source(FaultyBytes(size: 900_000, place: place, fault: .error))
                _ = try await client.perform(HTTPRequest(method: .put, url: server.url(), body: body))
            }
        }
        guard case .bodyUnreadable(let cause) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(cause is FaultyBytes.Broken)
        #expect(server.received.isEmpty)
    }

    /// While one upload waits for its own bytes, another stalls at the server for the whole of the limit: only the latter fails.
    @Test func ourOwnSlownessIsNoStall() async throws {
        let gate = Gate()
        let server = try FaultServer { _ in [.request, .send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")] }
        let stalling = try FaultServer([.stall])
        defer { stalling.stop() }
        try await withClient(server, { $0.stallTimeout = .milliseconds(250) }) { client in
            let body = HTTPBody.source(FaultyBytes(size: 900_000, place: 300_000, fault: .wait(gate)))
            async let slow = client.outcome(HTTPRequest(method: .put, url: server.url(), body: body))
            #expect(await client.outcome(HTTPRequest(method: .get, url: stalling.url())) == .timedOut(bodySent: true))
            // One for each read behind the place.
            for _ in 0..<10 { gate.open() }
            #expect(await slow == .status(200))
        }
        #expect(server.received.first?.body == PatternBytes(size: 900_000).array)
    }

    /// The upload is paused when its connection turns out to be dead, and its bytes come only when the next one stands.
    @Test func aBodyMayArriveAfterTheConnectionWasReplaced() async throws {
        let gate = Gate()
        let ok = FaultServer.Step.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        let server = try FaultServer([.request, ok, .head, .reset], [.head, .open(gate), .body(5000), ok])
        try await withClient(server) { client in
            #expect(await client.outcome(HTTPRequest(method: .get, url: server.url())) == .status(200))
            let body = HTTPBody.source(FaultyBytes(size: 5000, place: 0, fault: .wait(gate)))
            #expect(await client.outcome(HTTPRequest(method: .put, url: server.url(), body: body)) == .status(200))
        }
        #expect(server.accepted == 2)
    }

    @Test func aReadThatNeverEndsIsGivenUp() async throws {
        let gate = Gate()
        defer { gate.open() }
        let server = try FaultServer { _ in [.request, .send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")] }
        let configure: (inout HTTPClientConfiguration) -> Void = {
            $0.bodyReadTimeout = .milliseconds(250)
            $0.readerThreads = 1
        }
        try await withClient(server, configure) { client in
            let stuck = HTTPBody.source(FaultyBytes(size: 10, place: 0, fault: .wait(gate)))
            #expect(await client.outcome(HTTPRequest(method: .put, url: server.url(), body: stuck)) == .bodyUnreadable)
            // The only reader is stuck; another takes its place.
            let next = HTTPRequest(method: .put, url: server.url(), body: .source(PatternBytes(size: 1000)))
            #expect(await client.outcome(next) == .status(200))
        }
    }
}
