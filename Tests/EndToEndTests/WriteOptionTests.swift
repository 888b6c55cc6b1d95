import Foundation
import TestSupport
import Testing

/// What objects are stored with: options, the configuration's rules, encryption.
@Suite struct WriteOptionTests {
    @Test(arguments: ["radosgw", "ministack"]) func optionsReachTheObjects(_ name: String) async throws {
        let site = try await Site(.files(["a.txt": "a", "p/index.html": "<p>"]), on: name == "radosgw" ? .radosgw : .ministack)
        let options = [
            "--cache-control", "public, max-age=60", "--content-disposition", "inline; filename=\"x, y.txt\"", "--metadata",
            "By=Ada, or Bob",
            "--metadata", "year=2024", "--tag", "event=wedding & more", "--tag", "year=2024",
        ]
        let run = try await site.deploy(options)
        #expect(run.status == 0, "\(run)")
        for key in ["a.txt", "p/index.html"] {
            let object = try await site.bucket.object(key)
            #expect(object.cacheControl == "public, max-age=60")
            #expect(object.disposition == "inline; filename=\"x, y.txt\"")
            #expect(object.metadata?["by"] == "Ada, or Bob" && object.metadata?["year"] == "2024")
            #expect(try await site.bucket.tags(key) == ["event": "wedding & more", "year": "2024"])
        }
        let again = try await site.deploy(options)
        #expect(again.status == 0 && again.output.contains("2 unchanged") && !again.output.contains("other headers,"), "\(again)")
        // The headers alone change: no byte is sent.
        let changed = try await site.deploy(["--cache-control", "no-cache", "--tag", "event=birthday"])
        #expect(changed.status == 0 && changed.output.contains("uploaded        0 files"), "\(changed)")
        let object = try await site.bucket.object("a.txt")
        #expect(object.cacheControl == "no-cache" && object.disposition == "")
        // What was configured and is no more goes, tags included; what the object needs stays.
        #expect(object.metadata == ["sha256": try #require(object.sha256)], "\(object)")
        #expect(try await site.bucket.tags("a.txt") == ["event": "birthday"])
        let bare = try await site.deploy()
        #expect(bare.status == 0 && bare.output.contains("uploaded        0 files"), "\(bare)")
        #expect(try await site.bucket.tags("a.txt").isEmpty)
    }

    @Test func rulesOfTheFileHoldForTheirFilesAndOptionsStandAboveThem() async throws {
        let site = try await Site(.files(["a.txt": "a", "index.html": "<p>", "old/b.html": "<b>"]), on: .ministack)
        try site.folder.write(
            """
            source: gallery
            destination: s3://\(site.bucket.name)
            endpoint-url: \(site.place.endpoint)
            cors: off
            cache-control: max-age=60
            metadata: by=Ada
            headers:
              - path: old/**
                cache-control: max-age=9
                metadata: [by=Bob, kept=yes]
              - path: "**/*.html"
                cache-control: no-cache
                content-type: text/html; charset=latin1

            """, to: "galleria-deploy.yml")
        func run(_ options: [String] = []) async throws -> Program.Run {
            try await site.run(["--config", site.folder.path("galleria-deploy.yml")] + options)
        }
        let first = try await run()
        #expect(first.status == 0, "\(first)")
        let (plain, page, old) = try await (site.bucket.object("a.txt"), site.bucket.object("index.html"), site.bucket.object("old/b.html"))
        #expect([plain, page, old].map(\.cacheControl) == ["max-age=60", "no-cache", "max-age=9"])
        #expect([plain, page, old].map { $0.metadata?["by"] } == ["Ada", "Ada", "Bob"])
        #expect(page.contentType == "text/html; charset=latin1" && old.contentType != page.contentType)
        let forced = try await run(["--cache-control", "no-store"])
        #expect(forced.status == 0, "\(forced)")
        #expect(try await site.bucket.object("old/b.html").cacheControl == "no-store")
    }

