import Planning
import Testing
import Vocabulary

/// Keys are read back into what they were made of.
@Suite struct LayoutReadingTests {
    @Test(
        arguments: [
            ("{dir}/{name}", "a/b/c.jpg", "dir=a/b name=c.jpg", "a/b/c.jpg"), ("{dir}/{name}", "c.jpg", "dir= name=c.jpg", "c.jpg"),
            ("x/{dir}/{stem}.{ext}", "x/a/b.c.jpg", "dir=a stem=b.c ext=jpg", "a/b.c.jpg"),
            ("x/{dir}/{stem}.{ext}", "x/README", "dir= stem=README ext=", "README"),
            ("{taken:yyyy/MM/dd}/{name}", "2024/06/15/a.jpg", "taken=2024/06/15 name=a.jpg", nil),
            ("{taken:yyyy|undated}/{name}", "undated/a.jpg", "taken=undated name=a.jpg", nil),
            ("p/{timestamp}_{index:02}.{ext}", "p/20231114_221320_07.jpg", "timestamp=20231114_221320 index=07 ext=jpg", nil),
            ("p/{index:02}.{ext}", "p/100.jpg", "index=100 ext=jpg", nil),
            ("{sha256:8}.{ext}", "0123abcd.jpg", "sha256=0123abcd ext=jpg", nil),
            ("{user}/{name}", "ada/x", "user=ada name=x", nil),
        ] as [(String, String, String, String?)]) func readsKeys(row: (template: String, key: String, values: String, path: String?)) throws
    {
        let layout = try Layout(row.template, setting: row.template.contains("user") ? ["user": "ada"] : [:])
        let reading = try #require(layout.reading(of: Key(row.key)))
        #expect(reading.values.map { "\($0.name)=\($0.text)" }.joined(separator: " ") == row.values)
        #expect(reading.path?.string == row.path)
    }

    @Test(arguments: [
        ("x/{name}", "y/a"), ("x/{name}", "x/a/b"), ("{taken:yyyy/MM}/{name}", "2024/13/a"), ("{index:02}.{ext}", "7.jpg"),
        ("{sha256:8}.{ext}", "0123ABCD.jpg"), ("{stem}_{stem}", "a_b"), ("{kind=a|b}/{name}", "c/x"), ("{dir}/x/{name}", "a//x/b"),
    ]) func knowsWhatItCouldNotHaveMade(row: (template: String, key: String)) throws {
        let layout = try Layout(row.template, perFile: ["kind"])
        #expect(layout.reading(of: Key(row.key)) == nil)
        #expect(!layout.matches(Key(row.key)))
    }

    @Test func saysWhereAKeyCanBeReadInSeveralWays() throws {
        let layout = try Layout("{make}-{model}")
        #expect(try #require(layout.reading(of: Key("a-b-c"))).isAmbiguous)
        #expect(try #require(layout.reading(of: Key("a-b"))).isAmbiguous == false)
    }

    /// Reading never takes long, however many ways there are: what is not found in time counts as foreign.
    @Test func manyWaysAreNotTriedForEver() throws {
        let layout = try Layout("{a}{b}{c}{d}{e}{f}{g}{h}!", perFile: ["a", "b", "c", "d", "e", "f", "g", "h"])
        #expect(!layout.matches(Key(String(repeating: "x", count: 900))))
    }

    /// Whatever a file tells, its key is read back to it, and is never a way out of the prefix.
    @Test(arguments: [
        "{dir}/{name}", "x/{dir}/{stem}.{ext}", "{taken:yyyy/MM/dd}/{dir}/{name}", "{dir}/{index:03}-{stem}.{ext}",
        "{timestamp:yyyy}/{dir}/{name}", "{stem}/{dir}/{stem}.{ext}",
    ]) func whatIsWrittenIsReadBack(template: String) throws {
        let layout = try Layout(template)
        #expect(layout.tellsPaths)
        var random = MergeJoinTests.SplitMix(state: 7)
        let characters = ["a", "B", "é", "e\u{301}", ".", "-", "_", "x.y", "{", "7", "\u{1F642}"]
        for _ in 0..<400 {
            let names = (0..<Int.random(in: 1...3, using: &random)).map { _ in
                "n" + (0..<Int.random(in: 1...6, using: &random)).map { _ in characters.randomElement(using: &random) ?? "" }.joined() + "m"
            }
            var facts = LayoutFacts(path: Key(names.joined(separator: "/")))
            facts.taken = LayoutTime(year: 2024, month: 1, day: Int.random(in: 1...31, using: &random), hour: 0, minute: 0, second: 0)
            facts.seen = Int64.random(in: 0..<4_000_000_000_000_000, using: &random)
            let key = try layout.key(of: facts, index: Int.random(in: 0..<2000, using: &random))
            let reading = try #require(layout.reading(of: key), "\(key)")
            if !reading.isAmbiguous { #expect(reading.path == facts.path, "\(key)") }
            #expect(layout.matches(key))
        }
    }

    /// Nothing that a name may hold leads out of the prefix.
    @Test func noNameLeadsOut() throws {
        let layout = try Layout("{dir}/{model|none}/{stem}{ext}")
        var random = MergeJoinTests.SplitMix(state: 11)
        let pieces = [".", "..", "/", "\\", "\u{0}", "\n", " ", "a", "\u{7F}", "\u{85}", "\u{202E}"]
        for _ in 0..<2000 {
            func text() -> String {
                (0..<Int.random(in: 1...8, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
            }
            var facts = LayoutFacts(path: Key(text() + "/" + text()))
            facts.model = text()
            guard let key = try? layout.key(of: facts, index: nil) else { continue }
            #expect(KeyMap.problem(ofKey: key.string) == nil, "\(Array(facts.path.bytes)) → \(key)")
        }
    }
}
