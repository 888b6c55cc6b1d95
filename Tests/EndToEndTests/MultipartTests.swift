import Foundation
import Glibc
import TestSupport
import Testing

/// Large files, sent in parts.
@Suite struct MultipartTests {
    /// 21 MiB of bytes that no two parts share: five parts of 5 MiB, the last of 1 MiB.
    private static func film(_ seed: UInt64) -> [UInt8] {
        var state = seed &* 2_862_933_555_777_941_757 &+ 3_037_000_493
        var words = [UInt64](repeating: 0, count: 21 << 17)
        for i in words.indices {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            words[i] = state
        }
        return words.withUnsafeBytes { [UInt8]($0) }
    }

    private static let small = ["--part-size", "5M"]
    private static let partCount = 5

    private static func sha256(_ bytes: [UInt8]) async throws -> String {
        let folder = try TemporaryFolder("sum")
        try folder.write(bytes, to: "file")
        return String(try await Program.run(["sha256sum", folder.path("file")]).output.prefix(64))
    }

    private static func site(_ film: [UInt8], on server: S3Server) async throws -> (site: Site, recorder: Recorder) {
        var site = try await Site(.files(["index.html": "<p>"]), on: server)
        try site.folder.write(film, to: "gallery/film.mp4")
        let recorder = try await Recorder(before: site.place)
        site.place = recorder.place
        return (site, recorder)
    }

    private func count(_ operation: String, in log: [Recorder.Request]) -> Int { log.count { $0.operation == operation } }

    enum Server: String, CaseIterable, Sendable {
        case radosgw, ministack, rclone
        var server: S3Server {
            switch self {
            case .radosgw: .radosgw
            case .ministack: .ministack
            case .rclone: .rclone
            }
        }
    }

