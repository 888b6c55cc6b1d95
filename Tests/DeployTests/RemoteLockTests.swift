import HTTP
import S3
import TestSupport
import Testing
import Vocabulary

@testable import Deploy

/// The lock in the bucket against a real server, as an independent client sees it.
@Suite struct RemoteLockTests {
    private final class Silent: DeployObserver {
        func note(_ event: DeployEvent) {}
    }

    /// A lock that holds for two seconds, and what it stops.
    private static func lock(_ bucket: RealBucket, _ http: HTTPClient, token: String) throws -> (RemoteLock, DeployStop) {
        let store = S3Client(
            bucket: bucket.name, endpoint: try Endpoint(parsing: bucket.place.endpoint), region: "us-east-1",
            parts: .init(
                transport: http,
                credentials: StaticCredentials(Credentials(accessKeyID: bucket.place.access, secretAccessKey: bucket.place.secret)),
                clock: .system))
        let options = LockOptions(
            isRemote: true, lifetime: .seconds(2), holder: LockHolder(pid: 1, started: 0, host: "here"), token: token)
        let stop = DeployStop()
        return (RemoteLock(store: store, prefix: Prefix("p"), options: options, stop: stop, observer: Silent()), stop)
    }

    @Test(arguments: ["radosgw", "ministack"]) func isRenewedUntilItIsReleased(_ server: String) async throws {
        let bucket = try await RealBucket(on: server == "radosgw" ? .radosgw : .ministack)
        let http = try HTTPClient()
        defer { http.shutdown() }
        let (lock, stop) = try Self.lock(bucket, http, token: "mine")
        try await lock.take()
        #expect(try await bucket.keys() == ["p/.galleria/lock"])
        for number in [1, 3] {
            try await until {
                let text = String(decoding: try await bucket.body("p/.galleria/lock"), as: UTF8.self)
                return text.split(separator: "\n").last?.split(separator: " ").last.flatMap { Int($0) } ?? 0 >= number
            }
        }
        #expect(!stop.isRequested)
        #expect(await lock.release())
        #expect(try await bucket.keys().isEmpty)
    }

    @Test func thatPassesToAnotherStopsTheRunAndIsLeftToTheOther() async throws {
        let bucket = try await RealBucket(on: .radosgw)
        let http = try HTTPClient()
        defer { http.shutdown() }
        let (lock, stop) = try Self.lock(bucket, http, token: "mine")
        try await lock.take()
        let other = "galleria-deploy lock\ntoken other\npid 2\nstarted 0\nhost there\nmilliseconds 60000\nrenewals 0\n"
        try await bucket.put("p/.galleria/lock", other)
        try await until { stop.isRequested }
        #expect(await !lock.release())
        #expect(try await bucket.body("p/.galleria/lock") == [UInt8](other.utf8))
    }

    @Test(arguments: [
        RemoteLockText(token: "t", holder: LockHolder(pid: 7, started: 1, host: "a b"), lifetime: .milliseconds(1500), renewals: 9)
    ])
    func isReadAsItIsWritten(_ text: RemoteLockText) { #expect(RemoteLockText(text.bytes) == text) }

    @Test(arguments: ["", "something else", "galleria-deploy lock\n", "galleria-deploy lock\ntoken t\npid x\nstarted 1\nmilliseconds 5\n"])
    func othersAreNotUnderstood(_ text: String) { #expect(RemoteLockText([UInt8](text.utf8)) == nil) }
}
