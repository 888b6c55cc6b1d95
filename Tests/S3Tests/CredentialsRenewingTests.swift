import S3
import Synchronization
import Testing

/// Renewal before the end, one fetch for all who ask, and what happens when it fails.
@Suite struct CredentialsRenewingTests {
    /// Gives out numbered credentials of a fixed lifetime, or fails, and counts.
    final class Source: Sendable {
        struct State {
            var now: Int64 = 1_000_000
            var lifetime: Int64 = 3600
            var fetches = 0
            var fails = false
        }
        let state = Mutex(State())

        var now: Int64 { state.withLock { $0.now } }
        var fetches: Int { state.withLock { $0.fetches } }

        func provider() -> RenewingCredentials {
            RenewingCredentials(clock: S3Clock(now: { self.now }, sleep: { _ in })) { () async throws(CredentialError) in
                await Task.yield()
                let made: Credentials? = self.state.withLock { state in
                    state.fetches += 1
                    if state.fails { return nil }
                    return Credentials(
                        accessKeyID: "K\(state.fetches)", secretAccessKey: "s", sessionToken: "t", expires: state.now + state.lifetime)
                }
                guard let made else { throw .unreachable(source: "test", reason: "down") }
                return made
            }
        }
    }

    @Test(
        arguments: [
            (3600, [(0, "K1"), (2699, "K1"), (2700, "K2")]), (300, [(0, "K1"), (199, "K1"), (200, "K2")]),
            (43200, [(0, "K1"), (42299, "K1"), (42300, "K2")]), (3, [(0, "K1"), (1, "K1"), (2, "K2")]),
        ] as [(Int64, [(Int64, String)])])
    func renewsBeforeTheEnd(_ lifetime: Int64, _ steps: [(Int64, String)]) async throws {
        let source = Source()
        source.state.withLock { $0.lifetime = lifetime }
        let start = source.now
        let provider = source.provider()
        for (after, id) in steps {
            source.state.withLock { $0.now = start + after }
            #expect(try await provider.credentials().accessKeyID == id)
        }
    }

    @Test func oneFetchServesAll() async throws {
        let source = Source()
        let provider = source.provider()
        let ids = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<50 { group.addTask { try await provider.credentials().accessKeyID } }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(ids == ["K1"])
        #expect(source.fetches == 1)
    }

    @Test func aFailureWhileTheOldOnesAreGoodIsBridgedAndNotRepeatedAtOnce() async throws {
        let source = Source()
        let provider = source.provider()
        #expect(try await provider.credentials().accessKeyID == "K1")
        source.state.withLock {
            $0.fails = true
            $0.now += 2800
        }
        for _ in 0..<5 { #expect(try await provider.credentials().accessKeyID == "K1") }
        #expect(source.fetches == 2)
        source.state.withLock { $0.now += 60 }
        #expect(try await provider.credentials().accessKeyID == "K1")
        #expect(source.fetches == 3)
        source.state.withLock { $0.now += 3600 }
        await #expect(throws: CredentialError.unreachable(source: "test", reason: "down")) { try await provider.credentials() }
        source.state.withLock { $0.fails = false }
        #expect(try await provider.credentials().accessKeyID == "K5")
    }

    @Test func whatTheServerRefusedIsNotGivenAgain() async throws {
        let source = Source()
        let provider = source.provider()
        let first = try await provider.credentials()
        await provider.invalidate(first)
        let second = try await provider.credentials()
        #expect(second.accessKeyID == "K2")
        // Others that were refused with the first ones must not throw away the second.
        await provider.invalidate(first)
        #expect(try await provider.credentials() == second)
    }

    @Test func aCancelledCallerDoesNotTakeTheOthersDown() async throws {
        let source = Source()
        let provider = source.provider()
        let first = Task { try await provider.credentials().accessKeyID }
        first.cancel()
        #expect(try await provider.credentials().accessKeyID == "K1")
        _ = try? await first.value
        #expect(source.fetches == 1)
    }

    @Test func credentialsWithoutAnEndAreKept() async throws {
        let count = Mutex(0)
        let provider = RenewingCredentials(clock: S3Clock(now: { .max / 2 }, sleep: { _ in })) { () async throws(CredentialError) in
            count.withLock { $0 += 1 }
            return Credentials(accessKeyID: "K", secretAccessKey: "s")
        }
        for _ in 0..<3 { _ = try await provider.credentials() }
        #expect(count.withLock { $0 } == 1)
    }
}