    @Test(arguments: Server.allCases) func partsBecomeTheFile(_ server: Server) async throws {
        let film = Self.film(1)
        let (site, recorder) = try await Self.site(film, on: server.server)
        let run = try await site.deploy(Self.small)
        #expect(run.status == 0, "\(run)")
        let log = try await recorder.log()
        #expect(count("UploadPart", in: log) == Self.partCount && count("CompleteMultipartUpload", in: log) == 1)
        let object = try await site.bucket.object("film.mp4")
        let sum = try await Self.sha256(film)
        #expect(object.sha256 == sum)
        // rclone keeps no metadata of what comes in parts.
        if server != .rclone { #expect(object.metadata?["sha256"] == sum) }
        #expect(object.contentType == "video/mp4")
        #expect(try await site.bucket.uploads().isEmpty)

        #expect(try await site.deploy(Self.small).status == 0)
        #expect(try await recorder.log().map(\.operation) == ["ListObjectsV2"])
        // Without a state the object's own metadata tells, or a tag that is the whole's MD5; whatever the size of its parts.
        #expect(try await site.deploy(["--no-state"]).status == 0)
        #expect(Set(try await recorder.log().map(\.operation)).isSubset(of: ["ListObjectsV2", "HeadObject"]))
    }

    @Test func aKilledRunIsResumed() async throws {
        let film = Self.film(2)
        let (site, recorder) = try await Self.site(film, on: .radosgw)
        try await recorder.gate(after: 3)
        let state = site.folder.path("state")
        let arguments = [site.source, "s3://\(site.bucket.name)", "--no-cors-check", "--state", state] + Self.small
        let running = try site.start(arguments + ["--jobs", "1"])
        #expect(try await recorder.uploadArrived())
        // The state is written behind the run's back.
        let count = "import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute('SELECT count(*) FROM multipart_parts').fetchone()[0])"
        let deadline = ContinuousClock.now + .seconds(60)
        while try await Program.run(["python3", "-c", count, state]).output != "3\n", ContinuousClock.now < deadline {}
        running.send(SIGKILL)
        #expect(try await running.finish().status == 128 + SIGKILL)
        #expect(try await site.bucket.uploads().count == 1)

        try await recorder.open()
        _ = try await recorder.log()
        let run = try await site.run(arguments)
        #expect(run.status == 0, "\(run)")
        let log = try await recorder.log()
        #expect(self.count("ListParts", in: log) == 1 && self.count("CreateMultipartUpload", in: log) == 0)
        // The part that was on its way when the run was killed may still have reached the log.
        #expect((2...3).contains(self.count("UploadPart", in: log)))
        #expect(try await site.bucket.object("film.mp4").sha256 == (try await Self.sha256(film)))
        #expect(try await site.bucket.uploads().isEmpty)
    }

    @Test func anInterruptedRunEndsWhatIsOnItsWayAndIsResumed() async throws {
        let film = Self.film(3)
        let (site, recorder) = try await Self.site(film, on: .ministack)
        try await recorder.gate()
        let running = try site.start([site.source, "s3://\(site.bucket.name)", "--no-cors-check", "--jobs", "2"] + Self.small)
        #expect(try await recorder.uploadArrived())
        running.send(SIGINT)
        try await until { running.errorsSoFar.contains("no more is begun") }
        try await recorder.open()
        let run = try await running.finish()
        #expect(run.status == 130, "\(run)")
        #expect(run.errors.contains("left"), "\(run)")
        let sent = count("UploadPart", in: try await recorder.log())
        #expect((1...2).contains(sent))

        #expect(try await site.deploy(Self.small).status == 0)
        let log = try await recorder.log()
        #expect(count("CreateMultipartUpload", in: log) == 0 && count("ListParts", in: log) == 1)
        // On a machine so busy that five seconds are not enough for an answer, parts in flight are sent again.
        #expect((Self.partCount - sent...Self.partCount).contains(count("UploadPart", in: log)))
        #expect(try await site.bucket.object("film.mp4").sha256 == (try await Self.sha256(film)))
    }

    @Test func withoutAStateAnInterruptedUploadIsGivenUp() async throws {
        let (site, recorder) = try await Self.site(Self.film(4), on: .radosgw)
        try await recorder.gate()
        let running = try site.start(
            [site.source, "s3://\(site.bucket.name)", "--no-cors-check", "--no-state", "--jobs", "1"] + Self.small)
        #expect(try await recorder.uploadArrived())
        running.send(SIGTERM)
        try await recorder.open()
        #expect(try await running.finish().status == 143)
        #expect(count("AbortMultipartUpload", in: try await recorder.log()) == 1)
        #expect(try await site.bucket.uploads().isEmpty)
    }

    @Test func aFileThatChangesMeanwhileIsSentAnewOnce() async throws {
        let (site, recorder) = try await Self.site(Self.film(5), on: .radosgw)
        try await recorder.gate()
        let running = try site.start([site.source, "s3://\(site.bucket.name)", "--no-cors-check", "--jobs", "1"] + Self.small)
        #expect(try await recorder.uploadArrived())
        let film = Self.film(6)
        // In place: the file that is open changes under the upload.
        let file = try FileHandle(forWritingTo: URL(filePath: "\(site.source)/film.mp4"))
        try file.write(contentsOf: Data(film))
        try file.close()
        try await recorder.open()
        let run = try await running.finish()
        #expect(run.status == 0, "\(run)")
        let log = try await recorder.log()
        #expect(count("CreateMultipartUpload", in: log) == 2 && count("AbortMultipartUpload", in: log) == 1)
        #expect(try await site.bucket.object("film.mp4").sha256 == (try await Self.sha256(film)))
        #expect(try await site.bucket.uploads().isEmpty)
    }

    @Test(arguments: Server.allCases) func aCompletionWhoseAnswerIsLostIsFoundOut(_ server: Server) async throws {
        let film = Self.film(7)
        let (site, recorder) = try await Self.site(film, on: server.server)
        try await recorder.lose("CompleteMultipartUpload")
        let run = try await site.deploy(Self.small)
        #expect(run.status == 0, "\(run)")
        #expect(count("UploadPart", in: try await recorder.log()) == Self.partCount)
        #expect(try await site.bucket.object("film.mp4").sha256 == (try await Self.sha256(film)))
        #expect(try await site.deploy().status == 0)
        #expect(try await recorder.log().map(\.operation) == ["ListObjectsV2"])
    }

    @Test(arguments: [Server.radosgw, .ministack]) func onlyOurOwnStaleUploadsAreGivenUp(_ server: Server) async throws {
        let (site, recorder) = try await Self.site(Self.film(8), on: server.server)
        let others = [try await site.bucket.beginUpload("film.mp4"), try await site.bucket.beginUpload("elsewhere.bin")]
        try await recorder.gate()
        let running = try site.start([site.source, "s3://\(site.bucket.name)", "--no-cors-check", "--jobs", "1"] + Self.small)
        #expect(try await recorder.uploadArrived())
        running.send(SIGINT)
        try await recorder.open()
        #expect(try await running.finish().status == 130)
        #expect(try await site.bucket.uploads().count == 3)

        // The film is gone, so nobody will complete it.
        try FileManager.default.removeItem(atPath: "\(site.source)/film.mp4")
        #expect(try await site.deploy().status == 0)
        #expect(try await site.bucket.uploads().count == 3)
        #expect(try await site.deploy(["--abort-incomplete", "1ms"]).status == 0)
        #expect(Set(try await site.bucket.uploads()) == Set(others))
    }
}
