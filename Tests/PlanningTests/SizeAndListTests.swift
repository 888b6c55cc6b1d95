import Planning
import Testing
import Vocabulary

@Suite struct SizeAndListTests {
    @Test(
        arguments: [
            ("0", 0), ("500", 500), ("500B", 500), ("10k", 10_240), ("10K", 10_240), ("10KiB", 10_240), ("10KB", 10_000),
            ("1.5m", 1_572_864),
            ("2G", 2_147_483_648), ("1tb", 1_000_000_000_000), ("1P", 1_125_899_906_842_624), ("0.1K", 102), ("007", 7),
        ] as [(String, Int64)]) func sizes(_ text: String, _ bytes: Int64)
    { #expect(ByteSize(text)?.bytes == bytes) }

    /// rsync(1), --bwlimit: without a suffix, units of 1024 bytes.
    @Test(arguments: [("0", 0), ("500", 512_000), ("1.5", 1536), ("500B", 500), ("1.5m", 1_572_864), ("1KB", 1000)] as [(String, Int64)])
    func rates(_ text: String, _ bytes: Int64) { #expect(ByteSize(text, unit: 1024)?.bytes == bytes) }

    @Test(arguments: [
        "", "K", "-1", "+1", "1 K", "1KK", "1X", "1.", ".5", "1.2.3", "1e3", "0x10", "99999999999P", "1Ki", "1BB", "nan", "１",
    ])
    func noSizes(_ text: String) { #expect(ByteSize(text) == nil) }

    @Test func limitsNameTheOptionThatLeavesOut() throws {
        let limits = SizeLimits(minimum: ByteSize("10"), maximum: ByteSize("20"))
        #expect([9, 10, 20, 21].map { limits.option(excluding: $0) } == ["--min-size", nil, nil, "--max-size"])
        #expect(SizeLimits().option(excluding: .max) == nil)
    }

    @Test func listsAreReadByLineOrByNUL() throws {
        let lines = try FilesFrom(Array("a.jpg\r\n# no\n; no\n\n./x//y/\n a \nx/y\n".utf8))
        #expect(lines.paths == [Key(" a "), Key("a.jpg"), Key("x/y")])
        let terminated = try FilesFrom(Array("a\nb\0#c\0\0./d\0".utf8))
        #expect(terminated.paths == [Key("#c"), Key("a\nb"), Key("d")])
        #expect(try FilesFrom([]).paths.isEmpty)
    }

    @Test func listsAreRefusedByEntry() {
        #expect(throws: FilesFrom.SyntaxError.self) { try FilesFrom(Array("a\nx/../b".utf8)) }
        let error = #expect(throws: FilesFrom.SyntaxError.self) { try FilesFrom(Array("a\n".utf8) + [0xFF]) }
        #expect(error?.number == 2)
    }

    @Test func aFolderStandsForAllBelowIt() throws {
        let list = try FilesFrom(Array("a.jpg\nx/y\nz-1/a".utf8))
        for path in ["a.jpg", "x/y", "x/y/a", "x/y/z/a", "z-1/a"] { #expect(list.contains(Key(path)), "\(path)") }
        for path in ["b", "a.jpg2", "x", "x/z", "x/yy", "z-1/b", "z"] { #expect(!list.contains(Key(path)), "\(path)") }
        for folder in ["x", "x/y", "x/y/z", "z-1", "a.jpg"] { #expect(list.reaches(folder: Key(folder)), "\(folder)") }
        for folder in ["z", "x/yy", "x/a", "b", "z-"] { #expect(!list.reaches(folder: Key(folder)), "\(folder)") }
        #expect(try FilesFrom(Array(".".utf8)).contains(Key("x/y")))
        #expect(try !FilesFrom([]).contains(Key("x")))
    }
}
