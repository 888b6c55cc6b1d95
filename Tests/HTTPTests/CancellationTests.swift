@testable import HTTP
import Testing
import Vocabulary

@Suite struct CancellationTests {
    static let ok = FaultServer.Step.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")

    @Test func aCancelledTaskSendsNothing() async throws {
        let server = try FaultServer([.request, Self.ok])
        try await withClient(server) { client in
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return await client.outcome(HTTPRequest(method: .get, url: server.url()))
            }
            #expect(await task.value == .cancelled)
        }
        #expect(server.accepted == 0)
    }

    /// Wherever the request is: waiting for the answer, within the answer, paused for its own bytes, connecting.
    @Test(
        arguments: [
            [.request, .stall], [.request, .send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab"), .stall],
            [.head, .send("HTTP/1.1 100 Continue\r\n\r\n"), .stall],
        ] as [[FaultServer.Step]])
    func cancellationEndsARequestUnderWay(_ steps: [FaultServer.Step]) async throws {
        let arrived = Gate()
        let server = try FaultServer(Array(steps.dropLast()) + [.open(arrived)] + steps.suffix(1), [.request, Self.ok])
        try await withClient(server) { client in
            let task = Task {
                await client.outcome(HTTPRequest(method: .put, url: server.url(), body: .source(PatternBytes(size: 2 << 20))))
            }
            await arrived.opened()
            task.cancel()
            #expect(await task.value == .cancelled)
            #expect(await client.outcome(HTTPRequest(method: .get, url: server.url())) == .status(200))
        }
    }

    @Test func cancellationEndsARequestThatWaitsForItsBody() async throws {
        let gate = Gate()
        defer { gate.open() }
        let arrived = Gate()
        let server = try FaultServer([.head, .open(arrived), .drain])
        try await withClient(server) { client in
            let task = Task {
                let body = HTTPBody.source(FaultyBytes(size: 10, place: 0, fault: .wait(gate)))
                return await client.outcome(HTTPRequest(method: .put, url: server.url(), body: body))
            }
            await arrived.opened()
            task.cancel()
            #expect(await task.value == .cancelled)
        }
    }

    @Test func cancellationEndsARequestThatWaitsItsTurn() async throws {
        let arrived = Gate()
        let server = try FaultServer([.request, .open(arrived), .stall])
        try await withClient(server, { $0.maximumConnections = 1 }) { client in
            let first = Task { await client.outcome(HTTPRequest(method: .get, url: server.url())) }
            await arrived.opened()
            let second = Task { await client.outcome(HTTPRequest(method: .get, url: server.url())) }
            second.cancel()
            #expect(await second.value == .cancelled)
            first.cancel()
            #expect(await first.value == .cancelled)
        }
        #expect(server.accepted == 1)
    }

    @Test func shutdownEndsWhatIsUnderWayAndRefusesTheRest() async throws {
        let arrived = Gate()
        let server = try FaultServer { _ in [.request, .open(arrived), .stall] }
        try await withClient(server, { $0.maximumConnections = 2 }) { client in
            let tasks = (0..<4).map { _ in Task { await client.outcome(HTTPRequest(method: .get, url: server.url())) } }
            for _ in 0..<2 { await arrived.opened() }
            client.shutdown()
            client.shutdown()
            for task in tasks { #expect(await task.value == .cancelled) }
            #expect(await client.outcome(HTTPRequest(method: .get, url: server.url())) == .cancelled)
        }
    }

    /// Requests cancelled at any moment, many at once: each ends once, as a cancellation or with its answer.
    @Test func cancellationRacesAreHarmless() async throws {
        let server = try FaultServer { _ in [FaultServer.Step](repeating: .request, count: 400).flatMap { [$0, Self.ok] } }
        try await withClient(server, { $0.maximumConnections = 8 }) { client in
            let outcomes = await withTaskGroup(of: Outcome.self) { group in
                for i in 0..<400 {
                    group.addTask {
                        let task = Task {
                            await client.outcome(
                                HTTPRequest(method: .put, url: server.url("/\(i)"), body: .source(PatternBytes(size: 5000))))
                        }
                        for _ in 0..<(i % 7) { await Task.yield() }
                        if i % 3 != 0 { task.cancel() }
                        return await task.value
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(outcomes.count == 400)
            #expect(outcomes.filter { $0 == .status(200) }.count >= 134)
            #expect(outcomes.allSatisfy { $0 == .status(200) || $0 == .cancelled })
        }
    }
}
