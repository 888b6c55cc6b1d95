import Foundation
import TestSupport
import Testing

/// One contract for every server: what a deploy leaves there is what the folder holds.
@Suite struct StoreContractTests {
    enum Store: String, CaseIterable, Sendable {
        case radosgw, ministack, rclone

        var server: S3Server {
            switch self {
            case .radosgw: .radosgw
            case .ministack: .ministack
            case .rclone: .rclone
            }
        }

        /// Whether the server replaces headers by a copy and tells them.
        var keepsHeaders: Bool { self != .rclone }
        var hasCORS: Bool { self != .rclone }
    }

    static let names = [
        "a b.txt", "a+b.txt", "a%20b.txt", "a%2Bb.txt", "dir/\u{e9}.txt", "dir/😀.txt", "~!*'();@&=$,[].txt",
        "quote\"<&>.txt",
        "x-y.txt", "x0.txt", "page/index.html",
    ]

    private static func site(_ store: Store) async throws -> Site {
        try await Site(.files(Dictionary(uniqueKeysWithValues: names.map { ($0, "content of \($0)") })), on: store.server)
    }

    @Test(arguments: Store.allCases) func deployResyncChangeAndDelete(_ store: Store) async throws {
        var site = try await Self.site(store)
        let recorder = try await Recorder(before: site.place)
        site.place = recorder.place
        let first = try await site.deploy()
        #expect(first.status == 0, "\(first)")
        #expect(try await site.bucket.holds(site.files()), "\(first)")
        _ = try await recorder.log()

        for options in [[], ["--no-state"]] {
            let resync = try await site.deploy(options)
            #expect(resync.status == 0, "\(resync)")
            #expect(try await recorder.log().allSatisfy { ["ListObjectsV2", "HeadObject"].contains($0.operation) }, "\(resync)")
        }

        try site.folder.write("content of x0.tXt", to: "gallery/x0.txt")
        try FileManager.default.removeItem(atPath: "\(site.source)/a+b.txt")
        try FileManager.default.removeItem(atPath: "\(site.source)/dir/\u{e9}.txt")
        let change = try await site.deploy(["--delete"])
        #expect(change.status == 0, "\(change)")
        #expect(try await site.bucket.holds(site.files()))
        #expect(try await recorder.log().filter { $0.operation == "PutObject" }.count == 1)
    }

    @Test(arguments: Store.allCases) func headersAloneAreReplaced(_ store: Store) async throws {
        let site = try await Self.site(store)
        #expect(try await site.deploy().status == 0)
        let run = try await site.deploy(["--cache-control", "max-age=5", "--metadata", "by=Ada"])
        #expect(run.status == 0, "\(run)")
        #expect(try await site.bucket.holds(site.files()))
        let object = try await site.bucket.object("x0.txt")
        if store.keepsHeaders {
            #expect(object.cacheControl == "max-age=5" && object.metadata?["by"] == "Ada" && object.metadata?["sha256"] != nil)
            #expect(object.contentType?.hasPrefix("text/plain") == true)
        }
        let again = try await site.deploy(["--cache-control", "max-age=5", "--metadata", "by=Ada"])
        #expect(again.status == 0 && again.output.contains("\(Self.names.count) unchanged"), "\(again)")
    }

    @Test(arguments: Store.allCases) func largeFilesGoInParts(_ store: Store) async throws {
        var site = try await Site(.files(["a.txt": "a"]), on: store.server)
        let recorder = try await Recorder(before: site.place)
        site.place = recorder.place
        let path = "\(site.source)/large.bin"
        #expect(FileManager.default.createFile(atPath: path, contents: Data("begin".utf8)))
        let handle = try FileHandle(forUpdating: URL(filePath: path))
        try handle.truncate(atOffset: 65 << 20)
        try handle.close()
        let run = try await site.deploy(["--part-size", "20M"])
        #expect(run.status == 0, "\(run)")
        #expect(try await recorder.log().filter { $0.operation == "UploadPart" }.count == 4)
        #expect(try await site.bucket.holds(site.files()))
        let again = try await site.deploy(["--part-size", "20M"])
        #expect(again.status == 0 && again.output.contains("2 unchanged"), "\(again)")
        #expect(try await recorder.log().map(\.operation) == ["ListObjectsV2"])
    }

