import Planning
import Testing
import Vocabulary

@Suite struct ShardTests {
    static let paths = (0..<7000).map { Key("album \($0 % 13)/photo-\($0).jpg") } + [Key(""), Key("a"), Key("é"), Key("e\u{301}")]

    @Test(arguments: 1...7) func everyPathBelongsToExactlyOne(_ count: Int) throws {
        let shards = try (1...count).map { try #require(Shard("\($0)/\(count)")) }
        for path in Self.paths { #expect(shards.count { $0.contains(path) } == 1) }
        // None does much more than its share.
        for shard in shards {
            let share = Double(Self.paths.count { shard.contains($0) }) / Double(Self.paths.count) * Double(count)
            #expect((0.85...1.15).contains(share), "\(shard): \(share)")
        }
    }

    /// Machines of different versions share a gallery: which part a path belongs to never changes.
    @Test func theDivisionIsForGood() throws {
        let paths = ["index.html", "photos/a.jpg", "photos/b.jpg", "日本/語.jpg"]
        func part(_ path: String) throws -> Int { try #require((1...7).first { Shard("\($0)/7")?.contains(Key(path)) == true }) }
        #expect(try paths.map(part) == [5, 1, 6, 1])
    }

    @Test(arguments: ["", "1", "0/1", "2/1", "1/0", "a/b", "1/2/3", "-1/2", "1/-2", "+1/2", " 1/2", "1/10001", "1/99999999999999999999"])
    func othersAreNone(_ text: String) { #expect(Shard(text) == nil) }
}
