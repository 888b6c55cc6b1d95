import Foundation
import TestSupport
import Testing

/// `stats`, `estimate` and `discover` on real servers.
@Suite struct StatsTests {
    static let files = ["index.html": "<p>hello", "photos/a.jpg": "not a photo", "photos/b.png": "nor this", "c.txt": "text"]

    private struct Stats: Decodable {
        struct Row: Decodable {
            let name: String
            let objects: Int
            let bytes: Int
        }
        let objects: Int
        let bytes: Int
        let types: [Row]
        let storage_classes: [Row]
        let folders: [Row]
        let ages: [Row]
    }

    @Test(arguments: ["radosgw", "rclone", "ministack"]) func theBucketIsCounted(_ name: String) async throws {
        let server: S3Server = name == "radosgw" ? .radosgw : name == "rclone" ? .rclone : .ministack
        let site = try await Site(.files(Self.files), on: server)
        #expect(try await site.deploy(prefix: "g").status == 0)
        if name == "ministack" {
            try await site.bucket.call("put_object", #"{"Key": "g/cold.txt", "Body": "12345", "StorageClass": "GLACIER_IR"}"#)
        }
        try await site.bucket.put("elsewhere.txt", "not counted")
        let run = try await site.run(["stats", "s3://\(site.bucket.name)/g", "--format", "json"])
        #expect(run.status == 0, "\(run)")
        #expect(try await SchemaVerdict.on(run.output, by: "stats").status == 0)
        let stats = try JSONDecoder().decode(Stats.self, from: Data(run.output.utf8))
        let listing = try await site.bucket.listing().filter { $0.keyText.hasPrefix("g/") }
        #expect(stats.objects == listing.count && stats.bytes == listing.reduce(0) { $0 + $1.size })
        func sum(_ rows: [Stats.Row], _ name: String) -> Int? { rows.first { $0.name == name }?.objects }
        #expect(sum(stats.types, "text/html") == 1 && sum(stats.types, "image/jpeg") == 1)
        #expect(sum(stats.folders, "photos/") == 2 && sum(stats.ages, "7 days") == listing.count)
        if name == "ministack" { #expect(sum(stats.storage_classes, "GLACIER_IR") == 1) }
        let text = try await site.run(["stats", "s3://\(site.bucket.name)/g"])
        #expect(text.output.contains("\(listing.count) objects") && text.output.contains("image/png"), "\(text)")
        let none = try await site.run(["stats", "s3://\(site.bucket.name)/nothing"])
        #expect(none.status == 0 && none.output.contains("0 objects"), "\(none)")
        #expect(try await site.run(["stats", "s3://no-such-bucket-\(site.bucket.name)"]).status == 6)
    }

    @Test func anEstimateIsWhatTheDeployThenSends() async throws {
        let site = try await Site(.files(Self.files), on: .ministack)
        try await site.bucket.put("old.txt", "old", metadata: RealBucket.deployed)
        try await site.bucket.put("c.txt", "texts", metadata: RealBucket.deployed)
        let form = try await site.run(["estimate", "--print-prices"])
        #expect(form.status == 0)
        try site.folder.write(form.output, to: "prices.yml")
        let unknown = try await site.run(
            ["estimate", site.source, "s3://\(site.bucket.name)", "--delete", "--prices", "prices.yml", "--bandwidth", "1K"])
        #expect(
            unknown.status == 0 && unknown.output.contains("requests unknown") && unknown.output.contains("no price is written"),
            "\(unknown)")
        let filled = form.output.split(separator: "\n", omittingEmptySubsequences: false).map { line -> String in
            for (name, value) in [
                ("  put:", "0.005"), ("  delete:", "0"), ("  list:", "0.005"), ("  STANDARD:", "0.023"), ("upload-per-gb:", "0"),
            ]
            where line.hasPrefix(name) { return "\(name) \(value)" }
            return line.hasPrefix("currency:") ? "currency: EUR" : line.hasPrefix("source:") ? "source: made up" : String(line)
        }
        try site.folder.write(filled.joined(separator: "\n"), to: "prices.yml")
        var recorded = site
        let recorder = try await Recorder(before: site.place)
        recorded.place = recorder.place
        let run = try await recorded.run(
            [
                "estimate", site.source, "s3://\(site.bucket.name)", "--delete", "--prices", "prices.yml", "--bandwidth", "1K", "--format",
                "json",
            ])
        #expect(run.status == 0, "\(run)")
        #expect(try await SchemaVerdict.on(run.output, by: "estimate").status == 0)
        #expect(try await recorder.log().allSatisfy { ["GET", "HEAD"].contains($0.method) }, "nothing is sent")
        struct Document: Decodable {
            struct Target: Decodable {
                struct Cost: Decodable {
                    let requests: Double?
                    let storage_per_month: Double?
                    let missing: [String]
                }
                let uploads: Int
                let deletions: Int
                let sent_bytes: Int
                let seconds: Double?
                let requests: [String: Int]
                let growth: [String: Int]
                let cost: Cost?
            }
            let targets: [Target]
        }
        let target = try #require(try JSONDecoder().decode(Document.self, from: Data(run.output.utf8)).targets.first)
        let bytes = Self.files.values.reduce(0) { $0 + $1.utf8.count }
        #expect(target.uploads == 4 && target.deletions == 1 && target.sent_bytes == bytes)
        #expect(target.requests == ["put": 4, "list": 1, "delete": 1] && target.growth == ["STANDARD": bytes - 5 - 3])
        #expect(target.seconds == Double((Double(bytes) / 1024 * 1000).rounded() / 1000))
        let cost = try #require(target.cost)
        #expect(cost.missing.isEmpty && abs((cost.requests ?? 0) - 0.005 * 5 / 1000) < 1e-12)
        // What it foresaw is what happens.
        let deploy = try await recorded.deploy(["--delete"])
        #expect(deploy.status == 0, "\(deploy)")
        let sent = try await recorder.log()
        #expect(
            sent.count { $0.operation == "PutObject" } == 4
                && sent.filter { $0.operation == "PutObject" }.reduce(0) { $0 + $1.bytes } == bytes)
        #expect(sent.count { ["DeleteObject", "DeleteObjects"].contains($0.operation) } == 1)
        #expect(try await site.run(["estimate", site.source, "s3://\(site.bucket.name)"]).output.contains("0 uploads"))
    }

