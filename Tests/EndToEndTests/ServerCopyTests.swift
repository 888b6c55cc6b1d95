import Foundation
import TestSupport
import Testing

/// A file that was renamed does not travel again.
@Suite struct ServerCopyTests {
    private func deployed(_ options: [String] = [], on server: S3Server = .radosgw) async throws -> (site: Site, recorder: Recorder) {
        var site = try await Site(.fixtures, on: server)
        let recorder = try await Recorder(before: site.place)
        site.place = recorder.place
        let run = try await site.deploy(options)
        #expect(run.status == 0, "\(run)")
        _ = try await recorder.log()
        return (site, recorder)
    }

    private func move(_ site: Site, _ from: String, _ to: String) throws {
        try FileManager.default.createDirectory(
            atPath: URL(filePath: "\(site.source)/\(to)").deletingLastPathComponent().path, withIntermediateDirectories: true)
        try FileManager.default.moveItem(atPath: "\(site.source)/\(from)", toPath: "\(site.source)/\(to)")
    }

    @Test(arguments: [S3Server.radosgw, .ministack]) func aRenamedPhotoIsCopiedAndTheOldNameRemoved(_ server: S3Server) async throws {
        let correction = FirstDeployTests.correction
        let (site, recorder) = try await deployed(correction, on: server)
        let before = try await site.bucket.object("photos/Moonrise.jpg")
        try move(site, "photos/Moonrise.jpg", "moved/Moon + é.jpg")

        let dry = try await site.deploy(correction + ["--delete", "--dry-run"])
        #expect(
            dry.output.contains("from photos/Moonrise.jpg") && dry.output.contains("plan: 0 uploads (0 B), 1 copied on the server"),
            "\(dry)")
        #expect(try await recorder.log().allSatisfy { ["GET", "HEAD"].contains($0.method) })

        let run = try await site.deploy(correction + ["--delete"])
        #expect(run.status == 0 && run.output.contains("copied          1 file on the server"), "\(run)")
        let operations = try await recorder.log().map(\.operation)
        #expect(operations.contains("CopyObject") && !operations.contains("PutObject"), "\(operations)")
        let after = try await site.bucket.object("moved/Moon + é.jpg")
        #expect(after.sha256 == before.sha256 && after.metadata == before.metadata && after.contentType == before.contentType)
        #expect(try await !site.bucket.keys().contains("photos/Moonrise.jpg"))
        // Nothing is left to do, here or elsewhere.
        for options in [[], ["--no-state"]] {
            #expect(try await site.deploy(correction + options).status == 0)
            #expect(try await recorder.log().map(\.operation) == ["ListObjectsV2"])
        }
    }

    @Test func aSecondCopyOfAFileIsCopiedFromTheFirstWithItsOwnType() async throws {
        let (site, recorder) = try await deployed()
        try FileManager.default.copyItem(atPath: "\(site.source)/index.html", toPath: "\(site.source)/about.txt")
        #expect(try await site.deploy().status == 0)
        #expect(try await !recorder.log().contains { $0.operation == "PutObject" })
        #expect(try await site.bucket.object("about.txt").contentType == "text/plain; charset=utf-8")
        #expect(try await site.bucket.body("about.txt") == site.bucket.body("index.html"))
    }

    @Test(arguments: [["--no-copy"], ["--no-state"]]) func withoutCopiesOrWithoutAStateItIsSent(_ options: [String]) async throws {
        let (site, recorder) = try await deployed()
        try move(site, "index.html", "start.html")
        #expect(try await site.deploy(options).status == 0)
        let operations = try await recorder.log().map(\.operation)
        #expect(operations.contains("PutObject") && !operations.contains("CopyObject"), "\(operations)")
    }

    @Test(arguments: [S3Server.radosgw, .ministack]) func whereCopiesAreRefusedItIsSent(_ server: S3Server) async throws {
        // The state is named by the endpoint, so the proxy stands there from the first.
        var site = try await Site(.fixtures, on: server)
        let proxy = try await FaultProxy(before: site.place)
        site.place = proxy.place
        #expect(try await site.deploy().status == 0)
        let content = try await site.bucket.body("index.html")
        try await proxy.script(FaultProxy.Rule("status", on: "CopyObject", times: -1, ["status": 403, "code": "AccessDenied"]))
        try move(site, "index.html", "start.html")
        let run = try await site.deploy(["--delete"])
        #expect(run.status == 0 && run.output.contains("uploaded        1 file,"), "\(run)")
        #expect(try await proxy.log().contains { $0.operation == "CopyObject" && $0.status == 403 })
        let keys = try await site.bucket.keys()
        #expect(try await site.bucket.body("start.html") == content && !keys.contains("index.html"))
    }

    /// What the state knows may be out of date: the source is looked at before it is copied.
    @Test func whatWasReplacedInTheBucketIsNotCopied() async throws {
        let (site, _) = try await deployed()
        let content = try await site.bucket.body("index.html")
        try move(site, "index.html", "start.html")
        try await site.bucket.put("index.html", String(repeating: "x", count: content.count))
        #expect(try await site.deploy().status == 0)
        #expect(try await site.bucket.body("start.html") == content)
    }
}
