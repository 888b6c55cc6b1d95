import Testing
import Vocabulary

@testable import HTTP

@Suite struct TokenBucketTests {
    @Test(arguments: [1, 1000, 50_000, 1_000_000], [1, 100, 4096, 70_000])
    func theRateIsKeptOnAverage(_ rate: Int, _ piece: Int) {
        var now: Int64 = 0
        var bucket = TokenBucket(rate: rate, now: now)
        let pieces = 50
        for _ in 0..<pieces {
            if let next = bucket.wait(now: now) {
                #expect(next > now)
                now = next
                #expect(bucket.wait(now: now) == nil)
            }
            bucket.charge(piece)
        }
        // All but the burst at the start and the last piece have been waited for.
        let least = (Double(piece * (pieces - 1)) - Double(rate) / 4) / Double(rate)
        let elapsed = Double(now) / 1e9
        #expect(elapsed >= least)
        #expect(elapsed <= max(0, least) + 0.01 + Double(pieces) / Double(rate))
    }

    @Test func whatIsNotUsedIsNotSavedUp() {
        var bucket = TokenBucket(rate: 1000, now: 0)
        #expect(bucket.wait(now: 3_600_000_000_000) == nil)
        bucket.charge(251)
        #expect(bucket.wait(now: 3_600_000_000_000) != nil)
    }

    /// Streamed bodies and bodies in memory share the limit, and are not taken for stalled while it holds them back.
    @Test func allRequestsShareTheLimit() async throws {
        let ok = FaultServer.Step.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        let server = try FaultServer { _ in [.request, ok, .request, ok, .request, ok, .request, ok] }
        let rate = 1_000_000
        let pattern = PatternBytes(size: 100_000)
        let elapsed = try await withClient(server, { $0.sendBytesPerSecond = rate }) { client in
            await ContinuousClock().measure {
                await withTaskGroup(of: Outcome.self) { group in
                    for i in 0..<6 {
                        let body: HTTPBody = i % 2 == 0 ? .source(pattern) : .bytes(pattern.array)
                        group.addTask { await client.outcome(HTTPRequest(method: .put, url: server.url(), body: body)) }
                    }
                    for await outcome in group { #expect(outcome == .status(200)) }
                }
            }
        }
        // 600,000 bytes, less the burst and the largest overdraft.
        #expect(elapsed >= .milliseconds(240))
        #expect(server.received.count == 6)
        #expect(server.received.allSatisfy { $0.body == pattern.array })
    }
}
