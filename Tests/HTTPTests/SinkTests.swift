import Glibc
import Testing
import Vocabulary

@testable import HTTP

/// Answers that are handed on piece by piece.
@Suite struct SinkTests {
    /// Adds up what it is given, and looks whether the bytes are in order.
    final class Collector: Sendable {
        private let state = Locked((count: Int64(0), isInOrder: true))

        func take(_ bytes: UnsafeRawBufferPointer) {
            state.withLock { state in
                let end = state.count + Int64(bytes.count)
                state.isInOrder = state.isInOrder && PatternBytes(size: end).array(state.count..<end).elementsEqual(bytes)
                state.count = end
            }
        }

        var count: Int64 { state.withLock { $0.count } }
        var isInOrder: Bool { state.withLock { $0.isInOrder } }
    }

    struct Full: Error, Equatable {}

    private func pattern(_ size: Int64) -> [FaultServer.Step] {
        [.request, .send("HTTP/1.1 200 OK\r\nContent-Length: \(size)\r\n\r\n"), .pattern(Int(size))]
    }

    @Test(arguments: [0, 1, 999, 65_536, 262_144, 262_145, 5_000_000] as [Int64], [1000, 262_144])
    func theWholeBodyArrivesInOrder(_ size: Int64, _ chunk: Int) async throws {
        let server = try FaultServer(pattern(size))
        let collector = Collector()
        let response = try await withClient(server, { $0.bodyChunk = chunk }) {
            try await $0.perform(HTTPRequest(method: .get, url: server.url(), maximumResponseBytes: 10, onReceive: { collector.take($0) }))
        }
        #expect(response.status == 200)
        #expect(response.body.isEmpty)
        #expect(collector.count == size)
        #expect(collector.isInOrder)
    }

    /// The sink takes nothing until the window is long full and a stall elsewhere has used up the limit.
    @Test func aSlowSinkPausesTheTransfer() async throws {
        let gate = Gate()
        let server = try FaultServer(pattern(3_000_000))
        let stalling = try FaultServer([.stall])
        defer { stalling.stop() }
        let collector = Collector()
        try await withClient(server, { $0.stallTimeout = .milliseconds(250) }) { client in
            async let outcome = client.outcome(
                HTTPRequest(
                    method: .get, url: server.url(),
                    onReceive: { bytes in
                        gate.wait()
                        collector.take(bytes)
                    }))
            #expect(await client.outcome(HTTPRequest(method: .get, url: stalling.url())) == .timedOut(bodySent: true))
            // One for each piece, of which there are twelve.
            for _ in 0..<20 { gate.open() }
            #expect(await outcome == .status(200))
        }
        #expect(collector.count == 3_000_000)
        #expect(collector.isInOrder)
    }

    @Test(arguments: [0, 1, 100_000, 2_500_000] as [Int64])
    func aSinksErrorEndsTheRequest(_ place: Int64) async throws {
        let server = try FaultServer(pattern(3_000_000))
        let collector = Collector()
        let error = try await withClient(server, { $0.bodyChunk = 5000 }) { client in
            await #expect(throws: HTTPError.self) {
                let receive: @Sendable (UnsafeRawBufferPointer) throws -> Void = { bytes in
                    if collector.count >= place { throw Full() }
                    collector.take(bytes)
                }
                _ = try await client.perform(HTTPRequest(method: .get, url: server.url(), onReceive: receive))
            }
        }
        guard case .sinkFailed(let cause) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(cause is Full)
    }

    @Test func whatIsNoSuccessStaysInMemory() async throws {
        let server = try FaultServer([.request, .send("HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\ngone")])
        let collector = Collector()
        let response = try await withClient(server) {
            try await $0.perform(HTTPRequest(method: .get, url: server.url(), onReceive: { collector.take($0) }))
        }
        #expect(response.body == [UInt8]("gone".utf8))
        #expect(collector.count == 0)
    }

    /// What came before the end is handed over, so that a download can go on from there.
    @Test func aBrokenConnectionHandsOverWhatCame() async throws {
        let server = try FaultServer([.request, .send("HTTP/1.1 200 OK\r\nContent-Length: 900000\r\n\r\n"), .pattern(700_000)])
        let collector = Collector()
        let outcome = try await withClient(server) {
            await $0.outcome(HTTPRequest(method: .get, url: server.url(), onReceive: { collector.take($0) }))
        }
        #expect(outcome == .connectionLost(bodySent: true))
        #expect(collector.count == 700_000)
        #expect(collector.isInOrder)
    }

    /// A request that was cancelled, or whose client was shut down, ends only when its sink is no longer called.
    @Test(arguments: [true, false])
    func cancellationWaitsForTheSink(_ isShutdown: Bool) async throws {
        let entered = Gate()
        let gate = Gate()
        let inside = Locked(0)
        let server = try FaultServer(pattern(3_000_000))
        try await withClient(server, { $0.bodyChunk = 5000 }) { client in
            let task = Task {
                let receive: @Sendable (UnsafeRawBufferPointer) throws -> Void = { _ in
                    inside.withLock { $0 += 1 }
                    entered.open()
                    gate.wait()
                    inside.withLock { $0 -= 1 }
                }
                return await client.outcome(HTTPRequest(method: .get, url: server.url(), onReceive: receive))
            }
            await entered.opened()
            if isShutdown { client.shutdown() } else { task.cancel() }
            // Once for each piece: the sink may get some more until the loop hears of the cancellation.
            for _ in 0..<700 { gate.open() }
            #expect(await task.value == .cancelled)
            #expect(inside.withLock { $0 } == 0)
        }
    }
}
