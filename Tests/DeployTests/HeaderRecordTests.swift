import Deploy
import Foundation
import Planning
import TestSupport
import Testing
import Vocabulary

/// With a local state, a change of the wanted headers is noticed without asking the bucket for any object.
@Suite struct HeaderRecordTests {
    private static let files = Dictionary(
        uniqueKeysWithValues: ["a.html", "photos/a.txt", "photos/b.txt"].map { ($0, "content of \($0)") })

    @Test func otherWantedHeadersAreReplacedAndTheOthersLeftAlone() async throws {
        let gallery = try await InProcessGallery(on: .radosgw, files: Self.files)
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
        let plain = try await gallery.bucket.object("photos/a.txt")
        #expect(plain.cacheControl == "" && plain.metadata?["by"] == nil && plain.metadata?["sha256"] == plain.sha256)
    }
}
