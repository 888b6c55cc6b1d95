import Foundation
import TestSupport
import Testing

/// An object that holds the right bytes under other headers gets the right ones on the server.
@Suite struct HeaderUpdateTests {
    private static let text = "the same bytes"

    /// A bucket that holds a file's bytes under other headers, and a recorder that has seen nothing.
    private func drifted(on server: S3Server) async throws -> (site: Site, recorder: Recorder) {
        var site = try await Site(.files(["a.html": Self.text, "b.txt": "b"]), on: server)
        try await site.bucket.put(
            "a.html", Self.text, metadata: ["mtime": "1700000000.5", "author": "someone"], contentType: "application/octet-stream",
            // MiniStack's buckets refuse ACLs, as new ones at Amazon do.
            cacheControl: "no-store", acl: server === S3Server.radosgw ? "public-read" : nil)
        try await site.bucket.put("b.txt", "b", contentType: "text/plain; charset=utf-8", cacheControl: "max-age=3600")
        let recorder = try await Recorder(before: site.place)
        site.place = recorder.place
        return (site, recorder)
    }

    @Test(arguments: [S3Server.radosgw, .ministack]) func headersAloneAreReplacedOnTheServer(_ server: S3Server) async throws {
        let (site, recorder) = try await drifted(on: server)
        let grants = try await site.bucket.grants("a.html")
        let run = try await site.deploy(["--check-headers"])
        #expect(run.status == 0 && run.output.contains("header updates  1\n"), "\(run)")
        let operations = Set(try await recorder.log().map(\.operation))
        #expect(operations.contains("CopyObject") && !operations.contains("PutObject"), "\(operations)")
        let object = try await site.bucket.object("a.html")
        #expect(object.contentType == "text/html; charset=utf-8" && object.cacheControl == "no-cache")
        // What others keep in metadata stays, and who may read it.
        #expect(object.metadata?["mtime"] == "1700000000.5" && object.metadata?["author"] == "someone")
        #expect(try await site.bucket.grants("a.html") == grants)
        #expect(try await site.bucket.body("a.html") == [UInt8](Self.text.utf8))

        // Known now, on this machine and on any other.
        #expect(try await site.deploy().status == 0)
        #expect(try await recorder.log().map(\.operation) == ["ListObjectsV2"])
        let again = try await site.deploy(["--check-headers", "--no-state"])
        #expect(again.status == 0 && again.output.contains("header updates  0\n"), "\(again)")
        #expect(try await recorder.log().map(\.operation).sorted() == ["HeadObject", "HeadObject", "ListObjectsV2"])
    }

    @Test func unaskedDriftIsNotSeenAndTheReportSaysSo() async throws {
        let (site, recorder) = try await drifted(on: .radosgw)
        let run = try await site.deploy()
        #expect(run.status == 0 && run.output.contains("headers         not known of 2 unchanged objects"), "\(run)")
        #expect(try await recorder.log().map(\.operation) == ["ListObjectsV2"])
        #expect(try await site.deploy(["--check-headers"]).status == 0)
        _ = try await recorder.log()
        #expect(try await !site.deploy().output.contains("not known"))
    }

    @Test func aDryRunTellsAndChangesNothing() async throws {
        let (site, _) = try await drifted(on: .radosgw)
        let before = try await site.bucket.snapshot()
        let run = try await site.deploy(["--check-headers", "--dry-run", "--exit-code"])
        #expect(run.status == 2 && run.output.contains("headers changed     a.html\n"), "\(run)")
        #expect(run.output.contains("plan: 0 uploads (0 B), 1 header update, 0 deletions, 1 unchanged"), "\(run)")
        #expect(try await site.bucket.snapshot() == before)
    }

    @Test(arguments: [S3Server.radosgw, .ministack]) func whereCopiesAreRefusedTheFileIsSent(_ server: S3Server) async throws {
        var (site, recorder) = try await drifted(on: server)
        let proxy = try await FaultProxy(before: recorder.place)
        site.place = proxy.place
        try await proxy.script(FaultProxy.Rule("status", on: "CopyObject", times: -1, ["status": 501, "code": "NotImplemented"]))
        let run = try await site.deploy(["--check-headers"])
        #expect(run.status == 0 && run.output.contains("uploaded        1 file,"), "\(run)")
        #expect(try await proxy.log().contains { $0.operation == "CopyObject" && $0.status == 501 })
        let operations = try await recorder.log().map(\.operation)
        #expect(operations.contains("PutObject") && !operations.contains("CopyObject"), "\(operations)")
        let object = try await site.bucket.object("a.html")
        #expect(
            object.contentType == "text/html; charset=utf-8" && object.cacheControl == "no-cache"
                && object.metadata?["sha256"] == object.sha256)
        #expect(try await site.bucket.body("a.html") == [UInt8](Self.text.utf8))
        _ = try await recorder.log()
        #expect(try await site.deploy().status == 0)
        #expect(try await recorder.log().map(\.operation) == ["ListObjectsV2"])
    }

    /// rclone copies bytes but not metadata, and answers `?acl` with the object.
    @Test func aServerWithoutHeadersIsLeftWithTheRightBytes() async throws {
        var site = try await Site(.files(["a.html": Self.text]), on: .rclone)
        try await site.bucket.put("a.html", Self.text, contentType: "application/octet-stream")
        let recorder = try await Recorder(before: site.place)
        site.place = recorder.place
        let run = try await site.deploy(["--check-headers"])
        #expect(run.status == 0, "\(run)")
        #expect(try await site.bucket.body("a.html") == [UInt8](Self.text.utf8))
    }
}
