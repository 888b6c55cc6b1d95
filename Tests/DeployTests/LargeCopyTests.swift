import Deploy
import Foundation
import Planning
import TestSupport
import Testing
import Vocabulary

@testable import S3

/// Objects that are larger than the store copies in one request are copied in parts. The limit is lowered from 5 GiB to 6 MiB here; the servers are
/// real.
@Suite struct LargeCopyTests {
    private static let limit: Int64 = 6 << 20

    /// A deployed gallery with an object above the limit, and a recorder that has seen nothing since.
    private func deployed(on server: S3Server) async throws -> (InProcessGallery, content: [UInt8]) {
        let gallery = try await InProcessGallery(on: server, files: ["a.txt": "small"])
        let content = [UInt8]((0..<13 << 20).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 9) })
        try gallery.folder.write(Data(content), to: "gallery/film.mp4")
        gallery.store.correct {
            // With a name of its own, so that the server's answers do not bring its own ways back.
            $0.name = "a store with a low limit"
            $0.multipart.maximumPart = Self.limit
            $0.multipart.copiesAnySize = false
            $0.forgetsTags = server === S3Server.radosgw
        }
        #expect(try await gallery.deploy().uploadedCount == 2)
        _ = try await gallery.recorder.log()
        return (gallery, content)
    }

    private static let rules = HeaderRules(common: HeaderSet(["cache-control": "max-age=60", "x-amz-meta-by": "us"]))

    @Test(arguments: [S3Server.radosgw, .ministack]) func headersAreReplacedAndTheObjectIsRenamedInParts(_ server: S3Server) async throws {
        let (gallery, content) = try await deployed(on: server)
        try await gallery.bucket.setTags("film.mp4", ["of": "others", "and": "a & b"])
        let report = try await gallery.deploy(Self.rules)
        #expect(report.headerUpdateCount == 2 && report.uploadedCount == 0 && report.failures.isEmpty)
        let operations = try await gallery.recorder.log().map(\.operation)
        #expect(operations.count { $0 == "UploadPartCopy" } == 3 && operations.count { $0 == "CopyObject" } == 1, "\(operations)")
        #expect(!operations.contains("PutObject") && !operations.contains("UploadPart"))
        let object = try await gallery.bucket.object("film.mp4")
        #expect(object.cacheControl == "max-age=60" && object.metadata?["by"] == "us" && object.metadata?["sha256"] == object.sha256)
        #expect(object.etag.hasSuffix("-3"))
        #expect(try await gallery.bucket.body("film.mp4") == content)
        #expect(try await gallery.bucket.tags("film.mp4") == ["of": "others", "and": "a & b"])
        #expect(try await gallery.deploy(Self.rules).unchangedCount == 2)
        #expect(try await gallery.recorder.log().map(\.operation) == ["ListObjectsV2"])

        try FileManager.default.moveItem(atPath: gallery.folder.path("gallery/film.mp4"), toPath: gallery.folder.path("gallery/new.mp4"))
        let renamed = try await gallery.deploy(Self.rules, deletes: true)
        #expect(renamed.copiedCount == 1 && renamed.uploadedCount == 0 && renamed.deletedCount == 1)
        #expect(try await gallery.recorder.log().count { $0.operation == "UploadPartCopy" } == 3)
        #expect(try await gallery.bucket.body("new.mp4") == content)
        #expect(try await gallery.bucket.uploads().isEmpty)
    }

    /// Another program replaces the object while its parts are being copied: none of them may become the new object.
    @Test(arguments: [S3Server.radosgw, .ministack]) func anObjectThatChangesMeanwhileIsSent(_ server: S3Server) async throws {
        let (gallery, content) = try await deployed(on: server)
        try await gallery.proxy.script(FaultProxy.Rule("hold", on: "UploadPartCopy", key: "partNumber=3"))
        async let report = gallery.deploy(Self.rules)
        #expect(try await gallery.proxy.held() == 1)
        try await gallery.bucket.put("film.mp4", String(repeating: "x", count: content.count))
        try await gallery.proxy.release()
        #expect(try await report.failures.isEmpty)
        #expect(try await gallery.bucket.body("film.mp4") == content)
        #expect(try await gallery.bucket.uploads().isEmpty)
    }

    @Test func whereCopyingPartsIsRefusedTheFileIsSent() async throws {
        let (gallery, content) = try await deployed(on: .ministack)
        try await gallery.proxy.script(
            FaultProxy.Rule("status", on: "UploadPartCopy", times: -1, ["status": 501, "code": "NotImplemented"]))
        let report = try await gallery.deploy(Self.rules)
        #expect(report.failures.isEmpty && report.uploadedCount == 1 && report.headerUpdateCount == 1)
        let object = try await gallery.bucket.object("film.mp4")
        #expect(object.cacheControl == "max-age=60" && object.size == content.count)
        #expect(try await gallery.bucket.uploads().isEmpty)
    }
}
