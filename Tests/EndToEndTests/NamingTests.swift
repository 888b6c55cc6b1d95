import Foundation
import TestSupport
import Testing

/// Keys that are not the files' own names.
@Suite struct NamingTests {
    private func write(_ site: Site, _ paths: [String]) throws {
        for path in paths { try site.folder.writeByBytes("content of \(Array(path.utf8))", to: "gallery/\(path)") }
    }

    @Test(arguments: [S3Server.radosgw, .ministack]) func keysAreNamedAsAsked(_ server: S3Server) async throws {
        let site = try await Site(.files([:]), on: server)
        // In another order than their keys: upper case sorts before lower, a decomposed letter before z.
        try write(site, ["B/Two.TXT", "Zeta.txt", "a.txt", "o\u{308}st/A\u{30A}.html", "o\u{308}z.txt", "oz.txt"])
        let run = try await site.deploy(["--unicode", "nfc", "--key-case", "lower"])
        #expect(run.status == 0, "\(run)")
        let keys = ["a.txt", "b/two.txt", "oz.txt", "zeta.txt", "\u{F6}st/\u{E5}.html", "\u{F6}z.txt"]
        #expect(Set(try await site.bucket.listing().map(\.keyBytes)) == Set(keys.map { [UInt8]($0.utf8) }))
        #expect(try await site.bucket.body("b/two.txt") == [UInt8]("content of \(Array("B/Two.TXT".utf8))".utf8))
        for options in [[], ["--no-state"], ["--delete"]] {
            let again = try await site.deploy(["--unicode", "nfc", "--key-case", "lower"] + options)
            #expect(again.status == 0 && again.output.contains("skipped         6 unchanged"), "\(again)")
        }
        #expect(try await site.run(["verify", site.source, "s3://\(site.bucket.name)", "--unicode=nfc", "--key-case=lower"]).status == 0)
    }

    @Test(
        arguments: [
            (
                ["a.txt", "A.txt", "b/X", "B/x"], ["--key-case", "lower"],
                "2 pairs of files would become one object each: A.txt and a.txt; B/x and b/X"
            ),
            (["\u{E5}", "a\u{30A}"], ["--unicode", "nfc"], "with --unicode nfc, two files would become one object each"),
        ]) func filesThatWouldBecomeOneAreRefused(_ row: (names: [String], options: [String], message: String)) async throws
    {
        let site = try await Site(.files([:]), on: .ministack)
        try write(site, row.names)
        let run = try await site.deploy(row.options)
        #expect(run.status == 4 && run.errors.contains(row.message), "\(run)")
        #expect(try await site.bucket.keys() == [])
    }

    /// Filters are written for the files' names and protect the objects of what they leave out.
    @Test func whatIsLeftOutStaysUnderItsNameInTheBucket() async throws {
        let site = try await Site(.files([:]), on: .radosgw)
        try write(site, ["Keep.txt", "Drafts/One.txt", "Note.TXT", "Old.txt"])
        let naming = ["--key-case", "lower"]
        #expect(try await site.deploy(naming).status == 0)
        #expect(try await site.bucket.keys().sorted() == ["drafts/one.txt", "keep.txt", "note.txt", "old.txt"])
        try FileManager.default.removeItem(atPath: site.folder.path("gallery/Old.txt"))
        // The second pattern is that of a key, and of no file.
        let run = try await site.deploy(naming + ["--delete", "--max-delete", "100%", "--exclude", "Drafts/", "--exclude", "keep.txt"])
        #expect(run.status == 0, "\(run)")
        #expect(try await site.bucket.keys().sorted() == ["drafts/one.txt", "keep.txt", "note.txt"])
        let excluded = try await site.deploy(naming + ["--delete-excluded", "--max-delete", "100%", "--exclude", "Drafts/"])
        #expect(excluded.status == 0, "\(excluded)")
        #expect(try await site.bucket.keys().sorted() == ["keep.txt", "note.txt"])
    }

    @Test func anOldNameIsDeletedOnceKeysAreNamedOtherwise() async throws {
        let site = try await Site(.files([:]), on: .radosgw)
        try write(site, ["A.txt", "b.txt"])
        #expect(try await site.deploy().status == 0)
        let run = try await site.deploy(["--key-case", "lower", "--delete"])
        #expect(run.status == 0, "\(run)")
        #expect(try await site.bucket.keys().sorted() == ["a.txt", "b.txt"])
    }

    @Test func charactersThatS3AdvisesAgainstAreAWarning() async throws {
        let site = try await Site(.files([:]), on: .radosgw)
        try write(site, ["50%.txt", "a#b.txt", "a\\b.txt", "a~b.txt", "plain name (1).txt", "\u{E5}.txt"])
        let run = try await site.deploy()
        #expect(
            run.status == 0 && run.errors.contains("4 names hold characters that S3 advises against")
                && run.errors.contains("50%.txt, a#b.txt, a\\b.txt, …"), "\(run)")
        #expect(try await site.bucket.keys().count == 6)
        let quiet = try await site.deploy(["-q"])
        #expect(quiet.status == 0 && quiet.errors.isEmpty, "\(quiet)")
    }
}
