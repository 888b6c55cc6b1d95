import Bucket
import Deploy
import Foundation
import HTTP
import Photo
import Planning
import S3
import Source
import State
import TestSupport
import Testing
import Vocabulary

/// With a local state, a change of the wanted headers is noticed without asking the bucket for any object.
@Suite struct HeaderRecordTests {
    /// A gallery that is deployed from within the tests' process, with whatever headers are asked for.
    private struct Gallery {
        let folder: TemporaryFolder
        let bucket: RealBucket
        let recorder: Recorder
        let store: S3Client

        init() async throws {
            folder = try TemporaryFolder("headers")
            for path in ["a.html", "photos/a.txt", "photos/b.txt"] { try folder.write("content of \(path)", to: "gallery/\(path)") }
            bucket = try await RealBucket(on: .radosgw)
            recorder = try await Recorder(before: bucket.place)
            guard let endpoint = try? Endpoint(parsing: recorder.place.endpoint) else { throw CocoaError(.coderInvalidValue) }
            store = S3Client(
                bucket: bucket.name, endpoint: endpoint, region: "us-east-1",
                parts: S3Client.Parts(
                    transport: try HTTPClient(HTTPClientConfiguration()),
                    credentials: StaticCredentials(
                        Credentials(accessKeyID: bucket.place.access, secretAccessKey: bucket.place.secret)), clock: .system))
        }

        func deploy(_ headers: HeaderRules) async throws -> DeployReport {
            let disk = DiskExecutor(threadCount: 2)
            defer { disk.stop() }
            let reader = ContentReader(try SourceFolder(folder.path("gallery")), rewriter: PhotoRewriter(rules: CaptureRules()))
            let state = StateOptions(
                path: folder.path("state"),
                location: StateLocation(endpoint: "e", bucket: bucket.name, prefix: "", source: folder.path("gallery")),
                // Long after the files were written: they have rested.
                replacesDamaged: false, now: { 4_000_000_000_000_000_000 })
            var options = DeployOptions(
                prefix: Prefix(""), deletes: false, deleteLimit: .standard, isDryRun: false, createsBucket: false, cors: .off,
                corsNeeds: .init(), selection: Selection(exclusions: DefaultExclusions(publishesDotfiles: false)), ownFiles: [],
                strictExif: false,
                allowsUncorrected: false, state: state)
            options.headers = headers
            return try await DeployRun(reader, to: store, options: options, disk: disk, observer: Silence()).run()
        }
    }

    private struct Silence: DeployObserver {
        func note(_ event: DeployEvent) {}
    }

    @Test func otherWantedHeadersAreReplacedAndTheOthersLeftAlone() async throws {
        let gallery = try await Gallery()
        #expect(try await gallery.deploy(HeaderRules()).uploadedCount == 3)
        _ = try await gallery.recorder.log()
        let rules = HeaderRules(rules: [.init(try Glob("photos/**"), HeaderSet(["cache-control": "max-age=60", "x-amz-meta-by": "us"]))])
        let report = try await gallery.deploy(rules)
        #expect(report.headerUpdateCount == 2 && report.uploadedCount == 0 && report.unchangedCount == 1 && report.failures.isEmpty)
        let log = try await gallery.recorder.log()
        #expect(log.count { $0.operation == "CopyObject" } == 2 && !log.contains { $0.operation == "PutObject" })
        for object in try await gallery.bucket.snapshot() {
            let isPhoto = object.keyText.hasPrefix("photos/")
            #expect(object.cacheControl == (isPhoto ? "max-age=60" : ""))
            #expect(object.metadata?["by"] == (isPhoto ? "us" : nil))
            #expect(object.metadata?["sha256"] == object.sha256)
        }
        // Nothing is left to do, and what the copies changed in the listing is adopted without asking.
        for _ in 0..<2 {
            let again = try await gallery.deploy(rules)
            #expect(again.headerUpdateCount == 0 && again.unchangedCount == 3 && again.unknownHeaderCount == 0)
            #expect(try await gallery.recorder.log().map(\.operation) == ["ListObjectsV2"])
        }
        // What is no longer wanted goes.
        #expect(try await gallery.deploy(HeaderRules()).headerUpdateCount == 2)
        #expect(try await gallery.bucket.object("photos/a.txt").cacheControl == "")
    }
}
