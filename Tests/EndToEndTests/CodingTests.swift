import Foundation
import TestSupport
import Testing

/// Text that is coded before it is sent.
@Suite struct CodingTests {
    private static let page = "<!doctype html>" + String(repeating: "<p>a photo of the bride, and one of the groom</p>\n", count: 200)
    private static let script = String(repeating: "show('photo');\n", count: 300)
    private static let files = [
        "index.html": page, "app.js": script, "small.css": "p {}", "photo.jpg": "no photo, but named so", "raw/page.html": page,
    ]

    /// A site with these files, and a configuration that has them coded.
    private func site(_ settings: String, on server: S3Server) async throws -> (site: Site, recorder: Recorder) {
        var site = try await Site(.files(Self.files), on: server)
        let recorder = try await Recorder(before: site.place)
        site.place = recorder.place
        try configure(site, settings)
        return (site, recorder)
    }

    private func configure(_ site: Site, _ settings: String) throws {
        try site.folder.write(
            "endpoint-url: \(site.place.endpoint)\nsource: gallery\ndestination: s3://\(site.bucket.name)\ncors: off\n\(settings)\n",
            to: "galleria-deploy.yml")
    }

    @Test(arguments: ["gzip", "br"], [S3Server.radosgw, .ministack])
    func textTravelsCodedAndASecondRunSendsNothing(_ coding: String, _ server: S3Server) async throws {
        let key = coding == "br" ? "brotli" : "gzip"
        let (site, recorder) = try await site(
            "\(key): true\nheaders:\n  - path: raw/**\n    \(key): false\n    content-language: en", on: server)
        let first = try await site.run([])
        #expect(first.status == 0, "\(first)")
        _ = try await recorder.log()
        for (path, text) in Self.files {
            let object = try await site.bucket.object(path)
            let body = try await site.bucket.body(path)
            guard path == "index.html" || path == "app.js" else {
                #expect(object.coding == "" && body == [UInt8](text.utf8), "\(path)")
                continue
            }
            #expect(object.coding == coding && body.count < text.utf8.count / 4, "\(path)")
            #expect(try await PythonCoder.decode(body, coding) == [UInt8](text.utf8), "\(path)")
        }
        #expect(try await site.bucket.object("raw/page.html").language == "en")
        #expect(try await site.bucket.object("index.html").contentType == "text/html; charset=utf-8")

        // Known from the state; found out by the tags; asked for with every header; read to the end.
        for (options, operations) in [
            ([], ["ListObjectsV2"]), (["--no-state"], ["ListObjectsV2"]), (["--check-headers"], ["HeadObject", "ListObjectsV2"]),
        ] {
            let again = try await site.run(["deploy"] + options)
            #expect(again.status == 0, "\(again)")
            #expect(Set(try await recorder.log().map(\.operation)).sorted() == operations, "\(options) \(again)")
        }
        #expect(try await site.run(["verify"]).status == 0)
        #expect(try await site.run(["verify", "--deep"]).status == 0)
    }

