import CDN
import Testing
import Vocabulary

/// What is to be fetched anew, and what few entries stand for many.
@Suite struct PurgeListTests {
    @Test func onlyWhatWasThereBeforeIsPurged() {
        var list = PurgeList()
        list.note(Key("new.jpg"), isNew: true)
        #expect(list.isEmpty)
        list.note(Key("b.jpg"))
        list.note(Key("a.jpg"), isNew: true, purgesNew: true)
        #expect(list.entries == [PurgeEntry(Key("a.jpg")), PurgeEntry(Key("b.jpg"))])
    }

    /// An index page's folder may have been answered with something else before.
    @Test(arguments: [
        ("a/b/index.html", ["a/b", "a/b/", "a/b/index.html"]), ("index.html", ["", "index.html"]),
        ("a/index.htm", ["a", "a/", "a/index.htm"]),
    ])
    func anIndexPageIsItsFolderToo(_ path: String, _ expected: [String]) {
        var list = PurgeList()
        list.note(Key(path), isNew: true)
        #expect(list.entries == expected.map { PurgeEntry(Key($0)) })
    }

    @Test func tooManyAreEverything() {
        var list = PurgeList()
        for number in 0..<PurgeList.mostPaths { list.note(Key("\(number).jpg")) }
        #expect(!list.isEverything)
        list.note(Key("another.jpg"))
        #expect(list.isEverything && list.entries == [.everything] && list.text == "*")
        list.note(Key("a.jpg"))
        #expect(list.entries == [.everything])
    }

    @Test(arguments: [["a.jpg", "ä/b c.html"], [], ["b/index.html"]]) func whatIsRememberedIsReadAgain(_ paths: [String]) {
        var list = PurgeList()
        for path in paths { list.note(Key(path)) }
        #expect(PurgeList(text: list.text) == list)
    }

    @Test(arguments: ["a\nb", "*"]) func whatALineCannotHoldIsEverything(_ path: String) {
        var list = PurgeList()
        list.note(Key(path))
        #expect(PurgeList(text: list.text).isEverything)
    }

    private static func collapse(_ paths: [String], _ limit: Int, _ folders: Int) -> [String] {
        PurgeCollapse.collapse(
            paths.map { path in path.hasSuffix("*") ? PurgeEntry(folder: Key(String(path.dropLast()))) : PurgeEntry(Key(path)) },
            limit: limit, folderLimit: folders
        )
        .map { $0.path.string + ($0.isFolder ? "*" : "") }
    }

    @Test(arguments: [
        (["b", "a"], 2, 2, ["a", "b"]),
        // The deepest folder gives way first, the fullest of them.
        (["a/x/1", "a/x/2", "a/y/1", "a/y/2", "a/y/3", "b/1"], 4, 4, ["a/x/1", "a/x/2", "a/y/*", "b/1"]),
        (["a/x/1", "a/x/2", "a/y/1", "a/y/2", "a/y/3", "b/1"], 3, 3, ["a/x/*", "a/y/*", "b/1"]),
        (["a/x/1", "a/x/2", "a/y/1", "a/y/2", "a/y/3", "b/1"], 2, 2, ["a/*", "b/1"]),
        (["a/x/1", "a/x/2", "b/1"], 1, 1, ["*"]),
        // A file alone in its folder stays itself.
        (["a/1", "b/1", "c/1", "c/2"], 3, 3, ["a/1", "b/1", "c/*"]),
        // Few folders, though there is room for many entries.
        (["a/*", "b/*", "c/1"], 10, 1, ["*"]),
        (["x/a/*", "x/b/*", "c/1"], 10, 1, ["c/1", "x/*"]),
        // What a folder holds already.
        (["a/*", "a/1", "a/b/*", "a/", "a"], 10, 10, ["a", "a/*"]),
        (["", "index.html"], 1, 1, ["*"]),
    ])
    func foldersStandForWhatLiesInThem(_ paths: [String], _ limit: Int, _ folders: Int, _ expected: [String]) {
        #expect(Self.collapse(paths, limit, folders) == expected)
    }

    /// Whatever the limits, nothing that changed is left out, and the limits hold.
    @Test(arguments: 1...40) func nothingIsLost(_ seed: Int) {
        var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        let paths = Set((0..<next(60) + 1).map { _ in (0...next(4)).map { _ in ["a", "b", "c", "ä"][next(4)] }.joined(separator: "/") })
        let (limit, folders) = (next(12) + 1, next(6) + 1)
        let entries = PurgeCollapse.collapse(paths.map { PurgeEntry(Key($0)) }, limit: limit, folderLimit: folders)
        #expect(entries.count <= limit && entries.count { $0.isFolder } <= folders && entries == entries.sorted())
        for path in paths {
            #expect(entries.contains { $0.isFolder ? Array(path.utf8).starts(with: $0.path.bytes) : $0.path.string == path }, "\(path)")
        }
    }

    @Test(arguments: [
        ("https://p.example/g/a%20b/c.jpg", "a b/c.jpg", false), ("https://p.example/g", "", false),
        ("https://p.example/g/a/*", "a/", true),
        ("photos/x.jpg", "x.jpg", false), ("/photos/x+y.jpg", "x+y.jpg", false), ("x.jpg", "x.jpg", false), ("*", "", true),
    ])
    func aPersonNamesAddressesOrKeys(_ text: String, _ path: String, _ isFolder: Bool) {
        let entry = ContentAddress.entry(text, bases: ["https://p.example/g/"], prefix: Prefix("photos"))
        #expect(entry == (isFolder ? PurgeEntry(folder: Key(path)) : PurgeEntry(Key(path))))
    }

    @Test func anAddressElsewhereIsNone() {
        #expect(ContentAddress.entry("https://q.example/a", bases: ["https://p.example/"], prefix: Prefix("")) == nil)
    }
}
