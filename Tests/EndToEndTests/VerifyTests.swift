import Foundation
import TestSupport
import Testing

@Suite struct VerifyTests {
    private func deployed() async throws -> Site {
        let site = try await Site(.files(["a.html": "a", "b.txt": "bb", "c/d.css": "ccc", "e.js": "e"]), on: .radosgw)
        #expect(try await site.deploy().status == 0)
        return site
    }

    private func verify(_ site: Site, _ options: [String] = []) async throws -> Program.Run {
        try await site.run(["verify", site.source, "s3://\(site.bucket.name)"] + options)
    }

    @Test(arguments: [[], ["--deep"]]) func aDeployedGalleryHasNoDifference(_ options: [String]) async throws {
        let site = try await deployed()
        let run = try await verify(site, options)
        #expect(run.status == 0 && run.output.hasSuffix("0 missing, 0 different, 0 headers, 0 extra, 4 as they should be\n"), "\(run)")
    }

    @Test func eachDifferenceIsToldAndNothingIsWritten() async throws {
        var site = try await deployed()
        try await site.bucket.delete("a.html")
        try await site.bucket.put("b.txt", "xx", metadata: ["sha256": String(repeating: "0", count: 64)])
        try await site.bucket.put("c/d.css", "ccc", contentType: "text/plain")
        try await site.bucket.put("old.txt", "o")
        let before = try await site.bucket.snapshot()
        let recorder = try await Recorder(before: site.place)
        site.place = recorder.place
        let home = try FileManager.default.subpathsOfDirectory(atPath: site.folder.path("home"))
        let run = try await verify(site)
        #expect(run.status == 2, "\(run)")
        #expect(
            run.output == """
                missing    a.html
                different  b.txt (content)
                headers    c/d.css
                extra      old.txt
                verified: 1 missing, 1 different, 1 headers, 1 extra, 1 as they should be

                """)
        #expect(Set(try await recorder.log().map(\.method)).isSubset(of: ["GET", "HEAD"]))
        #expect(try await site.bucket.snapshot() == before)
        #expect(try FileManager.default.subpathsOfDirectory(atPath: site.folder.path("home")) == home)

        struct Document: Decodable {
            struct Entry: Decodable, Equatable {
                let kind: String
                let key: String
            }
            let missing: Int, different: Int, headers: Int, extra: Int, same: Int
            let differences: [Entry]
        }
        let json = try await verify(site, ["--format", "json"])
        let document = try JSONDecoder().decode(Document.self, from: Data(json.output.utf8))
        #expect(
            json.status == 2 && [document.missing, document.different, document.headers, document.extra, document.same] == [1, 1, 1, 1, 1])
        #expect(document.differences.map(\.key) == ["a.html", "b.txt", "c/d.css", "old.txt"])
        #expect(document.differences.map(\.kind) == ["missing", "different", "headers", "extra"])
    }

    @Test func asLinesEachVerificationIsOne() async throws {
        let site = try await deployed()
        struct Document: Decodable { let schema: String, same: Int, extra: Int, differences: [[String: String]] }
        for (extra, status) in [(0, Int32(0)), (1, 2)] {
            if extra == 1 { try await site.bucket.put("old\nname.txt", "o") }
            let run = try await verify(site, ["--format", "jsonl"])
            let lines = run.output.split(separator: "\n", omittingEmptySubsequences: false)
            #expect(run.status == status && run.errors.isEmpty && lines.count == 2 && lines.last == "", "\(run)")
            let document = try JSONDecoder().decode(Document.self, from: Data(lines[0].utf8))
            #expect(document.schema == "galleria-deploy/verify/1" && document.same == 4 && document.extra == extra)
            #expect(document.differences.map { $0["key"] } == (extra == 1 ? ["old\nname.txt"] : []))
        }
    }

    /// An object with the right size and our hash in its metadata, and other bytes: only reading it tells.
    @Test func onlyADeepLookSeesAWrongHash() async throws {
        let site = try await deployed()
        let right = try #require(try await site.bucket.object("b.txt").metadata?["sha256"])
        try await site.bucket.put(
            "b.txt", "xx", metadata: ["sha256": right], contentType: "text/plain; charset=utf-8", cacheControl: "max-age=3600")
        #expect(try await verify(site).status == 0)
        let deep = try await verify(site, ["--deep"])
        #expect(deep.status == 2 && deep.output.contains("different  b.txt (content)\n"), "\(deep)")
    }

    @Test func whatCannotBeReadIsAFailure() async throws {
        let site = try await deployed()
        try FileManager.default.createSymbolicLink(atPath: "\(site.source)/dangling.txt", withDestinationPath: "nowhere")
        try await site.bucket.put("old.txt", "o")
        let run = try await verify(site)
        #expect(run.status == 1 && run.errors.contains("dangling.txt") && run.output.contains("extra      old.txt"), "\(run)")
    }
}
