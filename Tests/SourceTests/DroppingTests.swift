import Foundation
import Glibc
import Source
import TestSupport
import Testing
import Vocabulary

/// The only code that removes a user's file.
@Suite struct DroppingTests {
    static func entry(_ path: String, _ content: String = "content", mode: UInt32 = 0o640) -> DroppedFile {
        DroppedFile(
            path: Key(path), endpoint: "http://127.0.0.1:9", bucket: "b", key: Key("p/" + path), size: Int64(content.utf8.count),
            sha256: SHA256(hex: Self.digest(content)) ?? .empty, modified: 1_700_000_000_123_456_789, mode: mode, user: geteuid(),
            group: getegid(), dropped: 1_800_000_000)
    }

    /// Computed by sha256sum(1): another program's.
    static func digest(_ content: String) -> String {
        content == "content" ? "ed7002b439e9ac845f22357d822bac1444730fbdb6016d3ec9432297b9ec9f73" : String(repeating: "0", count: 64)
    }

    private func folder(_ files: [String: String] = [:]) throws -> (TemporaryFolder, SourceFolder) {
        let temporary = try TemporaryFolder("drop")
        for (path, text) in files { try temporary.write(text, to: path) }
        return (temporary, try SourceFolder(temporary.path))
    }

    // MARK: The ledger

    @Test func aLedgerIsReadAsItWasWritten() throws {
        let (temporary, folder) = try folder()
        #expect(try folder.droppedLedger() == DroppedLedger())
        let names = ["a.txt", "ü/“\"\\\u{1}\u{7f}\n.jpg", "o\u{308}.jpg", "ö.jpg", "z/" + String(repeating: "x", count: 200)]
        let ledger = DroppedLedger(names.map { Self.entry($0) })
        #expect(ledger.files.count == 5, "NFC and NFD are two paths")
        try folder.write(ledger)
        #expect(try folder.droppedLedger() == ledger)
        // Another program reads it, too.
        let data = try Data(contentsOf: URL(filePath: temporary.path(DroppedLedger.name)))
        let object = try JSONSerialization.jsonObject(with: data) as? [String: Any]
        #expect((object?["files"] as? [[String: Any]])?.count == 5)
        try folder.write(ledger.removing([Key("a.txt")]).adding([Self.entry("b.txt")]))
        #expect(try folder.droppedLedger().paths.contains(Key("b.txt")))
        try folder.write(DroppedLedger())
        #expect(try FileManager.default.contentsOfDirectory(atPath: temporary.path).isEmpty, "and nothing beside it")
    }

    @Test func everyCutOfALedgerIsAFault() throws {
        let document = DroppedLedger([Self.entry("a.txt"), Self.entry("b/ü.txt")]).document
        // Behind the last brace only the line's end may miss.
        for count in 0..<document.count - 1 {
            #expect(throws: LedgerFault.self, "\(count)") { try DroppedLedger(Array(document.prefix(count))) }
        }
        #expect(throws: Never.self) { try DroppedLedger(document) }
    }

    @Test(arguments: [
        "{}", "[]", #"{"version":2,"files":[]}"#, #"{"version":1}"#, #"{"version":1,"files":[{}]}"#, #"{"version":1,"files":{}}"#,
        #"{"version":"1","files":[]}"#,
    ]) func whatIsNoLedgerIsAFault(_ text: String) throws {
        #expect(throws: LedgerFault.self) { try DroppedLedger(Array(text.utf8)) }
    }

    @Test(arguments: ["../a", "/a", "a//b", "a/../b", ".", ""]) func aPathThatLeadsElsewhereIsAFault(_ path: String) throws {
        let text = String(decoding: DroppedLedger([Self.entry("PATH")]).document, as: UTF8.self)
        let changed = text.replacingOccurrences(of: "\"path\": \"PATH\"", with: "\"path\": \"\(path)\"")
        #expect(changed != text)
        #expect(throws: LedgerFault.self) { try DroppedLedger(Array(changed.utf8)) }
    }

    @Test func aLedgerThatIsALinkIsAFault() throws {
        let (temporary, folder) = try folder(["other.json": String(decoding: DroppedLedger([Self.entry("a")]).document, as: UTF8.self)])
        #expect(symlink("other.json", temporary.path(DroppedLedger.name)) == 0)
        #expect(throws: LedgerFault.self) { try folder.droppedLedger() }
    }

    // MARK: Removing

    @Test func aFileIsHashedAndRemoved() throws {
        let (temporary, folder) = try folder(["a/b.txt": "content", "a/c.txt": "other"])
        let file = try StrictFile(Key("a/b.txt"), in: folder)
        #expect(try file.sha256().hex == Self.digest("content") && file.status.size == 7)
        try file.remove()
        #expect(try FileManager.default.contentsOfDirectory(atPath: temporary.path("a")) == ["c.txt"])
        #expect(throws: DropRefusal.changed) { try file.remove() }
    }

    enum Obstacle: String, CaseIterable, Sendable {
        case link, linkedFolder, folder, fifo, hardLink, missing, outside, empty
    }

