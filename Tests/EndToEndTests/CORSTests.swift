import TestSupport
import Testing

@Suite(.serialized) struct CORSTests {
    /// What galleries need, as boto3 spells a rule.
    static let sufficient: JSON = [
        "AllowedOrigins": ["*"], "AllowedMethods": ["GET", "HEAD"], "AllowedHeaders": ["*"], "ExposeHeaders": ["ETag"],
        "MaxAgeSeconds": 3600,
    ]
    static let foreign: JSON = ["ID": "theirs", "AllowedOrigins": ["https://their.example"], "AllowedMethods": ["PUT"]]

    @Test(arguments: ["radosgw", "ministack"])
    func unconfiguredStopsWithTheNextCommandAndNothingIsSent(_ server: String) async throws {
        let site = try await Site(.files(["a.txt": "a"]), on: server == "radosgw" ? .radosgw : .ministack)
        let run = try await site.deploy(checkingCORS: true)
        #expect(run.status == 3, "\(run)")
        #expect(run.errors.contains("--setup-cors") && run.errors.contains("--no-cors-check"), "\(run)")
        #expect(
            run.errors.contains(site.source) && run.errors.contains("s3://\(site.bucket.name)"), "the whole command, ready to paste\n\(run)"
        )
        #expect(try await site.bucket.keys() == [])
    }

    @Test(
        arguments: [
            (
                "origin",
                [
                    "AllowedOrigins": ["https://one.example"], "AllowedMethods": ["GET", "HEAD"], "AllowedHeaders": ["*"],
                    "ExposeHeaders": ["ETag"],
                ]
            ),
            ("method", ["AllowedOrigins": ["*"], "AllowedMethods": ["HEAD"], "AllowedHeaders": ["*"], "ExposeHeaders": ["ETag"]]),
        ] as [(String, JSON)])
    func insufficientStops(_ name: String, _ rule: JSON) async throws {
        let site = try await Site(.files(["a.txt": "a"]), on: .radosgw)
        try await site.bucket.setCORS([rule])
        let run = try await site.deploy(checkingCORS: true)
        #expect(run.status == 3, "\(run)")
        #expect(try await site.bucket.keys() == [])
    }

    @Test func sufficientGoesOn() async throws {
        let site = try await Site(.files(["a.txt": "a"]), on: .radosgw)
        try await site.bucket.setCORS([Self.sufficient])
        let run = try await site.deploy(checkingCORS: true)
        #expect(run.status == 0, "\(run)")
        #expect(try await site.bucket.keys() == ["a.txt"])
    }

    @Test(arguments: ["radosgw", "ministack"])
    func setUpKeepsForeignRulesAndIsSetOnce(_ server: String) async throws {
        var site = try await Site(.files(["a.txt": "a"]), on: server == "radosgw" ? .radosgw : .ministack)
        try await site.bucket.setCORS([Self.foreign])
        let recorder = try await Recorder(before: site.place)
        site.place = recorder.place
        let run = try await site.deploy(["--setup-cors"], checkingCORS: true)
        #expect(run.status == 0, "\(run)")
        let rules = try await site.bucket.cors()
        #expect(rules.contains { $0.AllowedOrigins == ["https://their.example"] && $0.AllowedMethods == ["PUT"] }, "\(rules)")
        let ours = try #require(rules.first { $0.AllowedOrigins == ["*"] })
        #expect(Set(ours.AllowedMethods) == ["GET", "HEAD"] && ours.AllowedHeaders == ["*"] && ours.ExposeHeaders == ["ETag"])
        #expect(ours.MaxAgeSeconds == 3600)
        #expect(try await site.bucket.keys() == ["a.txt"])
        let operations = try await recorder.log().map(\.operation)
        let put = try #require(operations.firstIndex(of: "PutBucketCors"))
        #expect(put < operations.firstIndex(of: "PutObject") ?? 0, "rules first: \(operations)")

        #expect(try await site.deploy(["--setup-cors"], checkingCORS: true).status == 0)
        #expect(try await recorder.log().map(\.operation).sorted() == ["GetBucketCors", "ListObjectsV2"])
    }

    @Test func namedOriginIsLetIn() async throws {
        let site = try await Site(.files(["a.txt": "a"]), on: .radosgw)
        let options = ["--cors-origin", "https://photos.example"]
        #expect(try await site.deploy(options, checkingCORS: true).status == 3)
        #expect(try await site.deploy(options + ["--setup-cors"], checkingCORS: true).status == 0)
        #expect(try await site.bucket.cors().map(\.AllowedOrigins) == [["https://photos.example"]])
        #expect(try await site.deploy(options, checkingCORS: true).status == 0)
        #expect(try await site.deploy(checkingCORS: true).status == 3, "any origin is more than one")
    }

    @Test func dryRunPrintsItsPlanBeforeItStops() async throws {
        let site = try await Site(.files(["a.txt": "a"]), on: .radosgw)
        let run = try await site.deploy(["--dry-run"], checkingCORS: true)
        #expect(run.status == 3, "\(run)")
        #expect(run.output.contains("a.txt"), "\(run)")
    }
}
