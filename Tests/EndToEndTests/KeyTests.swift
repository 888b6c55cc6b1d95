import Foundation
import TestSupport
import Testing

@Suite struct KeyTests {
    /// Names that a Linux file system takes, each awkward in its own way.
    static let names = [
        "a b", " lead", "trail ", "a+b", "a%20b", "a%2Fb", "100%", "e\u{301}", "\u{e9}", "日本語", "😀.txt", "tab\tx", "new\nline", "cr\rx",
        "bell\u{7}",
        "~!*'();:@&=,?#[]$", "\"quoted\"", "back\\slash", "-dash", "--delete", "<&>", "{}|^`", "dot./x", "a/b c/d+e", "...", "sub/...",
        "\u{202e}gnp.exe",
        "soft\u{ad}hyphen", "\u{ffff}", String(repeating: "ä", count: 127), "Index.HTML", "index.html", "x=1&y=2", "%", "+", "'", "a;b",
    ]

    /// Names that sort otherwise in bytes than in UTF-16 (the last two), in a locale (letters of either case, accents), with numbers, and by folders
    /// before or after their neighbours.
    static let orders = [
        "a-b", "a/b", "a0", "a b", "a.b", "a/b-c", "a/b.d/x", "a/b0", "A/z", "B", "b", "Z", "z", "zz/a", "\u{e9}", "e\u{301}", "ea", "f",
        "f10", "f9",
        "\u{df}", "ss", "st", "\u{e4}", "a\u{308}", "\u{65e5}/\u{672c}", "\u{65e5}-x", "\u{ff5e}.txt", "\u{1f600}.txt",
    ]

    @Test(arguments: [S3Server.radosgw, .ministack]) func oddOrdersAreMergedWithoutALoss(_ server: S3Server) async throws {
        var site = try await Site(.files([:]), on: server)
        for name in Self.orders { try site.folder.writeByBytes("content of \(name)", to: "gallery/\(name)") }
        let recorder = try await Recorder(before: site.place)
        site.place = recorder.place
        let run = try await site.deploy()
        #expect(run.status == 0 && run.errors.contains("NFC"), "\(run)")
        let expected = Self.orders.map { [UInt8]($0.utf8) }.sorted { $0.lexicographicallyPrecedes($1) }
        #expect(try await site.bucket.listing().map(\.keyBytes) == expected)
        _ = try await recorder.log()
        // Whatever knows the objects, and in a locale that sorts otherwise: nothing is sent, and nothing taken for gone.
        for (options, locale) in [
            ([], "C"), (["--no-state"], "C"), (["--delete"], "de_DE.UTF-8"), (["--delete", "--no-state"], "sv_SE.UTF-8"),
        ] {
            let again = try await site.deploy(options, environment: ["LANG": locale, "LC_ALL": locale])
            #expect(again.status == 0 && again.output.contains("\(Self.orders.count) unchanged"), "\(again)")
            #expect(try await recorder.log().map(\.operation) == ["ListObjectsV2"])
        }
        // One in the midst goes, and only that.
        try site.folder.remove("gallery/a/b-c")
        let removed = try await site.deploy(["--delete"])
        #expect(removed.status == 0 && removed.output.contains("deleted         1"), "\(removed)")
        #expect(try await site.bucket.listing().map(\.keyBytes) == expected.filter { $0 != [UInt8]("a/b-c".utf8) })
    }

    @Test func everyOddNameArrivesByteExactAndIsThenUnchanged() async throws {
        var site = try await Site(.files([:]), on: .radosgw)
        // Written by bytes: Foundation must not get a chance to normalise a name.
        for name in Self.names { try site.folder.writeByBytes("content of \(name)", to: "gallery/\(name)") }
        let run = try await site.deploy(["--dotfiles"], prefix: "odd + ö")
        #expect(run.status == 0, "\(run)")
        let listed = Set(try await site.bucket.listing().map(\.keyBytes))
        #expect(listed == Set(Self.names.map { [UInt8]("odd + ö/\($0)".utf8) }))
        for name in Self.names { #expect(try await site.bucket.body("odd + ö/\(name)") == [UInt8]("content of \(name)".utf8)) }

        let recorder = try await Recorder(before: site.place)
        site.place = recorder.place
        #expect(try await site.deploy(["--dotfiles"], prefix: "odd + ö").status == 0)
        #expect(try await recorder.log().map(\.operation) == ["ListObjectsV2"])
        #expect(try await site.deploy(["--dotfiles", "--delete"], prefix: "odd + ö").status == 0)
        #expect(try await site.bucket.listing().count == Self.names.count)
    }
}
