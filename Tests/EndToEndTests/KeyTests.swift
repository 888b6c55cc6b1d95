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
