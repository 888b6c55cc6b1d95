import Foundation
import TestSupport
import Testing

/// A fresh checkout on a machine that remembers nothing: every time is new, and only the listing tells what the bucket holds.
@Suite struct StatelessTests {
    @Test(arguments: [S3Server.radosgw, .ministack]) func contentDecidesAndNotTime(_ server: S3Server) async throws {
        var site = try await Site(.files(["a.txt": "one", "b.txt": "two", "c/d.html": "<p>three"]), on: server)
        let recorder = try await Recorder(before: site.place)
        site.place = recorder.place
        #expect(try await site.deploy(["--no-state"]).status == 0)
        _ = try await recorder.log()

        for path in ["a.txt", "b.txt", "c/d.html"] { try FileTimes.touch("\(site.source)/\(path)", at: 1_000_000_000) }
        let nothing = try await site.deploy(["--no-state"])
        #expect(nothing.status == 0 && nothing.output.contains("skipped         3 unchanged"), "\(nothing)")
        #expect(try await recorder.log().map(\.operation) == ["ListObjectsV2"])

        // The same size and the same time: the tag differs, and the hash in the object's metadata confirms it.
        let times = try FileTimes(of: "\(site.source)/b.txt")
        try site.folder.write("owt", to: "gallery/b.txt")
        try times.restore(to: "\(site.source)/b.txt")
        let edited = try await site.deploy(["--no-state"])
        #expect(edited.status == 0 && edited.output.contains("uploaded        1 file"), "\(edited)")
        #expect(try await recorder.log().map(\.operation) == ["ListObjectsV2", "HeadObject", "PutObject"])
        #expect(try await site.bucket.holds(site.files()))
    }
}
