import Foundation
import TestSupport
import Testing

/// Options that mean what they mean in rsync.
@Suite struct RsyncNamesTests {
    @Test func itemizesEachChange() async throws {
        let site = try await Site(.files(["new.txt": "new", "size.txt": "12", "content.txt": "12", "same.txt": "same"]), on: .ministack)
        for (key, text) in ["size.txt": "1", "content.txt": "34", "same.txt": "same", "old.txt": "old"] {
            try await site.bucket.put("site/" + key, text)
        }
        let lines = ["<fc........ site/content.txt", "<f+++++++++ site/new.txt", "<fcs....... site/size.txt", "*deleting   site/old.txt"]
        for options in [["-n"], []] {
            let run = try await site.deploy(["-i", "--delete", "--adopt"] + options, prefix: "site")
            #expect(run.status == 0, "\(run)")
            let found = run.output.split(separator: "\n").filter { $0.hasPrefix("<") || $0.hasPrefix("*") }.map(String.init)
            // A plan is in order; files that are sent at once end in any order, and deletions come last.
            #expect(options.isEmpty ? Set(found) == Set(lines) && found.last == lines.last : found == lines, "\(run)")
            #expect(found.count == lines.count)
        }
    }

    @Test func ignoreExistingReplacesNothing() async throws {
        let site = try await Site(.files(["new.txt": "new", "other.txt": "local"]), on: .radosgw)
        try await site.bucket.put("other.txt", "remote")
        let run = try await site.deploy(["--ignore-existing"])
        #expect(run.status == 0 && run.output.contains("skipped         0 unchanged, 1 existing"), "\(run)")
        #expect(try await site.bucket.keys() == ["new.txt", "other.txt"])
        #expect(try await site.bucket.body("other.txt") == Array("remote".utf8))
    }

    @Test func whatHasNothingToDoSaysSoOnce() async throws {
        let site = try await Site(.files(["a.txt": "a"]), on: .ministack)
        let run = try await site.deploy(["-artzPv"])
        #expect(run.status == 0, "\(run)")
        for option in ["-a, -r:", "-t:", "-z:", "-P:"] { #expect(run.output.components(separatedBy: option).count == 2, "\(run)") }
        let quiet = try await site.deploy(["-art"])
        #expect(quiet.status == 0 && !quiet.output.contains("nothing to do"), "\(quiet)")
    }

    @Test func theFileIsOverruled() async throws {
        let site = try await Site(.files(["a.txt": "a", ".hidden": "h"]), on: .ministack)
        try await site.bucket.put("old.txt", "remote")
        try site.folder.write(
            """
            cors: off
            delete: true
            dotfiles: true
            endpoint-url: \(site.place.endpoint)
            source: gallery
            destination: s3://\(site.bucket.name)
            """, to: "galleria-deploy.yml")
        let run = try await site.run(["--no-delete", "--no-dotfiles"])
        #expect(run.status == 0, "\(run)")
        #expect(try await site.bucket.keys() == ["a.txt", "old.txt"])
    }
}

/// The same, where rsync's own users would be surprised.
@Suite struct RsyncHabitTests {
    @Test(arguments: ["-h", "--help"]) func hIsHelp(_ option: String) async throws {
        let run = try await Program.run([Executable.path, "deploy", option])
        #expect(run.status == 0 && run.output.contains("--itemize-changes") && run.output.contains("Exit status:"), "\(run)")
    }

    @Test(
        arguments: [
            (["--size-only"], "a corrected capture time changes no size"), (["-u"], "an object's time is that of its upload"),
            (["--files-from", "list", "--delete"], "--files-from and --delete exclude each other"),
            (["--files-from", "list", "--delete-excluded"], "--files-from and --delete exclude each other"),
        ]) func whatWouldDoHarmIsRefusedWithTheReason(_ row: (options: [String], reason: String)) async throws
    {
        let site = try await Site(.files(["a.txt": "a"]), on: .ministack)
        try site.folder.write("a.txt\n", to: "list")
        let run = try await site.deploy(row.options)
        #expect(run.status == 64 && run.errors.contains(row.reason), "\(run)")
        #expect(try await site.bucket.keys() == [])
    }

    @Test func safeLinksLeavesOutWhatLeadsOutOfTheSource() async throws {
        let site = try await Site(.files(["a.txt": "a"]), on: .ministack)
        try site.folder.write("outside", to: "outside.txt")
        for (name, target) in [("in.txt", "a.txt"), ("out.txt", "../outside.txt")] {
            try FileManager.default.createSymbolicLink(atPath: site.folder.path("gallery/\(name)"), withDestinationPath: target)
        }
        #expect(try await site.deploy(["--safe-links"]).status == 0)
        #expect(try await site.bucket.keys() == ["a.txt", "in.txt"])
        #expect(try await site.deploy().status == 0)
        #expect(try await site.bucket.keys() == ["a.txt", "in.txt", "out.txt"])
        // What is left out is protected.
        #expect(try await site.deploy(["--safe-links", "--delete", "--max-delete", "100%"]).status == 0)
        #expect(try await site.bucket.keys() == ["a.txt", "in.txt", "out.txt"])
    }
}
