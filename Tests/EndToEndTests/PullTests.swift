import Foundation
import Glibc
import TestSupport
import Testing

/// `pull`: the bucket's folder into a folder here, by content, never over what must stay.
@Suite struct PullTests {
    private func site(
        on server: S3Server = .radosgw, _ files: [String: String] = ["a.html": "a", "b/c.css": "c", "b/ö d.txt": "d"]
    ) async throws
        -> Site
    {
        let site = try await Site(.files(files), on: server)
        #expect(try await site.deploy(prefix: "p").status == 0)
        return site
    }

    private func pull(_ site: Site, _ options: [String] = [], folder: String = "out") async throws -> Program.Run {
        try await site.run(["pull", "s3://\(site.bucket.name)/p", folder] + options)
    }

    private func contents(_ site: Site, _ folder: String = "out") throws -> [String: String] {
        var found: [String: String] = [:]
        for path in try FileManager.default.subpathsOfDirectory(atPath: site.folder.path(folder)) {
            let full = site.folder.path("\(folder)/\(path)")
            if try FileManager.default.attributesOfItem(atPath: full)[.type] as? FileAttributeType == .typeRegular {
                found[path] = try String(contentsOfFile: full, encoding: .utf8)
            }
        }
        return found
    }

    @Test(arguments: ["radosgw", "ministack", "rclone"]) func aSecondRunWritesAndReadsNothing(_ server: String) async throws {
        var site = try await site(on: server == "radosgw" ? .radosgw : server == "ministack" ? .ministack : .rclone)
        let dry = try await pull(site, ["--dry-run", "--exit-code"])
        #expect(dry.status == 2 && !FileManager.default.fileExists(atPath: site.folder.path("out")), "\(dry)")
        let first = try await pull(site)
        #expect(
            first.status == 0 && first.output.hasSuffix("pulled: 3 new, 0 changed, 0 removed, 0 unchanged, 0 failed (3 B)\n"), "\(first)")
        #expect(try contents(site) == ["a.html": "a", "b/c.css": "c", "b/ö d.txt": "d"])
        let recorder = try await Recorder(before: site.place)
        site.place = recorder.place
        let second = try await pull(site, ["--dry-run", "--exit-code"])
        #expect(second.status == 0 && second.output.contains("3 unchanged"), "\(second)")
        #expect(try await pull(site, ["--overwrite", "--delete"]).output.contains("3 unchanged"))
        #expect(try await recorder.log().allSatisfy { $0.operation == "ListObjectsV2" })
        // Deployed again from there, nothing is sent either.
        let back = try await site.run([
            site.folder.path("out"), "s3://\(site.bucket.name)/p", "--no-cors-check", "--dry-run", "--exit-code",
        ])
        #expect(back.status == 0, "\(back)")
    }

    @Test func whatDiffersIsWrittenOnlyWhereThatIsSaid() async throws {
        let site = try await site()
        #expect(try await pull(site).status == 0)
        try site.folder.write("mine", to: "out/a.html")
        try site.folder.write("x", to: "out/b/c.css")
        try site.folder.write("local", to: "out/local.txt")
        try await site.bucket.put("p/new.txt", "new")
        let kept = try await pull(site)
        #expect(
            kept.status == 1 && kept.errors.contains("failed: a.html there is a file of other content") && kept.errors.contains("b/c.css"))
        #expect(
            try contents(site) == ["a.html": "mine", "b/c.css": "x", "b/ö d.txt": "d", "local.txt": "local", "new.txt": "new"])
        let few = try await pull(site, ["--overwrite", "--max-overwrite", "1"])
        #expect(few.status == 4 && few.errors.contains("--max-overwrite 2"), "\(few)")
        let guarded = try await pull(site, ["--overwrite", "--delete", "--max-delete", "0"])
        #expect(guarded.status == 4 && guarded.errors.contains("1 of the 5 files would be removed"), "\(guarded)")
        #expect(try contents(site)["a.html"] == "mine")
        let done = try await pull(site, ["--overwrite", "--delete", "--format", "json"])
        #expect(done.status == 0, "\(done)")
        struct Document: Decodable {
            struct File: Decodable {
                let action: String, path: String
                let reason: String?
            }
            let files: [File], new: Int, changed: Int, removed: Int, unchanged: Int, failed: Int
        }
        let document = try JSONDecoder().decode(Document.self, from: Data(done.output.utf8))
        let counts: [Int] = [document.new, document.changed, document.removed, document.unchanged, document.failed]
        #expect(counts == [0, 2, 1, 2, 0] as [Int])
        let why: [String: String] = Dictionary(uniqueKeysWithValues: document.files.map { ($0.path, $0.reason ?? $0.action) })
        let expected: [String: String] = ["a.html": "size", "b/c.css": "content", "local.txt": "removed"]
        #expect(why == expected)
        #expect(try contents(site) == ["a.html": "a", "b/c.css": "c", "b/ö d.txt": "d", "new.txt": "new"])
    }

    /// What is left out by name or filter is neither written nor removed.
    @Test func filtersHoldOnBothSides() async throws {
        let site = try await site()
        for key in ["p/.hidden", "p/skip.tmp", "p/take.tmp", "p/.galleria/lock"] { try await site.bucket.put(key, "x") }
        try site.folder.write("mine", to: "out/.hidden")
        try site.folder.write("mine", to: "out/own.tmp")
        let run = try await pull(site, ["--delete", "--exclude", "*.tmp", "--include", "take.tmp"])
        #expect(run.status == 0, "\(run)")
        #expect(
            try contents(site) == [
                "a.html": "a", "b/c.css": "c", "b/ö d.txt": "d", ".hidden": "mine", "own.tmp": "mine", "take.tmp": "x",
            ])
        let all = try await pull(site, ["--dotfiles"], folder: "all")
        #expect(all.status == 0, "\(all)")
        #expect(try contents(site, "all")[".hidden"] == "x")
        #expect(try contents(site, "all").keys.contains { $0.hasPrefix(".galleria/") } == false)
    }

    /// Originals stay: in the folder that is deployed, and wherever the corrected copy would replace a photo.
    @Test func originalsAreNeverReplaced() async throws {
        let site = try await Site(.fixtures, on: .radosgw)
        #expect(try await site.deploy(["--clock-shift", "1h"], prefix: "p").status == 0)
        let before = try site.files()
        try site.folder.write(
            "endpoint-url: \(site.place.endpoint)\ndestination: s3://\(site.bucket.name)/p\nsource: gallery\n", to: "galleria-deploy.yml")
        for options in [["--overwrite"], ["--delete"]] {
            let run = try await site.run(["pull", "gallery"] + options)
            #expect(run.status == 4 && run.errors.contains("where the originals are"), "\(run)")
        }
        // A copy of the originals elsewhere: nobody can tell it from them.
        try FileManager.default.copyItem(atPath: site.folder.path("gallery"), toPath: site.folder.path("copy"))
        let copy = try await site.run(["pull", "s3://\(site.bucket.name)/p", "copy", "--overwrite"])
        #expect(copy.status == 1 && copy.errors.contains("is the corrected copy of a photo"), "\(copy)")
        for (path, content) in before where !path.hasPrefix(".") {
            #expect(try Data(contentsOf: URL(filePath: site.folder.path("copy/\(path)"))) == content, "\(path)")
        }
        #expect(try site.files() == before)
        // Into an empty folder they are written as the bucket has them, and are unchanged then.
        #expect(try await pull(site).status == 0)
        let again = try await pull(site, ["--dry-run", "--exit-code"])
        #expect(again.status == 0, "\(again)")
    }

    /// Text that a deploy has coded becomes the file that it was made of, and is known again.
    @Test func codedTextIsDecoded() async throws {
        let site = try await Site(.files(["style.css": String(repeating: "a { b: c }\n", count: 500), "x.txt": "x"]), on: .radosgw)
        try site.folder.write(
            "endpoint-url: \(site.place.endpoint)\ndestination: s3://\(site.bucket.name)/p\nsource: gallery\ngzip: true\n",
            to: "galleria-deploy.yml")
        #expect(try await site.run(["--no-cors-check"]).status == 0)
        #expect(try await site.bucket.object("p/style.css").coding == "gzip")
        #expect(try await pull(site).status == 0)
        #expect(try contents(site)["style.css"]?.count == 5500)
        let again = try await pull(site, ["--overwrite"])
        #expect(again.status == 0 && again.output.contains("0 new, 0 changed, 0 removed, 2 unchanged"), "\(again)")
        // Of unknown making: refused, and said how to get it.
        try await site.bucket.put("p/foreign.txt", bytes: [1, 2, 3], coding: "br")
        let foreign = try await pull(site)
        #expect(foreign.status == 1 && foreign.errors.contains("foreign.txt is kept as br"), "\(foreign)")
        #expect(try contents(site)["foreign.txt"] == nil)
    }

    @Test func nothingIsWrittenOutsideOfTheFolder() async throws {
        let site = try await site()
        try site.folder.write("mine", to: "victim/file")
        try site.folder.write("", to: "out/keep")
        try FileManager.default.createSymbolicLink(atPath: site.folder.path("out/link"), withDestinationPath: site.folder.path("victim"))
        for key in ["p/x/../../victim/file", "p//absolute", "p/link/file", "p/link/new"] { try await site.bucket.put(key, "evil") }
        let run = try await pull(site, ["--overwrite", "--delete", "--dotfiles", "--max-delete", "100%"])
        #expect(run.status == 1 && run.errors.contains("link/new a symbolic link is in the way"), "\(run)")
        #expect(run.errors.contains("nothing was removed"), "\(run)")
        #expect(try contents(site, "victim") == ["file": "mine"])
        #expect(try contents(site)["a.html"] == "a" && contents(site)["keep"] != nil)
    }

    /// The time is that of the metadata where it has one, else that of the object.
    @Test func filesGetATime() async throws {
        let site = try await site()
        try await site.bucket.put("p/timed.txt", "t", metadata: ["mtime": "1718447445.5"])
        #expect(try await pull(site).status == 0)
        func time(_ path: String) -> Double {
            var s = stat()
            stat(site.folder.path("out/\(path)"), &s)
            return Double(s.st_mtim.tv_sec) + Double(s.st_mtim.tv_nsec) / 1e9
        }
        #expect(time("timed.txt") == 1_718_447_445.5)
        let object = try #require(try await site.bucket.listing().first { $0.keyText == "p/a.html" })
        let modified = try #require(ISO8601DateFormatter().date(from: object.modified.prefix(19) + "Z"))
        #expect(abs(time("a.html") - modified.timeIntervalSince1970) <= 1)
    }

    /// Killed between two pieces of a large object, then run again: what was there is not asked for again.
    @Test func anInterruptedPullGoesOn() async throws {
        var site = try await site()
        let body = [UInt8]((0..<20_000_000).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 13) })
        try await site.bucket.put("p/big.bin", bytes: body)
        let proxy = try await FaultProxy(before: site.place)
        site.place = proxy.place
        try await proxy.script(.init("stall-response", on: "GetObject", key: "big.bin", skip: 2, ["at": 500]))
        let running = try site.start(["pull", "s3://\(site.bucket.name)/p", "out", "--jobs", "1", "--stall-timeout", "10m"])
        let folder = site.folder
        try await until {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path("out"))) ?? []
            let part = names.first { $0.hasPrefix(".galleria-part-") }
            return try part.map { try FileManager.default.attributesOfItem(atPath: folder.path("out/\($0)"))[.size] as? Int } == 16 << 20
        }
        running.send(SIGKILL)
        _ = try await running.finish()
        try await proxy.script([])
        _ = try await proxy.log()
        let run = try await pull(site)
        #expect(run.status == 0, "\(run)")
        #expect(try Data(contentsOf: URL(filePath: site.folder.path("out/big.bin"))) == Data(body))
        #expect(try await proxy.log().count { $0.operation == "GetObject" && $0.target.contains("big.bin") } == 1)
    }

    @Test func mistakesAreTold() async throws {
        let site = try await site()
        for words in [["pull", "s3://\(site.bucket.name)"], ["pull", "out", "s3://\(site.bucket.name)"]] {
            #expect(try await site.run(words).status == 64)
        }
        let empty = try await site.run(["pull", "s3://\(site.bucket.name)/nothing", "gallery", "--delete", "--max-delete", "100%"])
        #expect(empty.status == 4 && empty.errors.contains("holds nothing"), "\(empty)")
        #expect(try await site.run(["pull", "s3://no-such-bucket-\(site.bucket.name)", "out"]).status == 6)
    }
}
