import Foundation
import TestSupport
import Testing

/// What is left out is neither sent nor deleted.
@Suite struct FilterTests {
    private static let gallery = [
        "index.html": "i", "photos/a.txt": "a", "photos/a.xmp": "x", "photos/keep.xmp": "k", "drafts/d.txt": "d", "large.bin": "0123456789",
    ]
    private static let options = ["--exclude", "*.xmp", "--include", "keep.xmp", "--exclude=/drafts/", "--max-size", "5"]

    @Test func sendsWhatTheLastMatchingRuleLetsThrough() async throws {
        let site = try await Site(.files(Self.gallery), on: .ministack)
        let run = try await site.deploy(Self.options)
        #expect(run.status == 0, "\(run)")
        let kept = ["index.html", "photos/a.txt", "photos/keep.xmp"]
        #expect(try await site.bucket.keys() == kept)
        #expect(run.output.contains("left out        2 by filters, 1 by size"), "\(run)")
        // What is printed without asking the bucket is what was sent.
        let local = try await site.run(["ls-local", site.source] + Self.options)
        #expect(local.status == 0 && local.output == kept.map { $0 + "\n" }.joined(), "\(local)")
    }

    @Test func whatIsLeftOutIsProtectedUnlessAskedOtherwise() async throws {
        let site = try await Site(.files(Self.gallery), on: .radosgw)
        #expect(try await site.deploy().status == 0)
        for key in ["photos/old.xmp", "drafts/old", "photos/old.txt", ".galleria/lock", ".hidden"] {
            try await site.bucket.put(key, "remote")
        }
        let kept = try await site.bucket.keys().filter { $0 != "photos/old.txt" }
        let run = try await site.deploy(Self.options + ["--delete", "--adopt"])
        #expect(run.status == 0, "\(run)")
        #expect(try await site.bucket.keys() == kept)

        let all = try await site.deploy(Self.options + ["--delete-excluded", "--adopt", "--max-delete", "100%"])
        #expect(all.status == 0, "\(all)")
        #expect(try await site.bucket.keys() == [".galleria/lock", "index.html", "photos/a.txt", "photos/keep.xmp"])
    }

    @Test func aListLimitsTheDeployAndCountsNothingElseAsExtraneous() async throws {
        let site = try await Site(.files(Self.gallery), on: .ministack)
        try await site.bucket.put("old.txt", "remote")
        try site.folder.write("photos\nnowhere.txt\n", to: "list")
        let run = try await site.deploy(["--files-from", site.folder.path("list")])
        #expect(run.status == 1 && run.errors.contains("failed: nowhere.txt: is named by --files-from"), "\(run)")
        #expect(!run.output.contains("extraneous"), "\(run)")
        #expect(try await site.bucket.keys() == ["old.txt", "photos/a.txt", "photos/a.xmp", "photos/keep.xmp"])
        let both = try await site.deploy(["--files-from", site.folder.path("list"), "--delete"])
        #expect(both.status == 64 && both.errors.contains("--files-from and --delete"), "\(both)")
    }

    @Test func aDryRunSaysWhichRuleLeftAFileOut() async throws {
        let site = try await Site(.files(Self.gallery), on: .ministack)
        try site.folder.write("*.txt\n", to: "gallery/photos/.galleria-ignore")
        try site.folder.write("# photos only\n- /drafts/\n+ *\n", to: "rules")
        let run = try await site.deploy(["--dry-run", "-v", "--filter-from", site.folder.path("rules"), "--exclude", "*.xmp"])
        #expect(run.status == 0, "\(run)")
        for line in [
            "left out photos/.galleria-ignore (galleria-deploy's own files)", "left out photos/a.xmp (--exclude '*.xmp')",
        ] {
            #expect(run.output.contains(line + "\n"), "\(run)")
        }
        // The command line ranks above a folder's own file: “+ *” takes all in again, what lies in /drafts/ included.
        #expect(!run.output.contains("photos/a.txt (") && !run.output.contains("left out drafts"), "\(run)")
    }

    @Test func settingsOfTheFileHoldAndTheCommandLineRanksAbove() async throws {
        let site = try await Site(.files(Self.gallery), on: .ministack)
        try site.folder.write(
            """
            cors: off
            endpoint-url: \(site.place.endpoint)
            source: gallery
            destination: s3://\(site.bucket.name)
            exclude: ["*.xmp", "!keep.xmp", /drafts/]
            max-size: 5
            """, to: "galleria-deploy.yml")
        let run = try await site.run(["--include", "a.xmp"])
        #expect(run.status == 0, "\(run)")
        #expect(try await site.bucket.keys() == ["index.html", "photos/a.txt", "photos/a.xmp", "photos/keep.xmp"])
    }

    @Test func aFilterThatCannotBeReadSendsNothing() async throws {
        let site = try await Site(.files(Self.gallery), on: .radosgw)
        try site.folder.write("*.xmp\n[\n", to: "gallery/photos/.galleria-ignore")
        let run = try await site.deploy()
        #expect(run.status == 5 && run.errors.contains("photos/.galleria-ignore:2:"), "\(run)")
        #expect(try await site.bucket.keys().isEmpty)
        let missing = try await site.deploy(["--filter-from", site.folder.path("nothing")])
        #expect(missing.status == 5 && missing.errors.contains("nothing cannot be read"), "\(missing)")
        let pattern = try await site.deploy(["--exclude", "["])
        #expect(pattern.status == 64 && pattern.errors.contains("--exclude: "), "\(pattern)")
    }
}
