import Foundation
import TestSupport
import Testing

@Suite struct FixturesTests {
    @Test func scriptReproducesCommittedBytes() async throws {
        let made = try TemporaryFolder("fixtures")
        let run = try await Program.run(["python3", "-B", PackageFolder.path("Fixtures/make.py"), made.path])
        #expect(run.status == 0, "\(run)")
        for name in ["gallery", "originals"] {
            let difference = try await Program.run([
                "diff", "--recursive", "--no-dereference", PackageFolder.path("Fixtures/\(name)"), made.path(name),
            ])
            #expect(difference.status == 0, "\(difference)")
        }
    }

    @Test func exiftoolReadsEveryPhotoWithoutComplaint() async throws {
        let run = try await Program.run([
            "exiftool", "-json", "-recurse", "-ext", "jpg", "-Warning", "-Error", "-DateTimeOriginal",
            PackageFolder.path("Fixtures/gallery"),
        ])
        let photos = try #require(JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [[String: Any]])
        #expect(photos.count == 13)
        #expect(photos.count { $0["DateTimeOriginal"] != nil } == 12)
        #expect(photos.allSatisfy { $0["Warning"] == nil && $0["Error"] == nil })
    }
}
