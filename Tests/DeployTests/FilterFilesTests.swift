import Planning
import Source
import TestSupport
import Testing
import Vocabulary

@testable import Deploy

/// Which `.galleria-ignore` files are read, and when not.
@Suite struct FilterFilesTests {
    /// What the walk has seen is not asked again: a file that comes after it counts for the next run.
    @Test func whatTheWalkHasSeenIsBelieved() throws {
        let folder = try TemporaryFolder("filters")
        try folder.write("*.tmp\n", to: "a/.galleria-ignore")
        try folder.write("b", to: "b/file")
        let source = try SourceFolder(folder.path)
        let filters = FilterFiles(in: source)
        let walk = Walk(
            source, excluding: { _ in nil }, seeking: Array(FilterFile.name.utf8), onFolder: { filters.note($0, holdsFilter: $1) })
        while walk.next() != nil {}
        #expect(try filters.rules(of: Array("a".utf8)[...]).count == 1)
        #expect(try filters.rules(of: Array("b".utf8)[...]).isEmpty)
        try folder.write("*\n", to: "b/.galleria-ignore")
        #expect(try filters.rules(of: Array("b".utf8)[...]).isEmpty)
        #expect(try FilterFiles(in: source).rules(of: Array("b".utf8)[...]).count == 1)
    }

    /// However the name is written, it is asked for.
    @Test(arguments: [(".galleria-ignore", true), (".Galleria-IGNORE", true), (".galleria-ignored", false), ("galleria-ignore", false)])
    func theWalkTellsOfTheName(_ name: String, _ isTold: Bool) throws {
        let folder = try TemporaryFolder("filters")
        try folder.write("", to: "sub/\(name)")
        var told: [String: Bool] = [:]
        let walk = Walk(
            try SourceFolder(folder.path), excluding: { _ in nil }, seeking: Array(FilterFile.name.utf8),
            onFolder: { told[String(decoding: $0, as: UTF8.self)] = $1 })
        while walk.next() != nil {}
        #expect(told == ["": false, "sub": isTold])
    }

    /// More folders than are remembered are asked again, and answer the same.
    @Test func whatIsForgottenIsAsked() throws {
        let folder = try TemporaryFolder("filters")
        try folder.write("*\n", to: "late/.galleria-ignore")
        let filters = FilterFiles(in: try SourceFolder(folder.path))
        filters.note(Array("late".utf8), holdsFilter: false)
        for number in 0..<1024 { filters.note(Array("\(number)".utf8), holdsFilter: false) }
        #expect(try filters.rules(of: Array("late".utf8)[...]).count == 1)
    }
}
