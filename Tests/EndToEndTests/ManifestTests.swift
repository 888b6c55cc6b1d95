import Foundation
import TestSupport
import Testing

/// The published manifest: last, a pure function of what is deployed, and of use to a run without a state.
@Suite struct ManifestTests {
    private struct Manifest: Decodable {
        struct Object: Decodable {
            let key: String
            let size: Int
            let sha256: String
            let type: String
            let headers: String
            let width: Int?
            let height: Int?
            let taken: String?
            let takenBefore: String?
            let sourceSha256: String?
            let url: String?
        }

        let objects: [Object]
    }

    private static func manifest(_ site: Site, _ key: String = "manifest.json") async throws -> Manifest {
        let body = try await site.bucket.body(key)
        let folder = try TemporaryFolder("manifest")
        try folder.write(Data(body), to: "document")
        let verdict = try await Program.run([
            PackageFolder.path(".venv/bin/python"), "-B", PackageFolder.path("Tests/Servers/schema.py"),
            PackageFolder.path("docs/manifest.schema.json"), folder.path("document"),
        ])
        #expect(verdict.status == 0, "\(verdict)")
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(Manifest.self, from: Data(body))
    }

    private static let options = ["--manifest", "manifest.json", "--clock-shift", "-4h", "--time-zone", "+02:00"]

    @Test(arguments: [S3Server.radosgw, .ministack]) func itTellsEveryObjectAsItIs(_ server: S3Server) async throws {
        let site = try await Site(.fixtures, on: server)
        let run = try await site.deploy(Self.options)
        #expect(run.status == 0, "\(run)")
        let manifest = try await Self.manifest(site)
        let listing = try await site.bucket.listing().filter { $0.keyText != "manifest.json" }
        #expect(manifest.objects.map(\.key) == listing.map(\.keyText))
        for object in manifest.objects {
            let stored = try await site.bucket.object(object.key)
            let body = try await site.bucket.body(object.key)
            #expect(
                object.size == body.count && object.sha256 == stored.metadata?["sha256"] && object.type == stored.contentType, "\(object)")
            #expect(object.url?.hasPrefix("http") == true)
            #expect(object.takenBefore == nil && object.sourceSha256 == nil)
            if object.type == "image/jpeg" { #expect((object.width ?? 0) > 0 && (object.height ?? 0) > 0, "\(object)") }
        }
        #expect(manifest.objects.contains { $0.taken?.hasSuffix("+02:00") == true })
        // An unchanged night writes nothing, with and without a state, and on another machine.
        let before = try await site.bucket.snapshot()
        #expect(try await site.deploy(Self.options).output.contains("uploaded        0 files"))
        #expect(try await site.deploy(Self.options + ["--no-state"]).status == 0)
        #expect(try await site.deploy(Self.options, environment: ["HOME": site.folder.path("elsewhere")]).status == 0)
        #expect(try await site.bucket.snapshot() == before)
        #expect(!run.description.contains("warning"), "\(run)")
    }

