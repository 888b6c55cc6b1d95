import Foundation
import TestSupport
import Testing

@Suite struct DryRunTests {
    @Test func printsThePlanAndLeavesTheBucketByteIdentical() async throws {
        var site = try await Site(.fixtures, on: .radosgw)
        #expect(try await site.deploy(["--setup-cors"], checkingCORS: true).status == 0)
        try await site.bucket.put("old.txt", "remote", metadata: RealBucket.deployed)
        try await site.bucket.put("index.html", "changed")
        try site.folder.write("new", to: "gallery/assets/new.css")
        let before = (objects: try await site.bucket.snapshot(), cors: try await site.bucket.cors())
        let recorder = try await Recorder(before: site.place)
        site.place = recorder.place

        let run = try await site.deploy(FirstDeployTests.correction + ["--dry-run", "--delete"], checkingCORS: true)
        #expect(run.status == 0, "\(run)")
        for name in ["assets/new.css", "index.html", "old.txt", "photos/Åre i snö.jpg"] { #expect(run.output.contains(name), "\(run)") }
        #expect(!run.output.contains("thumbs/Moonrise.webp"), "unchanged: no action\n\(run)")
        #expect(try await site.bucket.snapshot() == before.objects)
        #expect(try await site.bucket.cors() == before.cors)
        #expect(Set(try await recorder.log().map(\.method)).isSubset(of: ["GET", "HEAD"]))
    }

    @Test func setUpOfCORSIsOnlyAnnounced() async throws {
        let site = try await Site(.files(["a.txt": "a"]), on: .radosgw)
        let run = try await site.deploy(["--dry-run", "--setup-cors"], checkingCORS: true)
        #expect(run.status == 0, "\(run)")
        #expect(try await site.bucket.cors() == [])
        #expect(run.output.contains("CORS"), "\(run)")
    }
}