    @Test(arguments: Store.allCases) func corsIsSetWhereItIsKnown(_ store: Store) async throws {
        let site = try await Self.site(store)
        let before = try await site.bucket.keys()
        let run = try await site.deploy(["--setup-cors"], checkingCORS: true)
        #expect(run.status == 0, "\(run)")
        #expect(try await site.bucket.holds(site.files()))
        if store.hasCORS {
            #expect(try await site.bucket.cors().count == 1)
            let check = try await site.run(["cors", "check", "s3://\(site.bucket.name)"])
            #expect(check.status == 0, "\(check)")
        } else {
            // The question is answered with a listing; nothing is written blindly.
            #expect(run.errors.contains("--no-cors-check"), "\(run)")
            #expect(before.isEmpty)
        }
    }

    @Test(arguments: Store.allCases) func aWrongSecretAndAMissingBucket(_ store: Store) async throws {
        let site = try await Self.site(store)
        let secret = try await site.deploy(environment: ["AWS_SECRET_ACCESS_KEY": "wrong-4Jd"])
        #expect(
            secret.status == 5 && secret.errors.contains("SignatureDoesNotMatch") && !secret.description.contains("wrong-4Jd"), "\(secret)")
        #expect(try await site.bucket.keys() == [])
        let missing = try await site.run([site.source, "s3://no-such-bucket-\(store.rawValue)", "--no-cors-check"])
        #expect(missing.status == 6 && missing.errors.contains("--create-bucket"), "\(missing)")
        // A dry run tells the same without making it.
        let tried = try await site.run([site.source, "s3://made-\(site.bucket.name)", "--setup-cors", "--create-bucket", "--dry-run"])
        #expect(tried.status == 0 && tried.output.contains("bucket made-\(site.bucket.name) would be created\n"), "\(tried)")
        #expect(tried.output.contains("CORS: not configured\n") && tried.output.contains("uploads"), "\(tried)")
        let still = try await site.run([site.source, "s3://made-\(site.bucket.name)", "--no-cors-check"])
        #expect(still.status == 6, "\(still)")
        let made = try await site.run([site.source, "s3://made-\(site.bucket.name)", "--no-cors-check", "--create-bucket"])
        #expect(made.status == 0, "\(made)")
    }

    /// None of these checks the region; those that do are in AdoptionTests and RegionDiscoveryTests.
    @Test(arguments: Store.allCases) func aWrongRegionDoesNotKeepFromDeploying(_ store: Store) async throws {
        let site = try await Self.site(store)
        let run = try await site.deploy(["--region", "eu-nowhere-7"])
        #expect(run.status == 0, "\(run)")
        #expect(try await site.bucket.holds(site.files()))
    }

    /// radosgw refuses a quarter of an hour; the time that its answers tell is taken over.
    @Test(arguments: Store.allCases, ["-2h", "+2h"]) func aWrongClock(_ store: Store, _ skew: String) async throws {
        let site = try await Self.site(store)
        let library = try #require(
            ["x86_64", "aarch64"].map { "/usr/lib/\($0)-linux-gnu/faketime/libfaketimeMT.so.1" }
                .first { FileManager.default.fileExists(atPath: $0) }, "libfaketime is missing: make deps")
        let environment = ["LD_PRELOAD": library, "FAKETIME": skew, "FAKETIME_DONT_FAKE_MONOTONIC": "1", "NO_FAKE_STAT": "1"]
        let run = try await site.deploy(environment: environment)
        #expect(run.status == 0, "\(run)")
        #expect(try await site.bucket.holds(site.files()))
    }

    @Test func aServerThatBearsTwoRequestsAtOnce() async throws {
        let files = Dictionary(uniqueKeysWithValues: (0..<60).map { ("\($0).txt", "content \($0)") })
        let site = try await Site(.files(files), on: .throttled)
        let run = try await site.deploy(["--jobs", "32"])
        #expect(run.status == 0, "\(run)")
        #expect(try await site.bucket.holds(site.files()))
    }
}
