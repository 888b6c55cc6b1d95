import Foundation
import TestSupport
import Testing

/// Faults that no further try helps against: of one object they fail that file, of the whole bucket they end the run.
@Suite struct BucketFaultTests {
    private static func site(_ count: Int) async throws -> (Site, FaultProxy) {
        let names = (0..<count).map { "f\($0 / 100)\($0 / 10 % 10)\($0 % 10).txt" }
        var site = try await Site(.files(Dictionary(uniqueKeysWithValues: names.map { ($0, "content of \($0)") })), on: .radosgw)
        let proxy = try await FaultProxy(before: site.place)
        site.place = proxy.place
        return (site, proxy)
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let status: Int
        let code: String
        let exit: Int32
        /// How many requests it takes to be sure.
        let requests: Int
    }

    static let bucketWide: [Row] = [
        Row(testDescription: "access denied to everything", status: 403, code: "AccessDenied", exit: 6, requests: 10),
        Row(testDescription: "no such bucket", status: 404, code: "NoSuchBucket", exit: 6, requests: 1),
        Row(testDescription: "expired credentials", status: 400, code: "ExpiredToken", exit: 5, requests: 1),
        Row(testDescription: "revoked key", status: 403, code: "InvalidAccessKeyId", exit: 5, requests: 1),
        Row(testDescription: "quota used up", status: 403, code: "QuotaExceeded", exit: 6, requests: 1),
    ]

    @Test(arguments: bucketWide) func inMidRunTheRunEndsAndTheNextGoesOn(_ row: Row) async throws {
        let (site, proxy) = try await Self.site(60)
        try await proxy.script(
            FaultProxy.Rule("status", on: "PutObject", skip: 20, times: -1, ["status": .integer(row.status), "code": .string(row.code)]))
        let run = try await site.deploy(["--jobs", "1", "--delete"])
        #expect(run.status == row.exit, "\(run)")
        #expect(run.errors.contains(row.code) && run.errors.contains("ended early: "), "\(run)")
        let log = try await proxy.log()
        // One more may have been on its way.
        #expect((row.requests...row.requests + 1).contains(log.count { $0.fault == "status" }))
        #expect(try await site.bucket.listing().count == 20)
        try await proxy.script()
        let again = try await site.deploy()
        #expect(again.status == 0 && again.output.contains("20 unchanged"), "\(again)")
        #expect(try await site.bucket.holds(site.files()))
    }

    @Test(arguments: bucketWide) func beforeThePlanNothingIsSent(_ row: Row) async throws {
        let (site, proxy) = try await Self.site(4)
        try await proxy.script(
            FaultProxy.Rule("status", on: "ListObjectsV2", times: -1, ["status": .integer(row.status), "code": .string(row.code)]))
        let run = try await site.deploy()
        #expect(run.status == row.exit && run.errors.contains(row.code), "\(run)")
        #expect(try await proxy.log().allSatisfy { $0.operation == "ListObjectsV2" })
    }

    @Test func deniedHeadsEndTheRun() async throws {
        let (site, proxy) = try await Self.site(40)
        for name in try site.files().keys { try await site.bucket.put(name, "kontent of \(name)") }
        let before = try await site.bucket.snapshot()
        try await proxy.script(FaultProxy.Rule("status", on: "HeadObject", times: -1, ["status": 403]))
        let run = try await site.deploy(["--no-state", "--jobs", "4"])
        #expect(run.status == 6 && run.errors.contains("s3:GetObject"), "\(run)")
        #expect(try await proxy.log().count { $0.operation == "HeadObject" } < 20)
        #expect(try await site.bucket.snapshot() == before)
    }

    /// One object that is denied, or that the server cannot store, is that file's failure: all others are deployed, and nothing is deleted.
    @Test(arguments: [(403, "AccessDenied"), (500, "InternalError"), (400, "InvalidRequest"), (413, "EntityTooLarge")])
    func ofOneObjectFailsThatFile(_ status: Int, _ code: String) async throws {
        let (site, proxy) = try await Self.site(30)
        try await site.bucket.put("old.txt", "old", metadata: RealBucket.deployed)
        try await proxy.script(
            FaultProxy.Rule("status", on: "PutObject", key: "f007", times: -1, ["status": .integer(status), "code": .string(code)]))
        let run = try await site.deploy(["--delete"])
        #expect(run.status == 1, "\(run)")
        #expect(
            run.errors.contains("failed: f007.txt: ") && run.errors.contains(code) && run.errors.contains("1 deletion skipped"), "\(run)")
        #expect(try await Set(site.bucket.keys()) == Set(site.files().keys).subtracting(["f007.txt"]).union(["old.txt"]))
        try await proxy.script()
        #expect(try await site.deploy(["--delete"]).status == 0)
        #expect(try await site.bucket.holds(site.files()))
    }

    @Test func aServerThatGoesAwayEndsTheRun() async throws {
        let (site, proxy) = try await Self.site(60)
        try await proxy.script(FaultProxy.Rule("refuse", on: "PutObject", skip: 20, times: 1, ["ms": 600_000, "all": 1]))
        let run = try await site.deploy(["--jobs", "4"])
        #expect(run.status == 6 && run.errors.contains("ended early: "), "\(run)")
        #expect(!run.errors.contains("failed: "), "\(run)")
    }

    @Test(arguments: ["DeleteObjects", "DeleteObject"]) func deniedDeletionsEndTheRun(_ operation: String) async throws {
        let (site, proxy) = try await Self.site(3)
        let character = operation == "DeleteObject" ? "\u{8}" : ""
        for number in 0..<40 { try await site.bucket.put("old/\(number)\(character)", "old", metadata: RealBucket.deployed) }
        try await proxy.script(FaultProxy.Rule("status", on: operation, times: -1, ["status": 403, "code": "AccessDenied"]))
        let run = try await site.deploy(["--delete", "--max-delete", "100%"])
        #expect(run.status == 6 && run.errors.contains("s3:DeleteObject") && run.errors.contains("left"), "\(run)")
        #expect(run.errors.split(separator: "\n").count { $0.hasPrefix("failed: ") } < 15, "\(run)")
        #expect(try await site.bucket.listing().count == 43)
    }
}