    @Test(arguments: Obstacle.allCases) func whatIsNoPlainFileIsNotOpened(_ obstacle: Obstacle) throws {
        let (temporary, folder) = try folder(["real/file.txt": "content"])
        let elsewhere = try TemporaryFolder("elsewhere")
        try elsewhere.write("precious", to: "file.txt")
        var path = "x"
        switch obstacle {
        case .link: #expect(symlink(elsewhere.path("file.txt"), temporary.path("x")) == 0)
        case .linkedFolder:
            #expect(symlink(elsewhere.path, temporary.path("x")) == 0)
            path = "x/file.txt"
        case .folder: path = "real"
        case .fifo: #expect(mkfifo(temporary.path("x"), 0o600) == 0)
        case .hardLink: #expect(link(temporary.path("real/file.txt"), temporary.path("x")) == 0)
        case .missing: break
        case .outside: path = "../" + (elsewhere.path.split(separator: "/").last.map(String.init) ?? "") + "/file.txt"
        case .empty: path = ""
        }
        #expect(throws: DropRefusal.self) { try StrictFile(Key(path), in: folder) }
        #expect(try String(contentsOfFile: elsewhere.path("file.txt"), encoding: .utf8) == "precious")
        #expect(try String(contentsOfFile: temporary.path("real/file.txt"), encoding: .utf8) == "content")
    }

    enum Change: String, CaseIterable, Sendable {
        case written, sameSize, replaced, replacedByLink, grownAfterHash, linked, touched, removed
    }

    @Test(arguments: Change.allCases) func whatChangesAfterTheHashStays(_ change: Change) throws {
        let (temporary, folder) = try folder(["a.txt": "content"])
        let path = temporary.path("a.txt")
        let file = try StrictFile(Key("a.txt"), in: folder)
        _ = try file.sha256()
        switch change {
        case .written, .grownAfterHash: try temporary.write("content and more", to: "a.txt")
        case .sameSize:
            let descriptor = open(path, O_WRONLY)
            #expect(pwrite(descriptor, "C", 1, 0) == 1)
            close(descriptor)
        case .replaced:
            try temporary.write("content", to: "b.txt")
            #expect(rename(temporary.path("b.txt"), path) == 0)
        case .replacedByLink:
            #expect(rename(path, temporary.path("moved.txt")) == 0 && symlink("moved.txt", path) == 0)
        case .linked: #expect(link(path, temporary.path("second.txt")) == 0)
        case .touched: #expect(utimensat(AT_FDCWD, path, nil, 0) == 0)
        case .removed: #expect(unlink(path) == 0)
        }
        #expect(throws: DropRefusal.changed) { try file.remove() }
        #expect((access(path, F_OK) == 0) == (change != .removed), "it is where it was")
    }

    @Test func whatSomebodyWritesToStays() throws {
        let (temporary, folder) = try folder(["a.txt": "content"])
        let file = try StrictFile(Key("a.txt"), in: folder)
        let writer = open(temporary.path("a.txt"), O_WRONLY)
        #expect(throws: DropRefusal.openForWriting) { try file.remove() }
        close(writer)
        try file.remove()
        #expect(access(temporary.path("a.txt"), F_OK) != 0)
    }

    // MARK: Bringing back

    @Test func aFileComesBackWithItsTimeAndMode() throws {
        let (temporary, folder) = try folder()
        let entry = Self.entry("new/folder/a.txt")
        let file = try RestoredFile(entry, in: folder)
        try file.append(Array("con".utf8))
        try file.append(Array("tent".utf8))
        #expect(access(temporary.path("new/folder/a.txt"), F_OK) != 0, "not before every byte is proven")
        try file.finish()
        var s = stat()
        #expect(stat(temporary.path("new/folder/a.txt"), &s) == 0)
        #expect(s.st_mode & 0o7777 == 0o640 && s.st_mtim.tv_sec == 1_700_000_000 && s.st_mtim.tv_nsec == 123_456_789)
        #expect(try FileManager.default.contentsOfDirectory(atPath: temporary.path("new/folder")) == ["a.txt"])
    }

    @Test(arguments: [("contenT", RestoreRefusal.otherBytes), ("conten", .otherBytes), ("contentt", .otherBytes), ("", .otherBytes)])
    func otherBytesNeverGetIntoItsPlace(_ row: (bytes: String, refusal: RestoreRefusal)) throws {
        let (temporary, folder) = try folder()
        do {
            let file = try RestoredFile(Self.entry("a.txt"), in: folder)
            try file.append(Array(row.bytes.utf8))
            #expect(throws: row.refusal) { try file.finish() }
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: temporary.path).isEmpty, "nothing is left beside it")
    }

    @Test func nothingIsWrittenOver() throws {
        let (temporary, folder) = try folder()
        let file = try RestoredFile(Self.entry("a.txt"), in: folder)
        try file.append(Array("content".utf8))
        try temporary.write("newer", to: "a.txt")
        #expect(throws: RestoreRefusal.occupied) { try file.finish() }
        #expect(try String(contentsOfFile: temporary.path("a.txt"), encoding: .utf8) == "newer")
        let elsewhere = try TemporaryFolder("elsewhere")
        #expect(symlink(elsewhere.path, temporary.path("out")) == 0)
        #expect(throws: RestoreRefusal.link) { try RestoredFile(Self.entry("out/a.txt"), in: folder) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: elsewhere.path).isEmpty)
    }
}
