import Planning
import Testing
import Vocabulary

@Suite struct FilterTests {
    /// Judges paths by rules of the command line (`!` takes in), of the configuration file, and of `.galleria-ignore` files by folder.
    static func verdicts(
        _ paths: [String], rules: [String] = [], settings: [String] = [], files: [String: String] = [:]
    ) throws -> [String: String] {
        let filter = PathFilter(
            rules: try rules.map { rule in
                rule.hasPrefix("!")
                    ? try FilterRule(option: "--include", pattern: String(rule.dropFirst()))
                    : try FilterRule(option: "--exclude", pattern: rule)
            }, settings: try settings.map { FilterRule(try Glob($0), isInclusion: false, origin: .setting("exclude")) })
        var cursor = filter.cursor { folder throws(FilterError) in
            let path = String(decoding: folder, as: UTF8.self)
            return try FilterFile.rules(
                Array((files[path] ?? "").utf8), path: path.isEmpty ? FilterFile.name : "\(path)/\(FilterFile.name)")
        }
        var verdicts: [String: String] = [:]
        for path in paths {
            switch try cursor.verdict(of: Key(path)) {
            case .included(by: nil): verdicts[path] = "in"
            case .included(let rule?): verdicts[path] = "in \(rule)"
            case .excluded(let rule): verdicts[path] = "out \(rule)"
            }
        }
        return verdicts
    }

    struct Case: CustomTestStringConvertible {
        var testDescription: String
        var rules: [String] = []
        var settings: [String] = []
        var files: [String: String] = [:]
        let expected: [String: String]
    }

    static let table: [Case] = [
        Case(testDescription: "nothing said", expected: ["a": "in", "a/b": "in"]),
        Case(
            testDescription: "the last that matches wins", rules: ["*.tmp", "!keep.tmp", "/x/*.tmp"],
            expected: [
                "a.tmp": "out --exclude '*.tmp'", "keep.tmp": "in --include 'keep.tmp'", "x/keep.tmp": "out --exclude '/x/*.tmp'",
                "a": "in",
            ]),
        Case(
            testDescription: "the command line stands above files, files above settings", rules: ["!a.tmp", "b.jpg"],
            settings: ["*.jpg", "*.raw"],
            files: ["": "*.tmp\n!*.jpg\n"],
            expected: [
                "a.tmp": "in --include 'a.tmp'", "c.tmp": "out .galleria-ignore:1: *.tmp", "a.jpg": "in .galleria-ignore:2: !*.jpg",
                "b.jpg": "out --exclude 'b.jpg'", "x/a.raw": "out exclude: '*.raw'",
            ]),
        Case(
            testDescription: "nearer files stand above farther ones", files: ["": "*.txt\n", "x": "!*.txt\n", "x/y": "a.txt\n"],
            expected: [
                "a.txt": "out .galleria-ignore:1: *.txt", "x/a.txt": "in x/.galleria-ignore:1: !*.txt",
                "x/y/a.txt": "out x/y/.galleria-ignore:1: a.txt", "x/y/b.txt": "in x/.galleria-ignore:1: !*.txt",
            ]),
        Case(
            testDescription: "patterns of a file start at its folder", files: ["x": "/a\nb/c\n"],
            expected: [
                "x/a": "out x/.galleria-ignore:1: /a", "x/y/a": "in", "x/b/c": "out x/.galleria-ignore:2: b/c", "x/y/b/c": "in", "a": "in",
                "b/c": "in",
            ]),
        Case(
            testDescription: "what lies in a folder left out is left out", rules: ["raw", "!raw/keep.jpg", "!keep.jpg"],
            files: ["raw": "!*\n"],
            expected: [
                "raw/keep.jpg": "out --exclude 'raw'", "x/raw/y/keep.jpg": "out --exclude 'raw'", "keep.jpg": "in --include 'keep.jpg'",
            ]),
        Case(
            testDescription: "photos of the top folder only, and of all folders", rules: ["*", "!*.jpg"],
            expected: ["a.jpg": "in --include '*.jpg'", "x/a.jpg": "out --exclude '*'"]),
        Case(
            testDescription: "photos of all folders", rules: ["*", "!*/", "!*.jpg"],
            expected: ["a.jpg": "in --include '*.jpg'", "x/y/a.jpg": "in --include '*.jpg'", "x/a.png": "out --exclude '*'"]),
        Case(
            testDescription: "a slash at the end means folders", rules: ["tmp/"],
            expected: ["tmp": "in", "tmp/a": "out --exclude 'tmp/'", "x/tmp/y/a": "out --exclude 'tmp/'"]),
        Case(
            testDescription: "names are bytes", rules: ["\u{E4}.jpg"],
            expected: ["\u{E4}.jpg": "out --exclude '\u{E4}.jpg'", "a.jpg": "in"]),
        Case(testDescription: "a decomposed letter is another name", rules: ["\u{E4}.jpg"], expected: ["a\u{308}.jpg": "in"]),
        Case(testDescription: "? is a character", rules: ["?.jpg"], expected: ["ä.jpg": "out --exclude '?.jpg'", "ab.jpg": "in"]),
        Case(
            testDescription: "sets and braces", rules: ["[a-c].{jpg,png}"],
            expected: ["b.png": "out --exclude '[a-c].{jpg,png}'", "d.png": "in"]),
        Case(testDescription: "suffixes", rules: ["*~"], expected: ["a~": "out --exclude '*~'", "~": "out --exclude '*~'", "~a": "in"]),
    ]

