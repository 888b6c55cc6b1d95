import Foundation
import Glibc
import TestSupport
import Testing

/// `put`, `cp`, `mv` and `rm`, looked at with another client.
@Suite struct ObjectWriteTests {
    private static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3]

    private func site(on server: S3Server = .radosgw) async throws -> Site {
        let site = try await Site(.files(["x": "x"]), on: server)
        try site.folder.write("hello", to: "a.txt")
        try site.folder.write(Self.png, to: "picture.jpg")
        return site
    }

    @Test(arguments: ["radosgw", "ministack", "rclone"]) func filesAreSentAsTheyAre(_ server: String) async throws {
        let site = try await site(on: server == "radosgw" ? .radosgw : server == "ministack" ? .ministack : .rclone)
        let bucket = site.bucket.name
        let run = try await site.run([
            "put", "a.txt", "picture.jpg", "s3://\(bucket)/p/", "--cache-control", "no-store", "--metadata", "who=me",
        ])
        let base = "\(site.place.endpoint)/\(bucket)/p/"
        #expect(run.status == 0 && run.output == base + "a.txt\n" + base + "picture.jpg\n", "\(run)")
        let objects = try await site.bucket.snapshot()
        #expect(objects.map(\.keyText) == ["p/a.txt", "p/picture.jpg"])
        // By content: it is a PNG, whatever its name.
        #expect(objects.map(\.contentType) == ["text/plain; charset=utf-8", "image/png"])
        // rclone keeps no header but the type.
        if server != "rclone" {
            #expect(
                objects.allSatisfy { $0.metadata?["sha256"] == $0.sha256 && $0.metadata?["who"] == "me" && $0.cacheControl == "no-store" })
        }

        let again = try await site.run(["put", "a.txt", "--no-overwrite", "s3://\(bucket)/p/a.txt"])
        #expect(again.status == 4 && again.errors.contains("is there already"), "\(again)")
        try site.folder.write("other", to: "a.txt")
        let dry = try await site.run(["put", "a.txt", "s3://\(bucket)/p/", "--dry-run", "--format", "json"])
        #expect(dry.status == 0 && dry.output.contains("\"replaces\":true,\"dry_run\":true"), "\(dry)")
        #expect(try await site.bucket.body("p/a.txt") == Array("hello".utf8))
        #expect(try await site.run(["put", "a.txt", "s3://\(bucket)/p/"]).status == 0)
        #expect(try await site.bucket.body("p/a.txt") == Array("other".utf8))
    }

    @Test func standardInputAndBase64AreSent() async throws {
        let site = try await site()
        let bucket = site.bucket.name
        let text = Data(Self.png).base64EncodedString()
        try site.folder.write(text, to: "picture.b64")
        try site.folder.write("data:image/png;base64," + text + "\n", to: "uri.txt")
        #expect(try await site.run(["put", "--base64", "picture.b64", "uri.txt", "--target", "s3://\(bucket)/b"]).status == 0)
        let shell = try await site.run(
            ["put", "-", "s3://\(bucket)/s/", "--format", "jsonl"], through: ["sh", "-c", "printf 'from a pipe' | \"$0\" \"$@\""])
        #expect(shell.status == 0, "\(shell)")
        // sha256sum of “from a pipe”.
        let sum = try await Program.run(["sh", "-c", "printf 'from a pipe' | sha256sum"]).output.prefix(16)
        let objects = try await site.bucket.snapshot()
        #expect(objects.map(\.keyText) == ["b/picture", "b/uri.txt", "s/\(sum).txt"])
        #expect(objects.map(\.contentType) == ["image/png", "image/png", "text/plain; charset=utf-8"])
        #expect(try await site.bucket.body("b/picture") == Self.png)
        #expect(try await site.bucket.body("b/uri.txt") == Self.png)
        let bad = try await site.run(["put", "--base64", "a.txt", "s3://\(bucket)/"])
        #expect(bad.status == 64 && bad.errors.contains("is no base64"), "\(bad)")
        #expect(try await site.bucket.keys().count == 3)
    }

    /// The second of three is refused by the store: the first goes again, what was there before does not.
    @Test func aFailureLeavesNothingNewBehind() async throws {
        var site = try await site()
        let bucket = site.bucket.name
        for name in ["1", "2", "3"] { try site.folder.write(name, to: name) }
        try await site.bucket.put("f/3", "old")
        let proxy = try await FaultProxy(before: site.place)
        site.place = proxy.place
        func script() async throws {
            try await proxy.script(.init("status", on: "PutObject", key: "f/2", times: -1, ["status": 403, "code": "AccessDenied"]))
        }
        try await script()
        let run = try await site.run(["put", "1", "2", "s3://\(bucket)/f/", "--jobs", "1"])
        #expect(
            run.status == 1 && run.output.isEmpty && run.errors.contains("failed: 2: ") && run.errors.contains("was deleted again"),
            "\(run)")
        #expect(try await site.bucket.keys() == ["f/3"])
        try await script()
        let kept = try await site.run(["put", "1", "2", "3", "s3://\(bucket)/f/", "--jobs", "1", "--keep-going"])
        #expect(kept.status == 1, "\(kept)")
        #expect(try await site.bucket.keys() == ["f/1", "f/3"])
        // The store has it, and only its answer is lost, time and again.
        try await proxy.script(.init("reset-response", on: "PutObject", key: "f/4", times: -1, ["at": 0]))
        try site.folder.write("4", to: "4")
        #expect(try await site.run(["put", "4", "s3://\(bucket)/f/"]).status != 0)
        #expect(try await site.bucket.keys() == ["f/1", "f/3"])
    }

    /// In parts, broken off by a signal: neither the object nor the parts stay.
    @Test func anInterruptedUploadInPartsIsGivenUp() async throws {
        var site = try await site()
        try site.folder.write([UInt8](repeating: 3, count: 70_000_000), to: "big")
        let proxy = try await FaultProxy(before: site.place)
        site.place = proxy.place
        try await proxy.script(.init("hold", on: "UploadPart", skip: 1, times: -1))
        let running = try site.start(["put", "big", "s3://\(site.bucket.name)/", "--stall-timeout", "10m"])
        #expect(try await proxy.held() >= 1)
        running.send(SIGTERM)
        let run = try await running.finish()
        #expect(run.status == 143, "\(run)")
        #expect(try await site.bucket.keys().isEmpty)
        #expect(try await site.bucket.uploads().isEmpty)

        try await proxy.script([])
        #expect(try await site.run(["put", "big", "s3://\(site.bucket.name)/"]).status == 0)
        let object = try await site.bucket.object("big")
        #expect(object.etag.hasSuffix("-5") && object.metadata?["sha256"] != nil)
    }

    @Test(arguments: ["radosgw", "ministack"]) func copiesHaveAllThatBelongsToAnObject(_ server: String) async throws {
        let real: S3Server = server == "radosgw" ? .radosgw : .ministack
        let site = try await site(on: real)
        let other = try await RealBucket(on: real)
        let (bucket, target) = (site.bucket.name, other.name)
        try await site.bucket.put(
            "a b/ö+.jpg", "picture", metadata: ["who": "me"], contentType: "image/x-odd", cacheControl: "max-age=7",
            // MiniStack has no access control lists.
            acl: server == "radosgw" ? "public-read" : nil)
        try await site.bucket.setTags("a b/ö+.jpg", ["kind": "test"])
        let source = try await site.bucket.object("a b/ö+.jpg")
        let within = try await site.run(["cp", "s3://\(bucket)/a b/ö+.jpg", "s3://\(bucket)/copy/"])
        #expect(within.status == 0, "\(within)")
        let across = try await site.run(["cp", "s3://\(bucket)/a b/ö+.jpg", "s3://\(target)/x?.jpg", "--format", "json"])
        #expect(across.status == 0 && across.output.contains("\"uri\":\"s3://\(target)/x?.jpg\""), "\(across)")
        for (place, key) in [(site.bucket, "copy/ö+.jpg"), (other, "x?.jpg")] {
            let copy = try await place.object(key)
            #expect(copy.etag == source.etag && copy.metadata == source.metadata && copy.contentType == "image/x-odd")
            #expect(copy.cacheControl == "max-age=7")
            #expect(try await place.tags(key) == ["kind": "test"])
            if server == "radosgw" { #expect(try await place.grants(key) == site.bucket.grants("a b/ö+.jpg")) }
        }
        #expect(try await site.run(["cp", "s3://\(bucket)/copy/ö+.jpg", "s3://\(target)/x?.jpg", "--no-overwrite"]).status == 4)
        #expect(try await site.run(["cp", "s3://\(bucket)/nothing", "s3://\(bucket)/y"]).status == 1)
        #expect(try await site.run(["cp", "s3://\(bucket)/copy/ö+.jpg", "s3://\(bucket)/copy/"]).status == 64)

        let moved = try await site.run(["mv", "s3://\(bucket)/copy/ö+.jpg", "s3://\(target)/moved/"])
        #expect(moved.status == 0 && moved.output.hasPrefix("moved s3://\(bucket)/copy/ö+.jpg to "), "\(moved)")
        #expect(try await site.bucket.keys() == ["a b/ö+.jpg"])
        #expect(try await other.keys() == ["moved/ö+.jpg", "x?.jpg"])
    }

    @Test func foldersAreMovedAndTheDestinationIsOutside() async throws {
        let site = try await site()
        let bucket = site.bucket.name
        for key in ["d/1", "d/e/2", "other"] { try await site.bucket.put(key, key) }
        let inside = try await site.run(["mv", "-r", "s3://\(bucket)/d/", "s3://\(bucket)/d/e/"])
        #expect(inside.status == 64, "\(inside)")
        let dry = try await site.run(["mv", "-r", "-n", "s3://\(bucket)/d/", "s3://\(bucket)/n/"])
        #expect(dry.output.contains("would move s3://\(bucket)/d/e/2 to s3://\(bucket)/n/e/2\n"), "\(dry)")
        #expect(try await site.bucket.keys() == ["d/1", "d/e/2", "other"])
        #expect(try await site.run(["mv", "-r", "s3://\(bucket)/d/", "s3://\(bucket)/n"]).status == 0)
        #expect(try await site.bucket.keys() == ["n/1", "n/e/2", "other"])
        #expect(try await site.bucket.body("n/e/2") == Array("d/e/2".utf8))
    }

    /// The source is replaced after it was copied: the copy is of the one before, so what is there now stays.
    @Test func aMoveNeverDeletesWhatWasNotCopied() async throws {
        var site = try await site()
        try await site.bucket.put("from", "first")
        let proxy = try await FaultProxy(before: site.place)
        site.place = proxy.place
        // HEAD of the source, the copy, HEAD of the copy, HEAD of the source: the last of these waits.
        try await proxy.script(.init("hold", on: "HeadObject", key: "/from", skip: 1))
        let running = try site.start(["mv", "s3://\(site.bucket.name)/from", "s3://\(site.bucket.name)/to", "--stall-timeout", "10m"])
        #expect(try await proxy.held() == 1)
        try await site.bucket.put("from", "later")
        try await proxy.release()
        let run = try await running.finish()
        #expect(run.status == 1 && run.errors.contains("was replaced while it was being copied"), "\(run)")
        #expect(try await site.bucket.body("from") == Array("later".utf8))
        #expect(try await site.bucket.body("to") == Array("first".utf8))
    }

    @Test func deletingAsksAndIsGuarded() async throws {
        let site = try await site()
        let bucket = site.bucket.name
        for i in 10..<50 { try await site.bucket.put("g/\(i)", "") }
        try await site.bucket.put("g/.galleria/lock", "")
        try await site.bucket.put("h", "")
        let unasked = try await site.run(["rm", "s3://\(bucket)/h"])
        #expect(unasked.status == 4 && unasked.errors.contains("--yes"), "\(unasked)")
        let many = try await site.run(["rm", "-r", "-y", "--target", "s3://\(bucket)/g", "1", "2"])
        #expect(many.status == 4 && many.errors.contains("20 of the 41 objects") && many.errors.contains("--max-delete 20"), "\(many)")
        let dry = try await site.run(["rm", "-r", "-n", "--target", "s3://\(bucket)/g", "1"])
        #expect(dry.status == 0 && dry.output.hasPrefix("would delete 10\n"), "\(dry)")
        #expect(try await site.bucket.keys().count == 42)
        let ten = try await site.run(["rm", "-r", "-y", "--target", "s3://\(bucket)/g", "1"])
        #expect(ten.status == 0 && ten.output.split(separator: "\n").count == 10, "\(ten)")
        #expect(try await site.run(["rm", "-r", "-y", "--max-delete", "100%", "--target", "s3://\(bucket)/g", ""]).status == 0)
        #expect(try await site.bucket.keys() == ["g/.galleria/lock", "h"])
        let url = "\(site.place.endpoint)/\(bucket)/h"
        let both = try await site.run(["rm", "-y", url, "s3://\(bucket)/nothing", "--format", "json"])
        #expect(both.status == 1 && both.output.contains("{\"key\":\"h\",\"deleted\":true}"), "\(both)")
        #expect(try await site.bucket.keys() == ["g/.galleria/lock"])
    }

    /// On a terminal a question is asked, and only “y” is yes.
    @Test(arguments: [("y\n", Int32(0)), ("\n", 4), ("n\n", 4)]) func theAnswerCounts(_ answer: String, _ status: Int32) async throws {
        let site = try await site()
        try await site.bucket.put("h", "")
        let command = "printf '\(answer)' | script -qec \"\(Executable.path) rm s3://\(site.bucket.name)/h\" /dev/null"
        var environment = site.place.environment
        environment["HOME"] = site.folder.path("home")
        let run = try await Program.run(["sh", "-c", command], environment: environment)
        #expect(run.status == status && run.output.contains("Delete h from"), "\(run)")
        #expect(try await site.bucket.keys().isEmpty == (status == 0))
    }
}