    @Test func encryptionWithTheStoresKeysIsConfirmedOrFails() async throws {
        let site = try await Site(.files(["a.txt": "a"]), on: .ministack)
        let run = try await site.deploy(["--sse", "AES256"])
        #expect(run.status == 0, "\(run)")
        #expect(try await site.bucket.object("a.txt").encryption == "AES256")
        let managed = try await site.deploy(["--sse", "aws:kms:key-1"])
        #expect(managed.status == 0, "\(managed)")
        #expect(try await site.bucket.object("a.txt").encryption == "aws:kms")
        let again = try await site.deploy(["--sse", "aws:kms:key-1"])
        #expect(again.status == 0 && again.output.contains("1 unchanged"), "\(again)")

        // radosgw takes AES256 and does not encrypt; it says so with silence.
        let silent = try await Site(.files(["a.txt": "a"]), on: .radosgw)
        let ignored = try await silent.deploy(["--sse", "AES256"])
        #expect(ignored.status == 1 && ignored.errors.contains("not encrypted as asked"), "\(ignored)")
        let refused = try await silent.deploy(["--sse", "aws:kms:key-1"])
        #expect(refused.status == 1 && refused.errors.contains("--sse"), "\(refused)")
    }

    @Test(arguments: ["radosgw", "ministack"]) func encryptionWithACustomersKey(_ name: String) async throws {
        let site = try await Site(.files(["a.txt": "a", "b.txt": "b"]), on: name == "radosgw" ? .radosgw : .ministack)
        // What lies there in the clear is encrypted, though its bytes are the same.
        #expect(try await site.deploy().status == 0)
        let key = Data((0..<32).map { UInt8($0) }).base64EncodedString()
        try site.folder.write(key + "\n", to: "key")
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: site.folder.path("key"))
        let options = ["--sse", "customer", "--sse-key-file", site.folder.path("key")]
        let run = try await site.deploy(options)
        #expect(run.status == 0 && !run.description.contains(key), "\(run)")
        await #expect(throws: LineProcess.Failure.self) { try await site.bucket.body("a.txt") }
        #expect(try await site.bucket.body("a.txt", customerKey: key) == [UInt8]("a".utf8))
        for options in [options, options + ["--no-state"], options + ["--no-state", "--check-headers"]] {
            let again = try await site.deploy(options)
            #expect(again.status == 0 && again.output.contains("2 unchanged"), "\(again)")
        }
        let shown = try await site.deploy(options + ["-vv", "--check-headers"])
        #expect(shown.status == 0 && shown.errors.contains("customer-key: [cut]") && !shown.description.contains(key), "\(shown)")
        // And back.
        #expect(try await site.deploy().status == 0)
        #expect(try await site.bucket.body("a.txt") == [UInt8]("a".utf8))
    }

    @Test(
        arguments: [
            (["--sse", "customer"], "GALLERIA_SSE_KEY"), (["--sse", "customer", "--sse-key-file", "/dev/null"], "holds no key"),
            (["--sse", "rot13"], "is no encryption"), (["--acl", "everyone"], "public-read"), (["--tag", "x"], "NAME=VALUE"),
            (["--metadata", "a b=c"], "cannot name metadata"), (["--metadata", "sha256=0"], "the deploy's own"),
            (["--cache-control", "a\nb"], "ASCII"), (["--storage-class", "x y"], "STANDARD_IA"),
            (["--tag", "a=1", "--tag", "a=2"], "twice"),
        ] as [([String], String)])
    func whatMakesNoSenseIsRefusedBeforeAnythingIsSent(_ options: [String], _ words: String) async throws {
        let site = try await Site(.files(["a.txt": "a"]), on: .ministack)
        let run = try await site.deploy(options)
        #expect(run.status == 5 && run.errors.contains(words), "\(run)")
        #expect(try await site.bucket.keys() == [])
    }

    @Test func aCustomersKeyNeverTravelsInTheClear() async throws {
        let site = try await Site(.files(["a.txt": "a"]), on: .ministack)
        let run = try await site.deploy(
            ["--sse", "customer", "--endpoint-url", "http://store.example"],
            environment: ["GALLERIA_SSE_KEY": Data(repeating: 1, count: 32).base64EncodedString()])
        #expect(run.status == 5 && run.errors.contains("Use https"), "\(run)")
    }
}
