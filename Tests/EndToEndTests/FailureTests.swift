import Foundation
import TestSupport
import Testing

/// What goes wrong, and how it is told: the exit status, the message, and that everything else was done all the same.
@Suite struct FailureTests {
    @Test func wrongSecret() async throws {
        let site = try await Site(.files(["a.txt": "a"]), on: .radosgw)
        let run = try await site.deploy(environment: ["AWS_SECRET_ACCESS_KEY": "not-the-secret-9Qx"])
        #expect(run.status == 5, "\(run)")
        #expect(run.errors.contains("SignatureDoesNotMatch") && !run.description.contains("not-the-secret-9Qx"), "\(run)")
        #expect(try await site.bucket.keys() == [])
    }

    @Test func missingBucket() async throws {
        let site = try await Site(.files(["a.txt": "a"]), on: .radosgw)
        let run = try await site.run([site.source, "s3://no-such-bucket-here", "--no-cors-check"])
        #expect(run.status == 6, "\(run)")
        #expect(run.errors.contains("no-such-bucket-here"), "\(run)")
    }

    @Test(arguments: [
        ["AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": ""], ["AWS_SECRET_ACCESS_KEY": ""], ["AWS_ACCESS_KEY_ID": ""],
    ])
    func missingOrHalfCredentials(_ environment: [String: String]) async throws {
        let site = try await Site(.files(["a.txt": "a"]), on: .radosgw)
        let run = try await site.deploy(environment: environment)
        #expect(run.status == 5, "\(run)")
        #expect(!run.errors.isEmpty)
    }

    @Test func unreadableEntriesAreReportedAndTheRestGoesOn() async throws {
        let site = try await Site(.files(["a.txt": "a", "locked.txt": "l", "closed/b.txt": "b", "z.txt": "z"]), on: .radosgw)
        let files = FileManager.default
        try files.setAttributes([.posixPermissions: 0], ofItemAtPath: "\(site.source)/locked.txt")
        try files.setAttributes([.posixPermissions: 0], ofItemAtPath: "\(site.source)/closed")
        defer { try? files.setAttributes([.posixPermissions: 0o755], ofItemAtPath: "\(site.source)/closed") }
        try files.createSymbolicLink(atPath: "\(site.source)/dangling.txt", withDestinationPath: "nowhere")
        try files.createSymbolicLink(atPath: "\(site.source)/loop", withDestinationPath: ".")
        let run = try await site.deploy(asOrdinaryUser: true)
        #expect(run.status == 1, "\(run)")
        for name in ["locked.txt", "closed", "dangling.txt", "loop"] { #expect(run.errors.contains(name), "\(name)\n\(run)") }
        #expect(try await site.bucket.keys() == ["a.txt", "z.txt"])
    }

    @Test func imagesThatAreNoneNeverReplaceAnObject() async throws {
        let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:\(String(repeating: "4d", count: 32))\nsize 12345\n"
        let site = try await Site(.files(["empty.jpg": "", "pointer.png": pointer, "empty.txt": "", "a.txt": "a"]), on: .radosgw)
        try await site.bucket.put("empty.jpg", "the real picture")
        let run = try await site.deploy()
        #expect(run.status == 1, "\(run)")
        #expect(run.errors.contains("empty.jpg") && run.errors.contains("pointer.png"), "\(run)")
        #expect(try await site.bucket.keys() == ["a.txt", "empty.jpg", "empty.txt"])
        #expect(try await site.bucket.body("empty.jpg") == [UInt8]("the real picture".utf8))
    }

    @Test func aFileThatVanishesIsReportedAndTheRestGoesOn() async throws {
        var site = try await Site(.files(Dictionary(uniqueKeysWithValues: (0..<9).map { ("\($0).txt", "\($0)") })), on: .radosgw)
        let recorder = try await Recorder(before: site.place)
        site.place = recorder.place
        try await recorder.gate()
        async let deploying = site.deploy(["--jobs", "1"])
        #expect(try await recorder.uploadArrived())
        // The first upload is under way, so the plan is made; the last file's turn has not come.
        try FileManager.default.removeItem(atPath: "\(site.source)/8.txt")
        try await recorder.open()
        let run = try await deploying
        #expect(run.status == 1, "\(run)")
        #expect(run.errors.contains("8.txt"), "\(run)")
        #expect(try await site.bucket.keys() == (0..<8).map { "\($0).txt" })
    }

    @Test func namesThatAreNotUTF8AreReported() async throws {
        let site = try await Site(.files(["a.txt": "a"]), on: .radosgw)
        let made = try await Program.run(["bash", "-c", "printf x > \"$0\"/$'bad\\xff.txt'", site.source])
        #expect(made.status == 0, "\(made)")
        let run = try await site.deploy()
        #expect(run.status == 1, "\(run)")
        #expect(run.errors.contains("bad"), "\(run)")
        #expect(try await site.bucket.keys() == ["a.txt"])
    }

    @Test func photosThatCannotBeCorrectedAreSentUntouchedOrFailTheRunIfAskedFor() async throws {
        let site = try await Site(.files(["a.txt": "a"]), on: .radosgw)
        var photo = try [UInt8](Data(contentsOf: URL(filePath: PackageFolder.path("Fixtures/gallery/photos/Moonrise.jpg"))))
        photo.removeSubrange(300...)  // ends within the Exif block
        try site.folder.write(photo, to: "gallery/cut.jpg")
        let strict = try await site.deploy(["--clock-shift=-4h", "--strict-exif"])
        #expect(strict.status == 1, "\(strict)")
        let run = try await site.deploy(["--clock-shift=-4h"])
        #expect(run.status == 0, "\(run)")
        #expect(run.description.contains("cut.jpg"), "\(run)")
        #expect(try await site.bucket.body("cut.jpg") == photo)
    }
}
