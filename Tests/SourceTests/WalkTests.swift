import Foundation
import Source
import Testing
import Vocabulary

/// A folder of its own for each test, removed with it.
final class Folder {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("galleria-" + UUID().uuidString).path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ name: String, _ bytes: some Sequence<UInt8> = Array("x".utf8)) throws {
        let file = path + "/" + name
        let parent = file[..<(file.lastIndex(of: "/") ?? file.endIndex)]
        try FileManager.default.createDirectory(atPath: String(parent), withIntermediateDirectories: true)
        let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        try #require(descriptor >= 0, "cannot create \(file)")
        defer { close(descriptor) }
        let data = Array(bytes)
        #expect(unsafe_write(descriptor, data) == data.count)
    }

    private func unsafe_write(_ descriptor: Int32, _ bytes: [UInt8]) -> Int {
        bytes.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
    }
}

@Suite struct WalkTests {
    func walk(
        _ folder: Folder, excluding: @escaping Walk.NameExclusion = { _ in nil }, safeLinksOnly: Bool = false
    ) throws -> (
        paths: [String], failures: [WalkFailure], excluded: [Exclusion: Int]
    ) {
        let walk = Walk(try SourceFolder(folder.path), excluding: excluding, safeLinksOnly: safeLinksOnly)
        var (paths, failures): ([String], [WalkFailure]) = ([], [])
        while let entry = walk.next() {
            switch entry {
            case .file(let file): paths.append(file.path.string)
            case .failure(let failure): failures.append(failure)
            }
        }
        return (paths, failures, walk.excluded)
    }

    @Test func yieldsByteOrder() throws {
        let folder = try Folder()
        let names = [
            "a-b", "a/b", "a0", "a.b", "Z", "é.jpg", "e\u{301}.jpg", "😀", "\u{ffee}", "a b+c.jpg", "sub/deep/er/x", "sub-x", "sub0",
            "sub/deep-x",
        ]
        for name in names { try folder.write(name) }
        let found = try walk(folder).paths.map { Key($0) }
        #expect(found == names.map { Key($0) }.sorted())
    }

    @Test func followsLinksToFilesAndFolders() throws {
        let folder = try Folder()
        let originals = try Folder()
        try originals.write("one.jpg", Array("photo".utf8))
        try folder.write("b.html")
        try FileManager.default.createSymbolicLink(atPath: folder.path + "/album", withDestinationPath: originals.path)
        try FileManager.default.createSymbolicLink(atPath: folder.path + "/album-2", withDestinationPath: originals.path)
        try FileManager.default.createSymbolicLink(atPath: folder.path + "/a.jpg", withDestinationPath: originals.path + "/one.jpg")
        let result = try walk(folder)
        #expect(result.paths == ["a.jpg", "album-2/one.jpg", "album/one.jpg", "b.html"])
        #expect(result.failures.isEmpty)
    }

    /// A link is judged by where it really ends: in `top`, `../../` leaves the folder however deep the link to `top` lies.
    @Test func leavesOutLinksThatLeadOut() throws {
        let folder = try Folder()
        let originals = try Folder()
        try originals.write("one.jpg")
        try folder.write("top/x")
        try folder.write("deep/er/y")
        let links = [
            ("out.jpg", originals.path + "/one.jpg"), ("album", originals.path), ("deep/er/in", "../../top"),
            ("absolute", folder.path + "/top"),
            ("top/up.jpg", "../../" + (originals.path.split(separator: "/").last ?? "") + "/one.jpg"), ("deep/twin", "er/y"),
        ]
        for (name, target) in links {
            try FileManager.default.createSymbolicLink(atPath: "\(folder.path)/\(name)", withDestinationPath: String(target))
        }
        let all = try walk(folder)
        #expect(all.paths.contains("deep/er/in/up.jpg") && all.failures.isEmpty)
        let result = try walk(folder, safeLinksOnly: true)
        #expect(result.paths == ["absolute/x", "deep/er/in/x", "deep/er/y", "deep/twin", "top/x"])
        #expect(result.excluded == [.unsafeLink: 5] && result.failures.isEmpty)
    }

    @Test func reportsLoopsAndDanglingLinksAndGoesOn() throws {
        let folder = try Folder()
        try folder.write("sub/x")
        try FileManager.default.createSymbolicLink(atPath: folder.path + "/sub/up", withDestinationPath: "..")
        try FileManager.default.createSymbolicLink(atPath: folder.path + "/gone.jpg", withDestinationPath: "/nonexistent/photo.jpg")
        try FileManager.default.createSymbolicLink(atPath: folder.path + "/self", withDestinationPath: "self")
        let result = try walk(folder)
        #expect(result.paths == ["sub/x"])
        #expect(
            Dictionary(result.failures.map { ($0.displayPath, $0.cause) }) { a, _ in a } == [
                "sub/up": .loop, "gone.jpg": .danglingLink, "self": .loop,
            ])
    }

    @Test func leavesOutSpecialFilesAndCountsThem() throws {
        let folder = try Folder()
        try folder.write("x")
        try #require(mkfifo(folder.path + "/pipe", 0o600) == 0)
        let result = try walk(folder)
        #expect(result.paths == ["x"])
        #expect(result.excluded == [.special: 1])
    }

    @Test func countsExcludedNamesOnce() throws {
        let folder = try Folder()
        for name in ["x", ".git/config", ".git/objects/a", "a~", "b~"] { try folder.write(name) }
        let result = try walk(folder) { name in name.first == 46 ? .hidden : name.last == 126 ? .editor : nil }
        #expect(result.paths == ["x"])
        #expect(result.excluded == [.hidden: 1, .editor: 2])
    }

    @Test func reportsNamesThatAreNotUTF8() throws {
        let folder = try Folder()
        try folder.write("good")
        let path = (Array(folder.path.utf8) + [0x2f, 0x66, 0xff, 0x6f, 0]).map { CChar(bitPattern: $0) }
        let descriptor = open(path, O_WRONLY | O_CREAT, 0o644)
        #expect(descriptor >= 0)
        close(descriptor)
        let result = try walk(folder)
        #expect(result.paths == ["good"])
        #expect(result.failures == [WalkFailure(path: [0x66, 0xff, 0x6f], cause: .notUTF8)])
    }

    @Test func refusesAFileAsSource() throws {
        let folder = try Folder()
        try folder.write("file")
        #expect { try SourceFolder(folder.path + "/file") } throws: { if case SourceFolderError.notAFolder = $0 { true } else { false } }
        #expect { try SourceFolder(folder.path + "/none") } throws: { if case SourceFolderError.unavailable = $0 { true } else { false } }
    }

    @Test func walksManyNestedFoldersWithFewDescriptors() throws {
        let folder = try Folder()
        var name = "d"
        for _ in 0..<300 { name += "/d" }
        try folder.write(name + "/x")
        #expect(try walk(folder).paths == [name + "/x"])
    }
}
