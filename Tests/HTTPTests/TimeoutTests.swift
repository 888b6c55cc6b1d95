@testable import HTTP
import Testing
import Vocabulary

@Suite struct TimeoutTests {
    @Test(
        arguments: [
            ([.head, .send("HTTP/1.1 100 Continue\r\n\r\n"), .stall], false), ([.request, .stall], true),
            ([.request, .send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab"), .stall], true),
        ] as [([FaultServer.Step], Bool)])
    func whatStandsStillFails(_ steps: [FaultServer.Step], _ bodySent: Bool) async throws {
        let server = try FaultServer(steps)
        let outcome = try await withClient(server, { $0.stallTimeout = .milliseconds(250) }) {
            await $0.outcome(HTTPRequest(method: .put, url: server.url(), body: .source(PatternBytes(size: bodySent ? 20_000 : 32 << 20))))
        }
        #expect(outcome == .timedOut(bodySent: bodySent))
    }

    @Test func theWholeRequestHasALimit() async throws {
        let server = try FaultServer([.request, .stall])
        let outcome = try await withClient(server, { $0.requestTimeout = .milliseconds(40) }) {
            await $0.outcome(HTTPRequest(method: .get, url: server.url()))
        }
        #expect(outcome == .timedOut(bodySent: true))
    }

    /// Accepted by the kernel, never by the server: the TLS handshake gets no answer.
    @Test func connectingHasALimit() async throws {
        let server = try FaultServer([.stall])
        let outcome = try await withClient(server, { $0.connectTimeout = .milliseconds(40) }) {
            await $0.outcome(HTTPRequest(method: .get, url: server.url(scheme: "https")))
        }
        #expect(outcome == .notConnected)
    }

    /// One observation a second: how many bytes have moved, connected, waiting for the body → verdict.
    struct Tick: Sendable {
        let moved: Int64
        var isConnected = true
        var isWaiting = false
        let verdict: StallWatch.Verdict
    }

    static let limits = StallWatch.Limits(
        stall: 3_000_000_000, bytesPerSecond: 10, request: 8_000_000_000, bodyRead: 4_000_000_000)

    @Test(
        arguments: [
            [Tick(moved: 0, verdict: .fine), Tick(moved: 0, verdict: .fine), Tick(moved: 0, verdict: .stalled)],
            [Tick(moved: 9, verdict: .fine), Tick(moved: 18, verdict: .fine), Tick(moved: 27, verdict: .stalled)],
            [
                Tick(moved: 0, verdict: .fine), Tick(moved: 0, verdict: .fine), Tick(moved: 10, verdict: .fine),
                Tick(moved: 10, verdict: .fine),
            ],
            // A repetition on a new connection counts from zero again.
            [Tick(moved: 900, verdict: .fine), Tick(moved: 0, verdict: .fine), Tick(moved: 900, verdict: .fine)],
            [Tick](repeating: Tick(moved: 0, isConnected: false, verdict: .fine), count: 5),
            [Tick](repeating: Tick(moved: 0, isWaiting: true, verdict: .fine), count: 4) + [
                Tick(moved: 0, isWaiting: true, verdict: .bodyStalled)
            ],
            // A slow disk is not a dead one.
            (1...7).map { Tick(moved: $0, isWaiting: true, verdict: .fine) },
            (1...7).map { Tick(moved: $0 * 100, verdict: .fine) } + [Tick(moved: 800, verdict: .tooLong)],
            // Waiting for our own reads extends the limit.
            [Tick](repeating: Tick(moved: 0, isWaiting: true, verdict: .fine), count: 3)
                + (1...7).map { Tick(moved: $0 * 100, verdict: .fine) }
                + [Tick(moved: 800, verdict: .tooLong)],
        ] as [[Tick]])
    func theWatchTellsStallsApart(_ ticks: [Tick]) {
        var watch = StallWatch(now: 0)
        let verdicts = ticks.enumerated().map { second, tick in
            watch.observe(
                now: Int64(second + 1) * 1_000_000_000, moved: tick.moved, isConnected: tick.isConnected, isWaitingForBody: tick.isWaiting,
                limits: Self.limits)
        }
        #expect(verdicts == ticks.map(\.verdict))
    }
}