    @Test(arguments: [
        ("currency: [EUR]", "a single value"), ("requests-per-1000:\n  puts: 1", "Did you mean “put”"),
        ("upload-per-gb: -1", "is no price"), ("price: 1", "is no setting"),
    ])
    func aFileOfPricesThatIsNoneIsRefused(_ row: (text: String, words: String)) async throws {
        let site = try await Site(.files(["a.txt": "a"]), on: .rclone)
        try site.folder.write(row.text + "\n", to: "prices.yml")
        let run = try await site.run(["estimate", site.source, "s3://\(site.bucket.name)", "--prices", "prices.yml"])
        #expect(run.status == 5 && run.errors.contains("prices.yml:") && run.errors.contains(row.words), "\(run)")
    }

    @Test(arguments: ["radosgw", "ministack"]) func whatIsDiscoveredNeedsNoQuestionAnyMore(_ name: String) async throws {
        var site = try await Site(.files(Self.files), on: name == "radosgw" ? .radosgw : .ministack)
        // In parts, so that no tag tells what it holds.
        let large = [UInt8](repeating: 7, count: 6 << 20)
        try site.folder.write(large, to: "gallery/large.bin")
        #expect(try await site.deploy(["--part-size", "5M"]).status == 0)
        try await site.bucket.put("foreign.txt", "no metadata")
        let words = [site.source, "s3://\(site.bucket.name)"]
        let all = try await site.run(["discover"] + words)
        #expect(
            all.status == 0 && all.output.contains("unknown       foreign.txt") && all.output.contains("5 known, 1 not known"), "\(all)")

        // The state is lost.
        try FileManager.default.removeItem(atPath: site.folder.path("home"))
        try FileManager.default.createDirectory(atPath: site.folder.path("home"), withIntermediateDirectories: true)
        let recorder = try await Recorder(before: site.place)
        site.place = recorder.place
        // A state belongs to an endpoint, and the recorder is another.
        let lost = try await site.run(["discover"] + words)
        #expect(lost.output.contains("0 known, 6 not known"), "\(lost)")
        let sync = try await site.run(["discover", "--sync", "--format", "json"] + words)
        #expect(sync.status == 0, "\(sync)")
        #expect(try await SchemaVerdict.on(sync.output, by: "discover").status == 0)
        #expect(sync.output.contains("\"recorded\" : 5") && sync.output.contains("\"unidentified\" : 1"), "\(sync)")
        #expect(try await site.run(["discover"] + words).output.contains("5 known, 1 not known"))
        _ = try await recorder.log()
        let deploy = try await site.deploy()
        #expect(deploy.status == 0 && deploy.output.contains("5 unchanged"), "\(deploy)")
        #expect(Set(try await recorder.log().map(\.operation)) == ["ListObjectsV2"])
        #expect(try await site.run(["discover", "s3://\(site.bucket.name)"]).status == 64)
    }
}