    @Test func whatIsAskedForBesidesIsTold() async throws {
        let site = try await Site(.fixtures, on: .ministack)
        let environment = ["GALLERIA_MANIFEST_INCLUDE": "capture-time-before,source-sha256"]
        for _ in 0..<2 { #expect(try await site.deploy(Self.options, environment: environment).status == 0) }
        let objects = try await Self.manifest(site).objects
        #expect(objects.allSatisfy { $0.sourceSha256 != nil })
        let moved = objects.filter { $0.takenBefore != nil && $0.taken.map { $0.prefix(19) } != $0.takenBefore?.prefix(19) }
        #expect(!moved.isEmpty && moved.allSatisfy { $0.sourceSha256 != $0.sha256 })
        // And taken back again.
        #expect(try await site.deploy(Self.options).status == 0)
        #expect(try await Self.manifest(site).objects.allSatisfy { $0.sourceSha256 == nil && $0.takenBefore == nil })
    }

    @Test func itFollowsChangesAndIsNeverDeleted() async throws {
        let site = try await Site(.files(["a.txt": "1", "b/c.txt": "1", "gone.txt": "1"]), on: .radosgw)
        let options = ["--manifest", "m/gallery.json", "--delete", "--delete-excluded"]
        #expect(try await site.deploy(options, prefix: "site").status == 0)
        try FileManager.default.removeItem(atPath: site.source + "/gone.txt")
        try site.folder.write("22", to: "gallery/a.txt")
        let run = try await site.deploy(options, prefix: "site")
        #expect(run.status == 0, "\(run)")
        let manifest = try await Self.manifest(site, "site/m/gallery.json")
        #expect(manifest.objects.map(\.key) == ["site/a.txt", "site/b/c.txt"] && manifest.objects[0].size == 2)
        #expect(try await site.bucket.keys() == ["site/a.txt", "site/b/c.txt", "site/m/gallery.json"])
        // A deploy of a part neither writes nor deletes it; verify knows it.
        let before = try await site.bucket.snapshot()
        let environment = ["GALLERIA_MANIFEST": "m/gallery.json"]
        #expect(try await site.deploy(["--shard", "1/2", "--delete"], prefix: "site", environment: environment).status == 0)
        #expect(try await site.deploy(["--shard", "2/2", "--delete"], prefix: "site", environment: environment).status == 0)
        #expect(try await site.bucket.snapshot() == before)
        let verified = try await site.run(["verify", site.source, "s3://\(site.bucket.name)/site"], environment: environment)
        #expect(verified.status == 0, "\(verified)")
        // What somebody else wrote in its place is replaced, and only that.
        try await site.bucket.put("site/m/gallery.json", "[]")
        #expect(try await site.deploy(options, prefix: "site").status == 0)
        #expect(try await Self.manifest(site, "site/m/gallery.json").objects.count == 2)
    }

    /// Not everything is deployed: what it tells would not be true.
    @Test func itIsWrittenOnlyIfNothingFailed() async throws {
        let site = try await Site(.files(["a.txt": "1"]), on: .ministack)
        #expect(try await site.deploy(Self.options).status == 0)
        let before = try await site.bucket.body("manifest.json")
        try site.folder.write("22", to: "gallery/a.txt")
        try site.folder.write("", to: "gallery/b.jpg")
        let run = try await site.deploy(Self.options)
        #expect(run.status == 1 && run.errors.contains("the manifest manifest.json was not written"), "\(run)")
        #expect(try await site.bucket.body("manifest.json") == before)
        #expect(try await site.deploy(Self.options + ["-n"]).status == 1)
        #expect(try await site.bucket.body("manifest.json") == before)
    }

    @Test func aFileOfTheSourceIsInItsWay() async throws {
        let site = try await Site(.files(["a.txt": "1", "manifest.json": "{}"]), on: .ministack)
        let run = try await site.deploy(Self.options)
        #expect(run.status == 4 && run.errors.contains("where the manifest is to be published"), "\(run)")
        #expect(try await site.bucket.keys().isEmpty)
        #expect(try await site.deploy(Self.options + ["--exclude", "manifest.json"]).status == 0)
        #expect(try await Self.manifest(site).objects.map(\.key) == ["a.txt"])
        for wrong in ["/a.json", "../a.json", "a//b", "", ".galleria/x"] {
            #expect(try await site.deploy(["--manifest", wrong]).status != 0, "\(wrong)")
        }
        #expect(try await site.deploy(Self.options + ["--shard", "1/2"]).status == 64)
    }

    /// One GET tells a run without a state of headers, which nothing but a HEAD of each object would tell.
    @Test func aRunWithoutAStateSeesOtherHeaders() async throws {
        let site = try await Site(.files(["a.txt": "1", "b.txt": "1"]), on: .radosgw)
        let options = ["--manifest", "manifest.json", "--no-state"]
        // The addresses do not depend on how the bucket is reached.
        let visitors = ["GALLERIA_PUBLIC_URL": "http://127.0.0.1:9"]
        #expect(try await site.deploy(options, environment: visitors).status == 0)
        var watched = site
        let recorder = try await Recorder(before: site.place)
        watched.place = recorder.place
        let run = try await watched.deploy(options + ["--cache-control", "max-age=60"], environment: visitors)
        #expect(run.status == 0, "\(run)")
        #expect(try await site.bucket.object("a.txt").cacheControl == "max-age=60")
        let before = try await site.bucket.snapshot()
        #expect(try await site.deploy(options + ["--cache-control", "max-age=60"], environment: visitors).status == 0)
        #expect(try await site.bucket.snapshot() == before)
        // And where nothing is amiss, nothing is asked but the listing, the manifest and its head.
        _ = try await recorder.log()
        #expect(try await watched.deploy(options + ["--cache-control", "max-age=60"], environment: visitors).status == 0)
        #expect(try await recorder.log().map(\.operation).sorted() == ["GetObject", "HeadObject", "ListObjectsV2"])
    }
}
