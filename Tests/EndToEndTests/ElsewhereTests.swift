import Foundation
import TestSupport
import Testing

/// Objects that other programs put into the bucket.
@Suite struct ElsewhereTests {
    /// 11 MiB, different for each seed.
    private static func content(_ seed: UInt8) -> [UInt8] {
        let block = (0..<1 << 16).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) &+ seed }
        return Array(repeatElement(block, count: 11 << 4).joined())
    }

    private func site(_ content: [UInt8], partSize: Int, metadata: [String: String] = [:]) async throws -> (Site, Recorder) {
        var site = try await Site(.files([:]), on: .radosgw)
        try site.folder.write(Data(content), to: "gallery/film.mp4")
        let tag = try await site.bucket.putInParts("film.mp4", content, partSize: partSize, metadata: metadata)
        #expect(tag.contains("-"))
        let recorder = try await Recorder(before: site.place)
        site.place = recorder.place
        return (site, recorder)
    }

    /// aws and boto3 take 8 MiB, rclone 5.
    @Test(arguments: [8, 5, 10]) func usualPartsAreKnownByTheirTagAlone(_ partSize: Int) async throws {
        let (site, recorder) = try await site(Self.content(1), partSize: partSize << 20)
        for options in [["--no-state"], [], []] {
            let run = try await site.deploy(options)
            #expect(run.status == 0, "\(run)")
            #expect(try await recorder.log().map(\.operation) == ["ListObjectsV2"])
        }
    }

    @Test func otherBytesOfTheSameSizeAndPartsAreSeen() async throws {
        let (site, recorder) = try await site(Self.content(1), partSize: 8 << 20)
        try site.folder.write(Data(Self.content(2)), to: "gallery/film.mp4")
        #expect(try await site.deploy(["--adopt"]).status == 0)
        #expect(try await recorder.log().contains { ["PutObject", "CreateMultipartUpload"].contains($0.operation) })
        #expect(try await site.bucket.body("film.mp4") == Self.content(2))
    }

    /// Parts of 6 MiB are nobody's habit: the tag says nothing, and neither does the metadata.
    @Test func whatCannotBeToldIsSentOnce() async throws {
        let (site, recorder) = try await site(Self.content(1), partSize: 6_500_000)
        let run = try await site.deploy(["--no-state"])
        #expect(run.status == 0, "\(run)")
        #expect(try await recorder.log().contains { ["PutObject", "CreateMultipartUpload"].contains($0.operation) })
        #expect(try await site.deploy(["--no-state"]).status == 0)
        #expect(try await !recorder.log().contains { ["PutObject", "CreateMultipartUpload"].contains($0.operation) })
    }

    @Test func ourHashInItsMetadataTellsWhereTheTagDoesNot() async throws {
        let content = Self.content(1)
        let (site, recorder) = try await site(content, partSize: 6_500_000, metadata: ["sha256": try await Self.sha256(content)])
        #expect(try await site.deploy(["--no-state"]).status == 0)
        let operations = try await recorder.log().map(\.operation).sorted()
        #expect(operations == ["HeadObject", "ListObjectsV2"])
    }

    @Test func adoptingReadsInsteadOfSending() async throws {
        let (site, recorder) = try await site(Self.content(1), partSize: 6_500_000, metadata: ["mtime": "1"])
        let dry = try await site.deploy(["--adopt", "--dry-run", "--no-state"])
        #expect(dry.status == 0 && dry.output.contains("adopt   same        film.mp4\n"), "\(dry)")
        _ = try await recorder.log()
        let run = try await site.deploy(["--adopt"])
        #expect(run.status == 0 && run.output.contains("adopted         1 object\n"), "\(run)")
        let operations = try await recorder.log().map(\.operation)
        #expect(operations.contains("GetObject") && operations.contains("CopyObject"), "\(operations)")
        #expect(!operations.contains("PutObject") && !operations.contains("CreateMultipartUpload"), "\(operations)")
        let object = try await site.bucket.object("film.mp4")
        #expect(object.metadata?["sha256"] == object.sha256 && object.metadata?["mtime"] == "1")
        // From now on it is ours, here and elsewhere.
        for options in [[], ["--no-state"]] {
            #expect(try await site.deploy(options).status == 0)
            #expect(try await !recorder.log().contains { $0.operation == "GetObject" || $0.method == "PUT" })
        }
        #expect(try await site.bucket.body("film.mp4") == Self.content(1))
    }

    private static func sha256(_ content: [UInt8]) async throws -> String {
        let folder = try TemporaryFolder("sum")
        try folder.write(Data(content), to: "x")
        return String(try await Program.run(["sha256sum", folder.path("x")]).output.prefix(64))
    }
}