    /// Two machines with other releases of a library would send each other's objects for ever.
    @Test(arguments: ["gzip", "br"]) func whatAnotherReleaseCodedStays(_ coding: String) async throws {
        let key = coding == "br" ? "brotli" : "gzip"
        let (site, recorder) = try await site("\(key): true", on: .radosgw)
        #expect(try await site.run([]).status == 0)
        let ours = try await site.bucket.object("index.html")
        let method = try #require(ours.metadata?["galleria-coding"]?.split(separator: " ").first)
        let theirs = try await PythonCoder.encode([UInt8](Self.page.utf8), coding)
        #expect(theirs.count != ours.size)
        func place(_ recipe: String) async throws {
            var metadata = try #require(ours.metadata)
            try await site.bucket.put("index.html", bytes: theirs)
            metadata["sha256"] = try await site.bucket.object("index.html").sha256
            metadata["galleria-coding"] = recipe
            try await site.bucket.put(
                "index.html", bytes: theirs, metadata: metadata, contentType: "text/html; charset=utf-8", cacheControl: "no-cache",
                coding: coding)
        }
        try await place("\(method) lib/99.1")
        // What was written a moment ago is read once more by each run, and asked for once more.
        let written = try FileManager.default.attributesOfItem(atPath: "\(site.source)/index.html")[.modificationDate] as? Date
        try await until { Date.now.timeIntervalSince(try #require(written)) > 2.5 }
        _ = try await recorder.log()
        for operations in [["HeadObject", "ListObjectsV2"], ["ListObjectsV2"]] {
            let run = try await site.run([])
            #expect(run.status == 0, "\(run)")
            let sent = try await recorder.log().map(\.operation).sorted()
            #expect(sent == operations, "\(run)")
        }
        #expect(try await site.bucket.body("index.html") == theirs)
        #expect(try await site.run(["verify", "--deep"]).status == 0)
        // Another file, or another method of coding it, is another thing.
        try site.folder.write(Self.page + "<p>more</p>", to: "gallery/index.html")
        #expect(try await site.run([]).status == 0)
        #expect(try await PythonCoder.decode(site.bucket.body("index.html"), coding) == [UInt8]((Self.page + "<p>more</p>").utf8))
        try site.folder.write(Self.page, to: "gallery/index.html")
        try await place("old-\(method) lib/1")
        #expect(try await site.run([]).status == 0)
        #expect(try await site.bucket.object("index.html").metadata?["galleria-coding"] == ours.metadata?["galleria-coding"])
    }

    @Test func theSettingIsTakenBackWithTheHeader() async throws {
        let (site, _) = try await site("gzip: true", on: .ministack)
        #expect(try await site.run([]).status == 0)
        #expect(try await site.bucket.object("app.js").coding == "gzip")
        // Other headers alone leave the coded bytes and their header as they are.
        try configure(site, "gzip: true\ncache-control: max-age=5")
        let headers = try await site.run([])
        #expect(headers.status == 0 && headers.output.contains("header updates  5\n"), "\(headers)")
        let object = try await site.bucket.object("app.js")
        #expect(object.coding == "gzip" && object.cacheControl == "max-age=5" && object.metadata?["galleria-source"] != nil)
        #expect(try await PythonCoder.decode(site.bucket.body("app.js"), "gzip") == [UInt8](Self.script.utf8))
        try configure(site, "cache-control: max-age=5")
        #expect(try await site.run([]).status == 0)
        let plain = try await site.bucket.object("app.js")
        #expect(plain.coding == "" && plain.metadata?["galleria-source"] == nil)
        #expect(try await site.bucket.body("app.js") == [UInt8](Self.script.utf8))
    }

    @Test(
        arguments: [
            ("gzip: true\nbrotli: true", ":5:1: `gzip: true` and `brotli: true` exclude each other"),
            ("headers:\n  - path: a\n    gzip: true\n    content-encoding: br", ":6:5: in this rule, `content-encoding` says"),
            ("headers:\n  - redirect-location: elsewhere", ":6:24: redirect-location: “elsewhere” is nowhere to go to"),
        ]) func whatContradictsIsRefusedByPlace(_ row: (settings: String, message: String)) async throws
    {
        let (site, _) = try await site(row.settings, on: .ministack)
        let run = try await site.run([])
        #expect(run.status == 5 && run.errors.contains("galleria-deploy.yml\(row.message)"), "\(run)")
    }
}

/// Header rules as a bucket shows them.
@Suite struct HeaderRuleTests {
    @Test(arguments: [S3Server.radosgw, .ministack]) func theFirstRuleThatMatchesIsWhatTheBucketShows(_ server: S3Server) async throws {
        let site = try await Site(
            .files([
                "old.html": "moved", "sv/index.html": "hej", "packed.svgz": "x", "CNAME": "photos.example.com\n", "page": "<!doctype html>",
                "photo.jpg": "p", "app.3f9a01bc.js": "x",
            ]), on: server)
        try site.folder.write(
            """
            endpoint-url: \(site.place.endpoint)
            source: gallery
            destination: s3://\(site.bucket.name)
            cors: off
            metadata: [by=us]
            headers:
              - path: old.html
                redirect-location: /new.html
              - path: "sv/**"
                content-language: sv
                cache-control: max-age=1
                metadata: [by=them]
              - path: "*.svgz"
                content-type: image/svg+xml
                content-encoding: gzip
                content-disposition: attachment
              - path: "**/*.html"
                cache-control: max-age=2
            """, to: "galleria-deploy.yml")
        let run = try await site.run([])
        #expect(run.status == 0, "\(run)")
        func object(_ key: String) async throws -> RealBucket.Object { try await site.bucket.object(key) }
        let (old, sv, packed) = (try await object("old.html"), try await object("sv/index.html"), try await object("packed.svgz"))
        #expect(old.redirect == "/new.html" && old.cacheControl == "no-cache" && old.metadata?["by"] == "us")
        #expect(sv.language == "sv" && sv.cacheControl == "max-age=1" && sv.metadata?["by"] == "them" && sv.redirect == "")
        #expect(packed.contentType == "image/svg+xml" && packed.coding == "gzip" && packed.disposition == "attachment")
        #expect(try await object("CNAME").contentType == "text/plain; charset=utf-8")
        let page = try await object("page")
        #expect(page.contentType == "text/html; charset=utf-8" && page.cacheControl == "no-cache")
        #expect(try await object("photo.jpg").cacheControl == "max-age=3600")
        #expect(try await object("app.3f9a01bc.js").cacheControl == "max-age=31536000, immutable")
        let verified = try await site.run(["verify"])
        #expect(verified.status == 0, "\(verified)")
        let again = try await site.run(["deploy", "--check-headers", "--no-state"])
        #expect(again.status == 0 && again.output.contains("header updates  0\n"), "\(again)")
    }
}
