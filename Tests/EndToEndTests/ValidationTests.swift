import Foundation
import TestSupport
import Testing

/// What is sent is looked at before: too large, of another type, broken, there twice.
@Suite struct ValidationTests {
    private func site(on server: S3Server = .ministack) async throws -> Site {
        let site = try await Site(.fixtures, on: server)
        // An interrupted copy of a photo, a text that is named like one, and a copy of another.
        let photo = try Data(contentsOf: URL(filePath: site.folder.path("gallery/photos/IMG_0412.jpg")))
        try photo.prefix(photo.count - 500).write(to: URL(filePath: site.folder.path("gallery/photos/cut.jpg")))
        try site.folder.write("this is no photo, whatever its name says", to: "gallery/photos/text.jpg")
        try photo.write(to: URL(filePath: site.folder.path("gallery/photos/twin.jpg")))
        return site
    }

    @Test(arguments: [S3Server.ministack, .radosgw]) func brokenFilesFailAloneAndTheirObjectsStay(_ server: S3Server) async throws {
        let site = try await site(on: server)
        try await site.bucket.put("photos/cut.jpg", "the whole photo", metadata: RealBucket.deployed)
        try await site.bucket.put("photos/gone.jpg", "gone", metadata: RealBucket.deployed)
        let options = ["--check-images", "--allowed-type", "image/*", "--allowed-type", "text/*", "--allowed-type", "application/json"]
        for more in [["--dry-run"], []] {
            let run = try await site.deploy(options + ["--delete"] + more)
            #expect(run.status == 1, "\(run)")
            #expect(run.errors.contains("photos/cut.jpg: is no whole picture: the JPEG breaks off within its image data"), "\(run)")
            #expect(run.errors.contains("it was not sent and replaces nothing") && run.errors.contains("without --check-images"))
            #expect(!run.errors.contains("Moonrise"))
        }
        #expect(try await site.bucket.body("photos/cut.jpg") == [UInt8]("the whole photo".utf8))
        let keys = try await site.bucket.keys()
        // A failure keeps everything from being deleted; the others are there.
        #expect(keys.contains("photos/gone.jpg") && keys.contains("photos/Moonrise.jpg") && keys.contains("index.html"))
        let json = try await site.deploy(options + ["--format", "json"])
        #expect(json.status == 1 && json.output.contains("is no whole picture"), "\(json)")
    }

    @Test func sizesAndTypesAreJudged() async throws {
        let site = try await Site(
            .files(["small.txt": "a", "large.txt": String(repeating: "x", count: 3000), "page.jpg": "<html>"]), on: .ministack)
        let run = try await site.deploy(["--max-file-size", "2K", "--allowed-type", "image/*", "--allowed-type", "text/plain"])
        #expect(run.status == 1, "\(run)")
        #expect(run.errors.contains("large.txt: has 3000 bytes, and max-file-size allows 2048"))
        #expect(run.errors.contains("page.jpg: is text/html; charset=utf-8 by its content, and allowed-types allows image/*, text/plain"))
        #expect(try await site.bucket.keys() == ["small.txt"])
    }

    @Test func picturesThatAreThereTwiceAreNamed() async throws {
        let site = try await site()
        let warned = try await site.deploy(["--duplicates", "warn"])
        #expect(warned.status == 0 && warned.errors.contains("photos/IMG_0412.jpg and photos/twin.jpg"), "\(warned)")
        // What is there already counts, too.
        let photo = try Data(contentsOf: URL(filePath: site.folder.path("gallery/photos/Moonrise.jpg")))
        try photo.write(to: URL(filePath: site.folder.path("gallery/photos/second.jpg")))
        for options in [["--duplicates", "refuse"], ["--duplicates", "refuse", "--no-state"]] {
            let refused = try await site.deploy(options)
            #expect(
                refused.status == 1 && refused.errors.contains("second.jpg: holds the same picture as photos/Moonrise.jpg"), "\(refused)")
        }
        #expect(try await site.bucket.keys().contains("photos/second.jpg") == false)
    }

    @Test func checkLooksWithoutABucket() async throws {
        let site = try await site()
        let run = try await site.run(["check", site.source])
        #expect(run.status == 1 && run.errors.contains("failed: photos/cut.jpg: is no whole picture"), "\(run)")
        #expect(run.output.contains("same picture: photos/IMG_0412.jpg and photos/twin.jpg"), "\(run)")
        #expect(run.output.contains("1 failed, 1 there twice"), "\(run)")
        let json = try await site.run(["check", site.source, "--format", "json", "--duplicates", "refuse", "--exclude", "cut.jpg"])
        #expect(json.status == 1 && json.output.contains(#""first" : "photos/IMG_0412.jpg""#), "\(json)")
        let clean = try await site.run(["check", site.source, "--exclude", "cut.jpg", "--exclude", "twin.jpg", "-q"])
        #expect(clean.status == 0 && clean.output.isEmpty && clean.errors.isEmpty, "\(clean)")
        #expect(try await site.bucket.keys().isEmpty)
    }
}