    @Test(arguments: table) func judges(_ row: Case) throws {
        let found = try Self.verdicts(row.expected.keys.sorted(), rules: row.rules, settings: row.settings, files: row.files)
        #expect(found == row.expected)
    }

    @Test func filterFilesAreReadOnceAFolderAndNeverBelowOneThatIsLeftOut() throws {
        var asked: [String] = []
        let filter = PathFilter(rules: [try FilterRule(option: "--exclude", pattern: "raw")])
        var cursor = filter.cursor { folder throws(Never) in
            asked.append(String(decoding: folder, as: UTF8.self))
            return []
        }
        for path in ["a", "b/c", "b/d", "b/x/y", "b/z", "raw/a", "raw/b/c", "x"] { _ = cursor.verdict(of: Key(path)) }
        #expect(asked == ["", "b", "b/x"])
        var silent = PathFilter(readsFilterFiles: false).cursor { _ throws(Never) in
            asked.append("?")
            return []
        }
        #expect(silent.verdict(of: Key("a/b")) == .included(by: nil))
        #expect(!asked.contains("?"))
    }

    @Test func aFilterFileThatCannotBeReadStopsTheCursor() {
        struct Broken: Error, Equatable {}
        var cursor = PathFilter().cursor { _ throws(Broken) in throw Broken() }
        #expect(throws: Broken()) { try cursor.verdict(of: Key("a")) }
    }

    // MARK: Files of rules.

    @Test func linesAreReadAsGitDoes() throws {
        let text = "\u{FEFF}# comment\r\n\r\n*.tmp  \r\n!keep\n\\#a\n\\!b\na\\ \nb \\\\  \n"
        let rules = try FilterFile.rules(Array(text.utf8), path: "f")
        #expect(rules.map(\.description) == ["f:3: *.tmp", "f:4: !keep", "f:5: \\#a", "f:6: \\!b", "f:7: a\\ ", "f:8: b \\\\"])
        #expect(rules.map(\.isInclusion) == [false, true, false, false, false, false])
    }

    @Test func signsAreReadAsRsyncAndRcloneWriteThem() throws {
        let text = "+ *.jpg\n- *\n!x\n+y\n"
        let signed = try FilterFile.rules(Array(text.utf8), path: "f", syntax: .signed)
        #expect(signed.map(\.description) == ["f:1: !*.jpg", "f:2: *", "f:3: !x", "f:4: +y"])
        #expect(try FilterFile.rules(Array(text.utf8), path: "f").map(\.glob.pattern) == ["+ *.jpg", "- *", "x", "+y"])
    }

    @Test(arguments: [
        ("a\n[b\n", "f:2: '[b' lacks the end"), ("!\n", "f:1: an empty pattern"), ("a\n/\n", "f:2: an empty pattern"),
        ("a\\", "f:1: 'a\\' ends in"),
    ])
    func rulesAreRefusedByLine(_ text: String, _ words: String) {
        let error = #expect(throws: FilterError.self) { try FilterFile.rules(Array(text.utf8), path: "f") }
        #expect(error?.description.hasPrefix(words) == true, "\(String(describing: error))")
    }

    @Test func optionsAreRefusedByName() {
        let error = #expect(throws: FilterError.self) { try FilterRule(option: "--include", pattern: "{a") }
        #expect(error?.description.hasPrefix("--include: '{a' lacks the end") == true)
        #expect(throws: FilterError.self) { try FilterFile.rules([0xFF], path: "f") }
    }

    @Test func anExclusionMayTakeInByAMark() throws {
        #expect(try FilterRule(option: "--exclude", pattern: "!a").isInclusion)
        #expect(try FilterRule(option: "--include", pattern: "!a").glob.pattern == "!a")
    }
}
